import fc from 'fast-check'
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { describe, expect, it } from 'vitest'
import { DAY } from '../../../src/glossary.ts'
import { attributesAt } from '../../../training/data-check/attributes.ts'
import { findComparisons } from '../../../training/data-check/comparisons.ts'
import { createConversionTally } from '../../../training/data-check/conversion.ts'
import { traitsThatKnow } from '../../../training/data-check/knows-outcome.ts'
import { employeesBandPlace, numberBand } from '../../../training/data-check/number-bands.ts'
import { account, event, lead, trait } from '../records.ts'

describe('attributesAt', () => {
  const AT = 1_000 * DAY
  const person = lead('l1', AT - DAY, {
    traits: [
      trait('source', ' Partner ', AT - DAY),
      trait('source', 'later', AT),
      trait('email', 'ada@gmail.com', AT - DAY),
      trait('title', 'CTO', AT - DAY),
      trait('referrer', 'ada@example.com', AT - DAY),
      trait('country', 'Deutschland', AT - DAY),
      trait('interests', ['A', 'a', 'B'], AT - DAY),
      trait('student', false, AT - DAY),
      trait('first_name', 'Ada', AT - DAY),
    ],
    events: [
      event('page_viewed', AT - 5),
      event('mail to ada@example.com', AT - 5),
      event('demo_requested', AT),
    ],
  })
  const company = account([person], {
    traits: [trait('employees', 51, AT - DAY), trait('name', 'Ada Ltd', AT - DAY)],
  })

  it('tells what was known before the moment, and nothing that names somebody', () => {
    expect(Object.fromEntries(attributesAt(company, person, AT))).toEqual({
      'lead.source': ['partner'],
      'lead.referrer': [],
      'lead.country': ['DE'],
      'lead.interests': ['a', 'b'],
      'lead.student': ['no'],
      'account.employees': ['51-200'],
      'title.seniority': ['executive'],
      'title.department': ['engineering'],
      'mail.kind': ['free'],
      event: ['page_viewed'],
    })
    expect([...attributesAt(company, person, AT - 2 * DAY)]).toEqual([])
  })
})

describe('numberBand', () => {
  it('puts numbers between 1, 2, 5 times a power of ten, and companies by size', () => {
    const bands = [-1, 0, 0.5, 1, 2, 4, 5, 9, 10, 19, 20, 999, 1_000, 1_999, 5e6, 1e15].map((value) =>
      numberBand('revenue', value),
    )
    expect(bands).toEqual([
      ...[
        'below 0',
        '0',
        'between 0 and 1',
        '1',
        '2-4',
        '2-4',
        '5-9',
        '5-9',
        '10-19',
        '10-19',
        '20-49',
        '500-999',
      ],
      ...['1,000-1,999', '1,000-1,999', '5,000,000-9,999,999', '1,000,000,000,000,000 and more'],
    ])
    const sizes = [1, 10, 11, 50, 200, 201, 5_000, 5_001].map((value) => numberBand('employees', value))
    expect([...new Set(sizes)]).toEqual(['1-10', '11-50', '51-200', '201-1,000', '1,001-5,000', 'over 5,000'])
    expect(sizes.map(employeesBandPlace)).toEqual([0, 0, 1, 1, 2, 3, 4, 5])
  })

  it('holds the number it is of', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 9e14, noNaN: true }), (value) => {
        const [low, high = low] = numberBand('x', value).replaceAll(',', '').split('-').map(Number)
        expect(value).toBeGreaterThanOrEqual(low!)
        expect(value).toBeLessThan(high! + 1)
      }),
    )
  })
})

/** Rows of groups of up to four, with a value, and a chance to reach the target that is given by value and group. */
function simulated(
  rows: number,
  seed: number,
  chance: (value: string, group: number) => number,
  values: readonly string[] = ['a', 'b', 'c', 'd'],
) {
  const generator = xoroshiro128plus(seed)
  const random = (): number => uniformFloat64(generator)
  const tally = createConversionTally()
  for (let row = 0, group = 0; row < rows; group++) {
    const value = values[Math.floor(random() * values.length)]!
    const size = 1 + Math.floor(random() * 4)
    for (let n = 0; n < size; n++, row++)
      tally.add(group, random() < chance(value, group) ? 1 : 0, [['lead.value', [value]]])
  }
  return tally.tables()
}

