import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lowerLines } from '../../../training/bands/lower-lines.ts'
import type { JudgedLeads } from '../../../training/bands/score-evidence.ts'

const BANDS = 4

/** Of leads whom no rule binds: the score says where they stand. */
function judged(rows: readonly (readonly [score: number, label: number])[]): JudgedLeads {
  return {
    levels: rows.map(([score]) => [100, ...Array<number>(BANDS - 1).fill(score)]),
    labels: Uint8Array.from(rows, ([, label]) => label),
    groups: Int32Array.from(rows.keys()),
  }
}

/** Conversion of each band; null without rows. */
function rates({ levels, labels }: JudgedLeads, starts: readonly number[]): (number | null)[] {
  const scores = levels.map(([, score]) => score!)
  return starts.map((start, band) => {
    const end = starts[band + 1] ?? 101
    const rows = [...labels.keys()].filter((row) => scores[row]! >= start && scores[row]! < end)
    return rows.length === 0 ? null : rows.filter((row) => labels[row] === 1).length / rows.length
  })
}

const isInOrder = (found: readonly (number | null)[]): boolean =>
  found.every((rate, band) => rate !== null && (band === 0 || rate >= found[band - 1]!))

describe('lowerLines', () => {
  // 0..9: 10 %, 10..19: 30 %, 20..29: 20 %, 30..: 50 %.
  const steps = judged(
    [10, 30, 20, 50].flatMap((percent, step) =>
      Array.from({ length: 100 }, (_, i) => [10 * step + (i % 10), i < percent ? 1 : 0] as const),
    ),
  )

  it('moves only a line that is in the way of a lowered one, by no more than makes room', () => {
    // Everywhere one of two converts: no line moves for the sake of that.
    const even = judged(Array.from({ length: 202 }, (_, i) => [i >> 1, i % 2] as const))
    const of = (present: readonly number[], top: number) => lowerLines(even, present, top, 0).starts
    expect(of([0, 31, 61, 81], 66)).toEqual([0, 31, 56, 66])
    expect(of([0, 31, 61, 81], 45)).toEqual([0, 25, 35, 45])
    // Neither a line that was raised nor one with room enough is in the way of any.
    expect(of([0, 31, 61, 64], 90)).toEqual([0, 31, 61, 90])
    expect(of([0, 31, 36, 81], 70)).toEqual([0, 31, 36, 70])
    expect(of([0, 31, 61, 81], 15)).toEqual([0, 5, 10, 15])
    expect(of([0, 31, 61, 81], 3)).toEqual([0, 1, 2, 3])
  })

  it('moves a line no further than it must to keep conversion from falling', () => {
    // [10, 20) converts better than [20, 30): the least move of the line at 20 joins them.
    const { starts, falls } = lowerLines(steps, [0, 10, 20, 30], 30, 1)
    expect(falls).toBe(false)
    expect(isInOrder(rates(steps, starts))).toBe(true)
  })

  it('says so where no choice avoids it', () => {
    const falling = judged([
      ...Array.from({ length: 50 }, () => [10, 1] as const),
      ...Array.from({ length: 50 }, () => [90, 0] as const),
    ])
    expect(lowerLines(falling, [0, 50], 60, 30)).toEqual({ starts: [0, 60], falls: true })
  })

  it('finds the nearest of all choices in order: the same cost as trying every one', () => {
    const row = fc.tuple(fc.integer({ min: 0, max: 24 }), fc.integer({ min: 0, max: 1 }))
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 40 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 13 }), { minLength: 2, maxLength: 2 }),
        fc.integer({ min: 3, max: 24 }),
        (rows, lines, top) => {
          const given = judged(rows)
          const [a, b] = lines.sort((x, y) => x - y) as [number, number]
          const present = [0, a, b, 50]
          const width = Math.min(10, Math.floor(top / 3))
          const upper = Math.min(b, top - width)
          const wished = [upper < b ? Math.min(a, upper - width) : a, upper] as const
          let best = Number.POSITIVE_INFINITY
          for (let x = 1; x < top; x++)
            for (let y = x + 1; y < top; y++)
              if (isInOrder(rates(given, [0, x, y, top])))
                best = Math.min(best, Math.abs(x - wished[0]) + Math.abs(y - wished[1]))
          const { starts, falls } = lowerLines(given, present, top, 1)
          expect(falls).toBe(best === Number.POSITIVE_INFINITY)
          if (falls) return
          expect(isInOrder(rates(given, starts))).toBe(true)
          expect(Math.abs(starts[1]! - wished[0]) + Math.abs(starts[2]! - wished[1])).toBe(best)
        },
      ),
      { numRuns: 150 },
    )
  })
})
