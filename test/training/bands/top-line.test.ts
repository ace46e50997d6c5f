import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY } from '../../../src/glossary.ts'
import { parsePolicy } from '../../../src/policy/policy.ts'
import { bandsSection, rewriteBands } from '../../../src/policy/rewrite-bands.ts'
import { consequencesOf, lastWins } from '../../../training/bands/consequences.ts'
import type { Levels } from '../../../training/bands/levels.ts'
import { lowerLines } from '../../../training/bands/lower-lines.ts'
import type { PastWin } from '../../../training/bands/past-wins.ts'
import type { JudgedLeads, ScoreEvidence } from '../../../training/bands/score-evidence.ts'
import { type BandTarget, topLine } from '../../../training/bands/top-line.ts'
import { createTraffic } from '../../../training/bands/traffic.ts'

const SHIPPED = readFileSync(new URL('../../../models/policy.yaml', import.meta.url), 'utf8')

/** Three bands below the highest: none of them ends before 3. */
const PRESENT = [0, 1, 2, 3]
const lineOf = (...given: Parameters<typeof topLine>) => topLine(...given).line

/** Of somebody whom no rule binds: the score says where. */
const at = (score: number | null, bands = PRESENT.length): Levels | null =>
  score === null ? null : Array.from({ length: bands }, (_, band) => (band === 0 ? 100 : score))

const trafficOf = (leads: readonly (readonly (number | null)[])[], oneIn = 1, bands = 2) => {
  const weeks = (leads[0]?.length ?? 3) - 1
  const traffic = createTraffic(weeks, oneIn, bands)
  for (const lead of leads) traffic.add(lead.map((score) => at(score, bands)))
  return traffic.read()
}

const wins = (scores: readonly (number | null)[], isLearned = false): PastWin[] =>
  scores.map((score, i) => ({ dealId: `d${i}`, closedAt: i * DAY, levels: at(score), isLearned }))

const judgedOf = (
  scores: readonly number[],
  labels: readonly number[],
  groups: readonly number[] = [...scores.keys()],
): JudgedLeads => ({
  levels: scores.map((score) => at(score)!),
  labels: Uint8Array.from(labels),
  groups: Int32Array.from(groups),
})

const evidence = (changes: Partial<ScoreEvidence> = {}): ScoreEvidence => ({
  traffic: trafficOf([[null, null, null]]),
  judged: judgedOf([], []),
  wins: [],
  ...changes,
})

describe('the traffic of a replay', () => {
  const traffic = trafficOf([
    [null, 80, 60], // new, over 70 in the first week
    [50, 50, 75], // rises over 70 in the second
    [90, 20, 90], // stood there before: no news
    [null, null, 40],
    [70, 75, 70],
  ])

  it('counts a lead once, when it stood below the line before', () => {
    expect(traffic.perWeek([0, 70])).toEqual([1 / 2, 2 / 2])
    // From 72 on the last lead rises as well: a higher line may take more.
    expect(traffic.perWeekFrom(72)).toBe(3 / 2)
    expect(traffic.standing([0, 70])).toEqual([2, 3])
  })

  it('stands for more where leads were sampled', () => {
    expect(trafficOf([[null, 80, 60]], 7).perWeek([0, 70])).toEqual([0, 3.5])
  })

  it('shares out over bands no more leads than come', () => {
    const score = fc.option(fc.integer({ min: 0, max: 100 }))
    fc.assert(
      fc.property(
        fc.array(fc.tuple(score, score, score), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 100 }),
        (leads, line) => {
          const found = trafficOf(leads)
          const rises = leads.filter(([first, ...rest]) => {
            const highest = Math.max(...rest.map((one) => one ?? -1))
            return highest >= line && (first ?? -1) < line
          })
          expect(found.perWeekFrom(line) * 2).toBe(rises.length)
          expect(found.perWeek([0, line])[1]! * 2).toBe(rises.length)
        },
      ),
    )
  })
})

