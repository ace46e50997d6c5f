import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Column } from '../../../src/features/column.ts'
import { DAY } from '../../../src/glossary.ts'
import type { Landmark } from '../../../training/landmarks.ts'
import { binCount, binLabels, binner, fitBins } from '../../../training/monitor/column-bins.ts'
import { createHashedSample } from '../../../training/monitor/hashed-sample.ts'
import { watchedLandmark } from '../../../training/monitor/watched-rows.ts'
import { weeklyCounts } from '../../../training/monitor/weekly-counts.ts'
import { WORLD_DEFINITION } from '../world.ts'

const NUMBER: Column = {
  kind: 'number',
  name: 'visits',
  group: 'visits',
  side: 'behaviour',
  transform: 'log1p',
}
const SOURCE: Column = {
  kind: 'category',
  name: 'source',
  group: 'source',
  side: 'fit',
  categories: ['partner', 'webinar', 'rare'],
}

function spread(values: number[], column: Column): number[] {
  const bins = fitBins(Float64Array.from(values), column)
  const binOf = binner(bins, column)
  const counts = new Array<number>(binCount(bins)).fill(0)
  for (const value of values) counts[binOf(value)]! += 1
  return counts
}

describe('bins', () => {
  it('gives a value that fills a bin one of its own, and keeps the few that are not nothing', () => {
    const zeros = new Array<number>(70).fill(0)
    const rest = Array.from({ length: 30 }, (_, i) => 1 + i / 10)
    expect(spread([...zeros, ...rest, Number.NaN], NUMBER)).toEqual([70, 10, 10, 10, 1])
    expect(spread([...new Array<number>(97).fill(0), 1, 2, 2], NUMBER)).toEqual([97, 3, 0])
    expect(spread(new Array<number>(9).fill(4), NUMBER)).toEqual([9, 0])
  })

  it('puts rare categories with the others, and missing by itself', () => {
    const codes = [...new Array<number>(150).fill(0), ...new Array<number>(60).fill(1), 2, Number.NaN]
    expect(spread(codes, SOURCE)).toEqual([150, 60, 1, 1])
    expect(binLabels(fitBins(Float64Array.from(codes), SOURCE))).toEqual([
      'partner',
      'webinar',
      'others',
      'missing',
    ])
  })

  it('has a label for every bin, a bin for every value, and none that holds much more than it should', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 40, maxLength: 300 }),
        (values) => {
          const bins = fitBins(Float64Array.from(values), NUMBER)
          expect(binLabels(bins)).toHaveLength(binCount(bins))
          const counts = spread(values, NUMBER)
          expect(counts.reduce((sum, count) => sum + count, 0)).toBe(values.length)
          expect(Math.max(...counts)).toBeLessThanOrEqual(0.1 * values.length * 1.5 + 1)
          const binOf = binner(bins, NUMBER)
          for (const value of [Number.NEGATIVE_INFINITY, 1e300, 0])
            expect(binOf(value)).toBeLessThan(binCount(bins) - 1)
        },
      ),
    )
  })
})

describe('watchedLandmark', () => {
  const PERIOD = { from: 100 * DAY, until: 130 * DAY }
  const landmark = (leadId: string, day: number, given: Partial<Landmark> = {}): Landmark => ({
    leadId,
    dealId: null,
    asOf: (105 + day) * DAY,
    day,
    status: 'not_elapsed',
    label: 0,
    labelKnownAt: 0,
    ...given,
  })

  it('takes each lead once at entry and once later, at days that are drawn evenly', () => {
    const days = [0, 0, 0, 0]
    for (let lead = 0; lead < 3_000; lead++) {
      const sets = WORLD_DEFINITION.landmarkDays.map((day, place) => {
        const taken = watchedLandmark(
          landmark(`l${lead}`, day, { asOf: 110 * DAY }),
          WORLD_DEFINITION,
          PERIOD,
        )
        if (taken) days[place]! += 1
        return taken?.set
      })
      expect(sets.filter((set) => set === 'at_entry')).toHaveLength(1)
      expect(sets.filter((set) => set === 'later')).toHaveLength(1)
    }
    for (const count of days.slice(1)) expect(Math.abs(count - 1_000)).toBeLessThan(120)
  })

  it('leaves out what lies outside the period, and who is not at risk', () => {
    const of = (given: Partial<Landmark>) =>
      watchedLandmark(landmark('l1', 0, given), WORLD_DEFINITION, PERIOD)
    expect(of({ asOf: PERIOD.from })?.set).toBe('at_entry')
    expect(of({ asOf: PERIOD.from - 1 })).toBeNull()
    expect(of({ asOf: PERIOD.until })).toBeNull()
    for (const status of ['lost', 'target_reached', 'not_known'] as const) expect(of({ status })).toBeNull()
  })
})

it('createHashedSample keeps the smallest hashes, whatever the order', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat(), { maxLength: 200 }),
      fc.integer({ min: 1, max: 20 }),
      (hashes, most) => {
        const sample = createHashedSample<number>(most)
        for (const hash of hashes) sample.add(hash, hash)
        expect(sample.items()).toEqual([...hashes].sort((a, b) => a - b).slice(0, most))
      },
    ),
  )
})

it('weeklyCounts counts whole weeks back from the end', () => {
  const days = (...numbers: number[]) => numbers.map((day) => day * DAY)
  expect(weeklyCounts(days(1, 2, 3, 9, 16.9, 17), { from: 0, until: 17 * DAY })).toEqual([2, 1])
  expect(weeklyCounts(days(1), { from: 0, until: 6 * DAY })).toEqual([])
})
