import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldsInTime, type TimedRow } from '../../../training/search/time-folds.ts'

/** Accounts with rows at several times; labels take a while to become known, and half of them are 1. */
const histories = fc.array(
  fc.record({
    asOf: fc.integer({ min: 0, max: 400 }),
    known: fc.integer({ min: 0, max: 60 }),
    // Accounts come and go.
    later: fc.integer({ min: 0, max: 20 }),
  }),
  { minLength: 300, maxLength: 800 },
)

const rowsOf = (drawn: readonly { asOf: number; known: number; later: number }[]): TimedRow[] =>
  drawn.map(({ asOf, known, later }, i) => ({
    asOf,
    labelKnownAt: asOf + known,
    group: asOf + later,
    label: i % 2,
  }))

describe('folds in time', () => {
  it('are worked out by hand: learned from what was known, judged on what came after', () => {
    // A row a day for 400 days, an account each; labels are known after 30 days.
    const rows = Array.from({ length: 400 }, (_, day) => ({
      asOf: day,
      labelKnownAt: day + 30,
      group: day,
      label: day % 2,
    }))
    const spans = foldsInTime(rows).map(({ fit, judged }) => [fit[0], fit.at(-1), judged[0], judged.at(-1)])
    expect(spans).toEqual([
      [0, 320, 350, 399],
      [0, 270, 300, 349],
      [0, 220, 250, 299],
      [0, 170, 200, 249],
    ])
    // An account with an early row that could be learned from is judged in no fold.
    const returning = rows.map((row) => (row.asOf === 380 ? { ...row, group: 10 } : row))
    expect(foldsInTime(returning)[0]!.judged).not.toContain(380)
  })

  it('of any history: nothing learned from is known late, no account is on two sides, the latest fold first', () => {
    let some = 0
    fc.assert(
      fc.property(histories, (drawn) => {
        const rows = rowsOf(drawn)
        const folds = foldsInTime(rows)
        some += folds.length
        let later = Number.POSITIVE_INFINITY
        for (const { fit, judged } of folds) {
          const begins = Math.min(...judged.map((row) => rows[row]!.asOf))
          const isEarly = (row: number) => rows[row]!.asOf < begins && rows[row]!.labelKnownAt <= begins
          expect(fit.every(isEarly)).toBe(true)
          const learned = new Set(Array.from(fit, (row) => rows[row]!.group))
          expect(judged.some((row) => learned.has(rows[row]!.group))).toBe(false)
          const ends = Math.max(...judged.map((row) => rows[row]!.asOf))
          expect(ends).toBeLessThan(later)
          later = begins
        }
      }),
      { numRuns: 40, endOnFailure: true },
    )
    expect(some).toBeGreaterThan(60)
  })

  it('are those that have both outcomes on both sides, twenty times each', () => {
    const rows = Array.from({ length: 400 }, (_, day) => ({
      asOf: day,
      labelKnownAt: day,
      group: day,
      // No wins in the last quarter but nineteen.
      label: day < 350 ? day % 2 : Number(day < 369),
    }))
    expect(foldsInTime(rows).map(({ judged }) => judged[0])).toEqual([300, 250, 200])
    expect(foldsInTime(rows.map((row) => ({ ...row, label: Number(row.asOf < 369) || row.label })))).toEqual(
      [],
    )
    expect(foldsInTime([])).toEqual([])
  })
})