describe('the top line', () => {
  it('is the lowest that capacity allows', () => {
    // 100 leads a week, one at each score from 1 to 100.
    const leads = Array.from({ length: 200 }, (_, i) => [null, null, 1 + (i % 100)])
    const given = evidence({ traffic: trafficOf(leads, 1, PRESENT.length) })
    expect(lineOf(given, { by: 'capacity', leadsPerWeek: 10 }, PRESENT)).toBe(91)
    expect(
      topLine(
        evidence({ traffic: trafficOf(leads, 1, 3) }),
        { by: 'capacity', leadsPerWeek: 1e6 },
        [0, 20, 60],
      ),
    ).toEqual({
      line: 20,
      isSlack: true,
    })
    expect(() => topLine(given, { by: 'capacity', leadsPerWeek: 0.5 }, PRESENT)).toThrow(
      /--capacity must be 1\.0\/week or more/,
    )
  })

  it('is the lowest above which so many convert, of 30 rows at least', () => {
    const rows = [...Array(100).keys()]
    const judged = judgedOf(
      rows,
      rows.map((score) => (score >= 60 ? 1 : 0)),
    )
    // From 55 on 40 of 45, from 54 on 40 of 46.
    expect(lineOf(evidence({ judged }), { by: 'precision', conversion: 40 / 45 }, PRESENT)).toBe(55)
    expect(lineOf(evidence({ judged }), { by: 'precision', conversion: 1 }, PRESENT)).toBe(60)
    const half = { ...judged, labels: judged.labels.map((_, row) => row % 2) }
    expect(() => topLine(evidence({ judged: half }), { by: 'precision', conversion: 0.9 }, PRESENT)).toThrow(
      /at most 0\.5/,
    )
  })

  it.each([
    // 21 of 48 convert: 0.4375. 37 of 39 clear the lowest line: 0.9487.
    ['precision', (conversion: number): BandTarget => ({ by: 'precision', conversion }), 0.438, '0.437'],
    ['wins', (share: number): BandTarget => ({ by: 'wins', share }), 0.95, '0.94'],
  ] as const)('tells of %s nothing as allowed that it refuses', (_by, wish, beyond, allowed) => {
    const labels = Uint8Array.from({ length: 48 }, (_, row) => (row < 21 ? 1 : 0))
    const judged = judgedOf(Array<number>(48).fill(70), [...labels])
    const some = evidence({ judged, wins: wins([...Array<number>(37).fill(70), 0, 0]) })
    expect(() => topLine(some, wish(beyond), PRESENT)).toThrow(`at most ${allowed}`)
    expect(lineOf(some, wish(Number(allowed)), PRESENT)).toBeGreaterThan(0)
  })

  it('is the highest that so many past wins cleared; those that a model learned from count where there are few others', () => {
    const scores = Array.from({ length: 40 }, (_, i) => 60 + i)
    expect(lineOf(evidence({ wins: wins(scores) }), { by: 'wins', share: 0.75 }, PRESENT)).toBe(70)
    const learned = [...wins(Array(100).fill(10), true), ...wins(scores)]
    expect(lineOf(evidence({ wins: learned }), { by: 'wins', share: 0.75 }, PRESENT)).toBe(70)
    const few = [...wins(Array(40).fill(50), true), ...wins([99, 99])]
    expect(lineOf(evidence({ wins: few }), { by: 'wins', share: 1 }, PRESENT)).toBe(50)
    expect(() => topLine(evidence({ wins: wins([50, null]) }), { by: 'wins', share: 0.5 }, PRESENT)).toThrow(
      /There are 1/,
    )
    expect(() =>
      topLine(evidence({ wins: wins(Array(40).fill(2)) }), { by: 'wins', share: 0.5 }, PRESENT),
    ).toThrow(/at most 0\.00/)
  })
})