describe('conversion by attribute', () => {
  it('counts rows, accounts and outcomes of each value, once an account', () => {
    const tally = createConversionTally()
    tally.add(1, 1, [['lead.x', ['p']]])
    tally.add(1, 0, [['lead.x', ['p', 'q']]])
    tally.add(2, 1, [['lead.x', ['p']]])
    tally.add(3, 0, [['lead.x', []]])
    tally.add(3, 0, [])
    const { all, attributes } = tally.tables()
    expect(all).toMatchObject({ rows: 5, accounts: 3, reached: 2, rate: 0.4 })
    expect(attributes.get('lead.x')).toMatchObject({
      rows: 4,
      otherRows: 1,
      isSeveral: true,
      values: [
        { value: 'p', rows: 3, accounts: 2, reached: 2 },
        { value: 'q', rows: 1, accounts: 1, reached: 0 },
      ],
    })
  })

  it('widens the interval when the outcomes of an account go together', () => {
    const apart = simulated(4_000, 5, () => 0.3)
    const together = simulated(4_000, 5, (_, group) => (group % 10 < 3 ? 1 : 0))
    const width = ({ all }: ReturnType<typeof simulated>): number => all.interval[1] - all.interval[0]
    // Groups of one to four: the sum of squares over the sum is 3.
    expect(width(together) / width(apart)).toBeGreaterThan(1.5)
    expect(width(together) / width(apart)).toBeLessThan(1.9)
  })

  it('counts no more values than it may hold, and says that there are more', () => {
    const tally = createConversionTally()
    for (let row = 0; row < 1_000; row++) tally.add(row, 0, [['lead.id', [`v${row}`]]])
    const table = tally.tables().attributes.get('lead.id')!
    expect(table.values).toHaveLength(300)
    expect(table.otherRows).toBe(700)
  })
})

describe('findComparisons', () => {
  it('finds what is there, the surest large difference first', () => {
    const tables = simulated(6_000, 3, (value) => ({ a: 0.1, b: 0.1, c: 0.3, d: 0.02 })[value] ?? 0)
    const found = findComparisons(tables, new Set())
    expect(
      found
        .map(({ value }) => value)
        .slice(0, 2)
        .sort(),
    ).toEqual(['c', 'd'])
    expect(found.find(({ value }) => value === 'c')!.ratio).toBeGreaterThan(2)
    expect(findComparisons(tables, new Set(['lead.value']))).toEqual([])
  })

  it('says of nothing that it is something in at most one of twenty worlds, accounts or not', () => {
    const many = Array.from({ length: 40 }, (_, index) => `v${index}`)
    for (const together of [false, true]) {
      let worlds = 0
      for (let seed = 1; seed <= 100; seed++) {
        const chance = together ? (_: string, group: number) => (group % 10 < 2 ? 1 : 0) : () => 0.2
        if (findComparisons(simulated(4_000, seed, chance, many), new Set()).length > 0) worlds += 1
      }
      // Binomial: 100 worlds at 5 % have more than 11 in less than one of 200 runs; without the design effect it is most of them.
      expect(worlds).toBeLessThanOrEqual(11)
    }
  })

  it('is silent about values of few rows, of few accounts, and of everybody', () => {
    const tally = createConversionTally()
    for (let row = 0; row < 400; row++)
      tally.add(row < 100 ? 0 : row, row < 100 || row % 10 === 0 ? 1 : 0, [
        ['lead.one_account', row < 100 ? ['x'] : []],
        ['lead.few', row > 380 ? ['y'] : []],
        ['lead.all', ['z']],
      ])
    expect(findComparisons(tally.tables(), new Set())).toEqual([])
  })
})

describe('traitsThatKnow', () => {
  it('accuses what alone tells the outcome, by an AUC worked out by hand', () => {
    const tally = createConversionTally()
    // 'yes': 45 of 50 reached; 'no': 5 of 450. AUC = 0.9 * 0.9889 + (0.9 * 0.0111 + 0.1 * 0.9889) / 2
    for (let row = 0; row < 500; row++) {
      const isYes = row < 50
      const label = isYes ? row < 45 : row < 55
      tally.add(row, label ? 1 : 0, [
        ['lead.late', [isYes ? 'yes' : 'no']],
        ['lead.honest', [row % 3 === 0 || label ? 'a' : 'b']],
        ['title.seniority', [label ? 'director' : 'manager']],
        ['lead.rare', label ? [`only ${row}`] : []],
      ])
    }
    const [known, ...others] = traitsThatKnow(tally.tables())
    expect(others).toEqual([])
    expect(known!.attribute).toBe('lead.late')
    expect(known!.auc).toBeCloseTo(0.9 * (445 / 450) + (0.9 * (5 / 450) + 0.1 * (445 / 450)) / 2, 9)
  })
})
