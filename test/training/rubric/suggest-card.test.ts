import { beforeAll, describe, expect, it } from 'vitest'
import type { AccountRecord } from '../../../src/glossary.ts'
import { rubricFor } from '../../../src/scoring/rubric.ts'
import { type CardRule, readCard } from '../../../src/scoring/rubric-card.ts'
import type { Matrix } from '../../../training/matrix.ts'
import { rubricSuggestionLines } from '../../../training/report/rubric-suggestion.ts'
import { cardText } from '../../../training/rubric/card-text.ts'
import { weighEvidence, weighOutcomes } from '../../../training/rubric/evidence.ts'
import { suggestCard } from '../../../training/rubric/suggest-card.ts'
import { type SuggestedRule, suggestPoints } from '../../../training/rubric/suggest-points.ts'
import { createWorld, WORLD_DEFINITION, WORLD_END } from '../world.ts'

describe('weighEvidence', () => {
  it('is the log odds against the average, with ten accounts at the average beside those seen', () => {
    // 100 accounts of a row each, 20 got there; of the 40 that have it 16 did.
    const groups = Int32Array.from({ length: 100 }, (_, i) => i)
    const labels = Uint8Array.from(groups, (i) => (i < 16 || i >= 96 ? 1 : 0))
    const shares = Float64Array.from(groups, (i) => (i < 40 ? 1 : 0))
    const found = weighEvidence(shares, weighOutcomes(labels, groups))
    expect(found).toMatchObject({ accounts: 40, rate: 0.4 })
    expect(found.expected).toBeCloseTo(0.2, 12)
    expect(found.weight).toBeCloseTo(Math.log((16 + 2) / (24 + 8)) - Math.log(0.2 / 0.8), 12)
    // (0.4 - 0.2) / sqrt(0.2 * 0.8 / 40) = 3.1623 standard errors.
    expect(found.pValue).toBeCloseTo(0.001565, 5)
    // Wilson's 95 % interval of 16 of 40, as R's prop.test without correction gives it.
    expect(found.interval.map((end) => end.toFixed(4))).toEqual(['0.2635', '0.5540'])
  })

  it('counts an account once: its rows twice change nothing, and half a share weighs half', () => {
    const groups = [0, 1, 1, 2, 3, 3, 3, 4]
    const labels = [1, 0, 1, 0, 0, 0, 1, 0]
    const shares = [1, 1, 0, 0.5, 1, 1, 0, 0]
    const weigh = (times: readonly number[]) => {
      const rows = groups.flatMap((group, i) => new Array<number>(times[group]!).fill(i))
      const take = (values: readonly number[]) => rows.map((row) => values[row]!)
      const outcomes = weighOutcomes(Uint8Array.from(take(labels)), Int32Array.from(take(groups)))
      return weighEvidence(Float64Array.from(take(shares)), outcomes)
    }
    const [once, twice] = [weigh([1, 1, 1, 1, 1]), weigh([1, 2, 1, 3, 5])]
    for (const field of ['accounts', 'rate', 'weight', 'pValue'] as const)
      expect(twice[field]).toBeCloseTo(once[field], 12)
    // Weights 1, 1/2, 1/2 (of the one with half a share) and 2/3; got there: 1.
    expect(once.rate).toBeCloseTo(1 / (1 + 0.5 + 0.5 + 2 / 3), 12)
  })
})

/** Rows of one account each, in cells of (employees, flag, how many, how many of them got there). */
function cells(...given: readonly (readonly [number, number, number, number])[]): Matrix {
  const rows = given.flatMap(([employees, flag, count, reached]) =>
    Array.from({ length: count }, (_, i) => [employees, flag, i < reached ? 1 : 0] as const),
  )
  return {
    columns: COLUMNS,
    rowCount: rows.length,
    data: Float64Array.from(rows.flatMap((row) => row.slice(0, 2))),
    labels: Uint8Array.from(rows, ([, , label]) => label),
    groups: Int32Array.from(rows.keys()),
  }
}

const COLUMNS = [
  {
    kind: 'number' as const,
    name: 'employees',
    group: 'size',
    side: 'fit' as const,
    transform: 'identity' as const,
  },
  { kind: 'flag' as const, name: 'partner', group: 'source', side: 'fit' as const },
]