describe('a proposal', () => {
  const BOUNDS = [0, 20, 45, 70]
  /** By bands that hold whatever the line (raised) and bands that never do (capped); null: disqualified, or not there. */
  const levels = fc.option(
    fc
      .tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }))
      .map(
        ([score, cap, raise]): Levels =>
          BOUNDS.map((_, band) => (band <= raise ? 100 : band <= cap ? score : -1)),
      ),
  )
  const weekly = fc.array(fc.tuple(levels, levels, levels), { minLength: 1, maxLength: 25 })
  const proposed = (given: ScoreEvidence, target: BandTarget) => {
    const { line } = topLine(given, target, BOUNDS)
    const { starts } = lowerLines(given.judged, BOUNDS, line, 1)
    const bands = BOUNDS.map((_, place) => ({ name: String(place), respond_within: null }))
    return { starts, top: consequencesOf(given, bands, starts).at(-1)! }
  }

  it('keeps its promise on the very data that it shows, whoever is capped or raised', () => {
    fc.assert(
      fc.property(
        weekly,
        fc.array(fc.tuple(levels, fc.integer({ min: 0, max: 1 })), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 0, max: 8 }),
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        (leads, rows, leadsPerWeek, share) => {
          const traffic = createTraffic(2, 1, BOUNDS.length)
          for (const lead of leads) traffic.add(lead)
          const inBands = rows.flatMap(([one, label]) => (one ? [[one, label] as const] : []))
          const given = evidence({
            traffic: traffic.read(),
            judged: {
              levels: inBands.map(([one]) => one),
              labels: Uint8Array.from(inBands, ([, label]) => label),
              groups: Int32Array.from(inBands.keys()),
            },
            wins: inBands.map(([one], i) => ({
              dealId: `d${i}`,
              closedAt: i,
              levels: one,
              isLearned: false,
            })),
          })
          for (const target of [
            { by: 'capacity', leadsPerWeek },
            { by: 'precision', conversion: share },
            { by: 'wins', share },
          ] as const) {
            let found: ReturnType<typeof proposed>
            try {
              found = proposed(given, target)
            } catch (error) {
              expect(error).toMatchObject({ code: expect.stringMatching(/^(usage|too_little_data)$/) })
              continue
            }
            const { starts, top } = found
            // Strictly rising lines, as a policy must have them.
            expect(starts.every((start, band) => band === 0 || start > starts[band - 1]!)).toBe(true)
            if (target.by === 'capacity') {
              expect(top.leads_per_week).toBeLessThanOrEqual(leadsPerWeek)
              // Counted once more, lead by lead.
              const stands = (one: Levels | null) => one !== null && one[3]! >= top.from
              const came = leads.filter(([first, ...rest]) => !stands(first) && rest.some(stands))
              expect(top.leads_per_week).toBe(came.length / 2)
            }
            if (target.by === 'precision') expect(top.conversion).toBeGreaterThanOrEqual(share)
            if (target.by === 'wins') expect(top.share_of_wins).toBeGreaterThanOrEqual(share)
          }
        },
      ),
      { numRuns: 300, seed: 4 },
    )
  })

  it('is refused rather than raised over its promise', () => {
    // Nobody comes over 20, where the lowest band ends now; over a lower line nobody does either, and over 50 all three.
    const leads = Array.from({ length: 3 }, () => [40, 60, 60])
    const given = evidence({ traffic: trafficOf(leads, 1, 4) })
    expect(topLine(given, { by: 'capacity', leadsPerWeek: 1 }, [0, 20, 45, 70])).toEqual({
      line: 20,
      isSlack: true,
    })
    expect(topLine(given, { by: 'capacity', leadsPerWeek: 1 }, [0, 45, 50, 70])).toEqual({
      line: 61,
      isSlack: false,
    })
    const all = evidence({ traffic: trafficOf(Array(3).fill([40, 100, 100]), 1, 4) })
    expect(() => topLine(all, { by: 'capacity', leadsPerWeek: 1 }, [0, 45, 50, 70])).toThrow(
      '--capacity must be 1.5/week or more',
    )
  })
})

