import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PART_NAMES, rowsKnownBefore, type SplitCandidate, splitInTime } from '../../training/split.ts'

const HORIZON = 90
const CUTOFF = 1_000

const row = (asOf: number, group: number, usable = true): SplitCandidate => ({
  asOf,
  labelKnownAt: asOf + HORIZON,
  group,
  usable,
})

/** One account a row, evenly over time. */
const even = Array.from({ length: 910 }, (_, index) => row(index, index))

describe('splitInTime', () => {
  it('shares what remains out as 50/15/15/20', () => {
    const split = splitInTime(even, CUTOFF)!
    const counts = PART_NAMES.map((name) => split.parts[name].rows.length)
    const total = counts.reduce((sum, count) => sum + count, 0)
    // Three boundaries cost 90 - 1 days of rows each; every label that ends at a boundary is in.
    expect(total).toBe(910 - 3 * 89)
    expect(split.crossing).toBe(3 * 89)
    const shares = counts.map((count) => count / total)
    ;[0.5, 0.15, 0.15, 0.2].forEach((share, index) => {
      expect(Math.abs((shares[index] ?? 0) - share)).toBeLessThan(0.005)
    })
  })

  it('lets a label end exactly at a boundary, and the next part begin exactly there', () => {
    const split = splitInTime(even, CUTOFF)!
    const { fit, validate } = split.parts
    expect(Math.max(...fit.rows.map((index) => even[index]?.labelKnownAt ?? 0))).toBe(fit.endsAt)
    expect(Math.min(...validate.rows.map((index) => even[index]?.asOf ?? 0))).toBe(fit.endsAt)
  })

  it('puts an account where it was first scheduled, at risk or not', () => {
    const base = splitInTime(even, CUTOFF)!
    const late = base.parts.test.startsAt + 5
    // Account 5000 appears early, but is not at risk then; its usable row lies in the test part.
    const split = splitInTime([...even, row(3, 5_000, false), row(late, 5_000)], CUTOFF)!
    expect(split.partOfGroup.get(5_000)).toBe('fit')
    expect(split.otherSide).toBe(1)
  })

  it('gives nothing when four parts do not fit into the history', () => {
    const short = even.filter((candidate) => candidate.asOf >= 700)
    expect(splitInTime(short, CUTOFF)).toBeNull()
    expect(splitInTime([], CUTOFF)).toBeNull()
  })
})

const candidates = fc
  .array(
    fc.record({
      asOf: fc.integer({ min: 0, max: CUTOFF }),
      wait: fc.oneof(
        fc.constant(HORIZON),
        fc.integer({ min: 0, max: 200 }),
        fc.constant(Number.POSITIVE_INFINITY),
      ),
      group: fc.integer({ min: 0, max: 60 }),
      usable: fc.boolean(),
    }),
    { minLength: 30, maxLength: 200 },
  )
  .map((rows) =>
    rows.map(({ asOf, wait, group, usable }): SplitCandidate => {
      const labelKnownAt = asOf + wait
      return { asOf, labelKnownAt, group, usable: usable && labelKnownAt <= CUTOFF }
    }),
  )

describe('laws of the split', () => {
  it('never shares an account, never reverses time, never lets a label cross a boundary', () => {
    let held = 0
    fc.assert(
      fc.property(candidates, (rows) => {
        const split = splitInTime(rows, CUTOFF)
        if (!split) return
        held += 1
        const side = new Map<number, string>()
        let before = Number.NEGATIVE_INFINITY
        for (const name of PART_NAMES) {
          const part = split.parts[name]
          expect(part.rows.length).toBeGreaterThan(0)
          expect(part.startsAt).toBeGreaterThanOrEqual(before)
          before = part.endsAt
          for (const index of part.rows) {
            const candidate = rows[index]!
            expect(candidate.usable).toBe(true)
            expect(candidate.asOf).toBeGreaterThanOrEqual(part.startsAt)
            expect(candidate.labelKnownAt).toBeLessThanOrEqual(part.endsAt)
            expect(side.get(candidate.group) ?? name).toBe(name)
            side.set(candidate.group, name)
          }
        }
        expect(before).toBe(CUTOFF)
        const placed = PART_NAMES.reduce((sum, name) => sum + split.parts[name].rows.length, 0)
        expect(placed + split.crossing + split.otherSide).toBe(
          rows.filter((candidate) => candidate.usable).length,
        )
      }),
      { seed: 1, numRuns: 300 },
    )
    expect(held).toBeGreaterThan(100)
  })

  it('lets a model learn from all that was known when a part begins, and from nobody it is judged on', () => {
    fc.assert(
      fc.property(candidates, (rows) => {
        const split = splitInTime(rows, CUTOFF)
        if (!split) return
        const { fit, validate, calibrate, test } = split.parts
        const learning = new Set(rowsKnownBefore(rows, split, 'calibrate'))
        for (const index of [...fit.rows, ...validate.rows]) expect(learning.has(index)).toBe(true)
        const judged = new Set([...calibrate.rows, ...test.rows].map((index) => rows[index]!.group))
        for (const index of learning) {
          expect(rows[index]!.usable).toBe(true)
          expect(rows[index]!.labelKnownAt).toBeLessThanOrEqual(calibrate.startsAt)
          expect(judged.has(rows[index]!.group)).toBe(false)
        }
      }),
      { seed: 3, numRuns: 200 },
    )
  })

  it('does not depend on the order in which the rows come', () => {
    fc.assert(
      fc.property(candidates, (rows) => {
        const forward = splitInTime(rows, CUTOFF)
        const backward = splitInTime([...rows].reverse(), CUTOFF)
        expect(backward === null).toBe(forward === null)
        if (!forward || !backward) return
        for (const name of PART_NAMES) {
          expect(backward.parts[name].endsAt).toBe(forward.parts[name].endsAt)
          const mirrored = backward.parts[name].rows
            .map((index) => rows.length - 1 - index)
            .sort((a, b) => a - b)
          expect(mirrored).toEqual(forward.parts[name].rows)
        }
      }),
      { seed: 2, numRuns: 100 },
    )
  })
})