describe('suggestPoints', () => {
  it('gives the stricter of two rules what it adds, on a scale where 10 points double the odds', () => {
    // Odds of 1:9, 2:9 and 4:9 for small, middle and large, so many that ten pseudo-accounts are nothing.
    const matrix = cells([10, 0, 11_000, 1_100], [60, 0, 11_000, 2_000], [300, 0, 13_000, 4_000])
    const card = [
      { column: 'employees', at_least: 200, points: 99 },
      { column: 'employees', at_least: 50, points: 1 },
      { column: 'employees', at_most: 10, points: 5 },
    ]
    const { rules, base } = suggestPoints(matrix, COLUMNS, { card, candidates: [] })
    const points = rules.map((rule) => rule.points)
    expect(points[0]).toBe(10)
    // Large, middle and small differ by 10 each, whichever rule says it; the average stands at 50.
    expect(points[1]! - points[2]!).toBe(10)
    const average = (1_100 + 2_000 + 4_000) / 35_000
    const small = 50 + 10 * Math.log2(1 / 9 / (average / (1 - average)))
    expect(Math.abs(base + points[2]! - small)).toBeLessThanOrEqual(1)
    expect(rules.some(({ isUnknown, mayBeChance }) => isUnknown || mayBeChance)).toBe(false)
  })

  it('takes what is new only for what it adds to the card, and says what it knows too little of', () => {
    const card = [
      { column: 'employees', at_least: 50, points: 3 },
      { column: 'employees', at_least: 5_000, points: 4 },
    ]
    const candidates = [{ column: 'partner', at_least: 1, points: 1 }]
    // Partners are large, and get there as large ones do: nothing of their own.
    const same = cells([10, 0, 900, 90], [60, 0, 300, 90], [60, 1, 300, 90], [9_000, 0, 15, 5])
    const nothing = suggestPoints(same, COLUMNS, { card, candidates })
    expect(nothing.rules.map(({ isNew }) => isNew)).toEqual([false, false])
    expect(nothing.rules[1]).toMatchObject({ points: 4, isUnknown: true, evidence: { accounts: 15 } })
    const better = cells([10, 0, 900, 90], [60, 0, 300, 60], [60, 1, 300, 150])
    const found = suggestPoints(better, COLUMNS, { card, candidates }).rules.at(-1)
    expect(found).toMatchObject({ isNew: true, rule: { column: 'partner' } })
    expect(found!.points).toBeGreaterThan(3)
    expect(found!.evidence.expected).toBeGreaterThan(0.3)
  })
})

const asItWas = (rule: CardRule): SuggestedRule => {
  const evidence = { accounts: 3, rate: 0, interval: [0, 1], expected: 0.1, weight: 0, pValue: 1 } as const
  return { rule, isNew: false, isUnknown: true, mayBeChance: false, points: 0, evidence }
}

const recordsOf = (world: readonly AccountRecord[]) => ({
  async *read() {
    yield* world
  },
})

// Wrong in every way: who looks at prices buys, and partners bring better leads (world.ts).
const CARD = `# Ours.
base_points: 10
rules:
  # Source
  - { column: source, one_of: [partner], points: -5, reason: by others } # so we think
  - { column: source, one_of: [nobody], points: 7 }

  # Behaviour
  - { column: pricing_page_viewed.count, each: -2, up_to: -4 }
`
const suggest = (world: readonly AccountRecord[]) =>
  suggestCard(recordsOf(world), WORLD_DEFINITION, { text: CARD, file: 'rubric.yaml' }, { cutoff: WORLD_END })