describe('consequences', () => {
  it('judge rows of one account for what they are: many of few accounts tell less than as many of many', () => {
    const scores = Array<number>(200).fill(80)
    // Accounts of 20 rows each, all of which convert or none.
    const labels = scores.map((_, row) => (Math.floor(row / 20) % 2 === 0 ? 1 : 0))
    const widthOf = (groups: readonly number[]) => {
      const judged = judgedOf(scores, labels, groups)
      const [, top] = consequencesOf(
        evidence({ judged }),
        ['low', 'high'].map((name) => ({ name, respond_within: null })),
        [0, 50],
      )
      const [low, high] = top!.conversion_interval!
      return high - low
    }
    const apart = widthOf([...scores.keys()])
    expect(apart).toBeLessThan(0.15)
    // Ten accounts, and not 200: an interval of a share of one half from ten is about sqrt(20) times as wide, as far as it goes.
    expect(widthOf(scores.map((_, row) => Math.floor(row / 20)))).toBeGreaterThan(3 * apart)
  })

  it('tell leads, conversion, wins and work band by band, as worked out by hand', () => {
    const given = evidence({
      traffic: trafficOf([
        [null, 90, 90],
        [null, 90, 90],
        [null, 20, 20],
      ]),
      judged: judgedOf([10, 10, 90, 90], [0, 0, 1, 0]),
      wins: wins([90, 90, 90, 20]),
    })
    const bands = [
      { name: 'low', respond_within: null },
      { name: 'high', respond_within: 'P1DT12H' },
    ]
    const [low, high] = consequencesOf(given, bands, [0, 50])
    expect(low).toMatchObject({
      from: 0,
      to: 49,
      leads_per_week: 0.5,
      rows: 2,
      reached: 0,
      conversion: 0,
      share_of_wins: 0.25,
      waiting: null,
    })
    // One a week that each wait a day and a half: 1.5 / 7 at a time.
    expect(high).toMatchObject({
      from: 50,
      to: 100,
      leads_per_week: 1,
      standing: 2,
      conversion: 0.5,
      share_of_wins: 0.75,
      responses_per_working_day: 0.2,
    })
    expect(high!.waiting).toBeCloseTo(1.5 / 7, 12)
  })

  it('look at the last 50 won deals that had a score, and say when they are few', () => {
    const many = wins([...Array(30).fill(10), null, ...Array(50).fill(80)])
    expect(lastWins(many, 80)).toEqual({
      deals: 50,
      cleared: 50,
      unlearned: 50,
      unlearned_cleared: 50,
      is_enough: true,
    })
    expect(lastWins(wins([90, 10], true), 80)).toEqual({
      deals: 2,
      cleared: 1,
      unlearned: 0,
      unlearned_cleared: 0,
      is_enough: false,
    })
  })
})

describe('the policy that is proposed', () => {
  const starts = [0, 22, 47, 91]
  const ranges = starts.map((from, i) => ({ from, to: (starts[i + 1] ?? 101) - 1, fromProbability: null }))

  it('is the same text but for the numbers of the bands, and a policy', () => {
    const text = rewriteBands(SHIPPED, ranges)
    expect(parsePolicy(text, 'policy.yaml').bands.map(({ from }) => from)).toEqual(starts)
    const others = text.split('\n').filter((line, i) => line !== SHIPPED.split('\n')[i])
    expect(others.every((line) => /^ +(from|to): \d+$/.test(line))).toBe(true)
    expect(
      rewriteBands(
        text,
        parsePolicy(SHIPPED, 'p').bands.map(({ from, to }) => ({ from, to, fromProbability: null })),
      ),
    ).toBe(SHIPPED)
  })

  it('shows the section alone, and changes probabilities only where there are some', () => {
    const section = bandsSection(rewriteBands(SHIPPED, ranges))
    expect(section).toMatch(/^bands:\n/)
    expect(section).toMatch(/respond_within: PT1H$/)
    const flow = SHIPPED.replace(/^ {4}from: (31|61|81)$/gm, '    from: $1\n    from_probability: 0.$1')
    const changed = rewriteBands(
      flow,
      ranges.map((range, i) => ({ ...range, fromProbability: i === 0 ? null : i / 8 })),
    )
    expect(parsePolicy(changed, 'p').bands.map((band) => band.from_probability)).toEqual([
      undefined,
      0.125,
      0.25,
      0.375,
    ])
  })
})