describe('suggestCard', () => {
  const world = createWorld(800, 1, 2)
  let found: Awaited<ReturnType<typeof suggest>>
  beforeAll(async () => {
    found = await suggest(world)
  })

  it('finds what is true, and beats a wrong card on later rows', () => {
    const [partner, nobody, looks] = found.rules
    expect(partner).toMatchObject({ rule: 'source partner', old: -5, may_be_chance: false })
    expect(partner!.new).toBeGreaterThan(3)
    expect(nobody).toMatchObject({ accounts: 0, rate: null, old: 7, new: null })
    expect(looks!.new).toBeGreaterThan(0)
    if (typeof found.judged === 'string') throw new Error(found.judged)
    expect(found.judged.old.auc).toBeLessThan(0.5)
    expect(found.judged.new.auc).toBeGreaterThan(0.5)
    expect(found.judged.interval![1]).toBeLessThan(0)
    expect(rubricSuggestionLines(found).join('\n')).toMatch(/The new card is better by more than the noise/)
  })

  it('writes a card that can be read again, with the words of people and the old points beside', () => {
    const { card } = readCard(found.yaml, 'new.yaml')
    expect(card).toMatchObject({ base_points: found.base_points.new, learned_until: found.learned_until })
    expect(card.rules.slice(0, 2)).toMatchObject([
      { column: 'source', one_of: ['partner'], points: found.rules[0]!.new, reason: 'by others' },
      { column: 'source', one_of: ['nobody'], points: 7 },
    ])
    expect(found.yaml).toMatch(/^# Ours\.\n/)
    expect(found.yaml).toMatch(/# Source\n.*points: \d+.* # so we think \| was -5; \d+\.\d % of \d+ accounts/)
    expect(found.yaml).toMatch(/# as it was: too little data, 0 accounts/)
    expect(found.yaml).toMatch(/# Behaviour\n.*# was -2 up to -4; /)
    expect(() => rubricFor(WORLD_DEFINITION, found.yaml, 'new.yaml')).not.toThrow()
    // Of that card again: the notes beside it are of this time, and the words of people are still there.
    const { rules, base_points: base } = card
    const again = cardText(found.yaml, { base, average: 0.1, rules: rules.map(asItWas) }, WORLD_END)
    expect(again).toMatch(/# so we think \| as it was: too little data, 3 accounts\n/)
    expect(again.match(/# was/g)).toBeNull()
    expect(again.match(/learned_until/g)).toHaveLength(1)
  })

  it('is not led by what becomes known later: later outcomes turned around change no points', async () => {
    const until = Date.parse(found.learned_until)
    const turned = world.map((account) => ({
      ...account,
      deals: account.deals.map((deal) => {
        if (deal.closedAt === null || deal.closedAt < until) return deal
        return { ...deal, outcome: deal.outcome === 'won' ? ('lost' as const) : ('won' as const) }
      }),
    }))
    const again = await suggest(turned)
    expect({ ...again, judged: null }).toEqual({ ...found, judged: null })
    expect(again.judged).not.toEqual(found.judged)
  })

  it('says that there is too little, as training does', async () => {
    await expect(suggest(createWorld(80))).rejects.toMatchObject({
      code: 'too_little_data',
      message: expect.stringMatching(/needs 40/),
    })
  })
})

it('a point for each unit keeps the number of units to the most, round where that changes little', () => {
  const each = (of: number, upTo: number, points: number) => {
    const text = `base_points: 0\nrules:\n  - { column: pricing_page_viewed.count, each: ${of}, up_to: ${upTo} }\n`
    const rules = readCard(text, 'rubric.yaml').card.rules.map((rule) => ({
      ...asItWas(rule),
      points,
      isUnknown: false,
    }))
    const [rule] = readCard(cardText(text, { base: 50, average: 0.1, rules }, WORLD_END), 'rubric.yaml').card
      .rules
    return [rule!.each, rule!.up_to]
  }
  // Fifty units to the most, before and after.
  expect(each(0.1, 5, 6)).toEqual([0.12, 6])
  expect(each(0.5, 3, -1)).toEqual([-0.17, -1])
  expect(each(4, 12, 4)).toEqual([1.3, 4])
  expect(each(4, 12, 14)).toEqual([4.5, 14])
  expect(each(-2, -4, 9)).toEqual([4.5, 9])
  // A note of one that had many digits is a note of ours, too.
  const rules = [
    {
      ...asItWas({ column: 'pricing_page_viewed.count', each: 1e-7, up_to: 1e-6 }),
      points: 1,
      isUnknown: false,
    },
  ]
  const text = 'base_points: 0\nrules:\n  - { column: pricing_page_viewed.count, each: 1e-7, up_to: 1e-6 }\n'
  const once = cardText(text, { base: 50, average: 0.1, rules }, WORLD_END)
  expect(cardText(once, { base: 50, average: 0.1, rules }, WORLD_END)).toBe(once)
})
