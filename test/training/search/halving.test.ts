import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bestStanding, leader, meanLoss, type Race, race } from '../../../training/search/halving.ts'

const unheard = { begin: () => {}, judged: () => {} }

/** Losses by candidate and fold. */
const run = (field: Race, table: readonly (readonly number[])[], until = Number.POSITIVE_INFINITY) => {
  const asked: [number, number][] = []
  const judge = async (candidate: number, fold: number): Promise<number | null> => {
    if (asked.length >= until) return null
    asked.push([candidate, fold])
    return table[candidate]![fold]!
  }
  return race(field, judge, unheard).then((raced) => ({ ...raced, asked }))
}

// Candidate 0 stands always. Nine others: on the first fold 1, 2, 3 are best; on the second 3 turns out to be bad and 1 to be
// better than 2. Of three, one is left for the last two folds.
const OTHERS = 9
const FIELD: Race = { candidates: 1 + OTHERS, standing: 1, foldRows: [10, 10, 10, 10] }
const TABLE = [
  [9, 9, 9, 9],
  [2, 1, 5, 5],
  [1, 3, 0, 0],
  [3, 8, 0, 0],
  ...Array.from({ length: 6 }, () => [4, 0, 0, 0]),
]

describe('successive halving', () => {
  it('keeps a third by what they did so far, and the one that stands whatever it does', async () => {
    const { rungs, losses, isFinished, asked } = await run(FIELD, TABLE)
    expect(rungs).toEqual([
      { folds: 1, candidates: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] },
      // Best first.
      { folds: 2, candidates: [0, 2, 1, 3] },
      // 1 and 2: 1.5 and 2 on average. What 2 would do on the folds to come nobody knows yet.
      { folds: 4, candidates: [0, 1] },
    ])
    expect(isFinished).toBe(true)
    expect(losses.map((own) => own.length)).toEqual([4, 4, 2, 2, 1, 1, 1, 1, 1, 1])
    // Nothing is judged twice.
    expect(asked).toHaveLength(10 + 4 + 2 * 2)
    expect(leader(losses, FIELD)).toBe(1)
  })

  it('weighs folds by their rows', () => {
    expect(meanLoss([1, 4], [30, 10, 99])).toBe(1.75)
    expect(leader([[9], [1, 4], [3, 0]], { ...FIELD, foldRows: [30, 10] })).toBe(1)
    expect(leader([[9], [1, 4], [3, 0]], { ...FIELD, foldRows: [10, 30] })).toBe(2)
  })

  it('ended early, names the best of those that came furthest, and nobody before one was judged', async () => {
    const leaderAfter = async (judgements: number) =>
      leader((await run(FIELD, TABLE, judgements)).losses, FIELD)
    expect(await leaderAfter(1)).toBeNull()
    expect(await leaderAfter(2)).toBe(1)
    expect(await leaderAfter(3)).toBe(2)
    expect(await leaderAfter(10)).toBe(2)
    // Rung 2 begins with the one that stands, then the best so far: alone on two folds, it leads, though it did worse there.
    expect(await leaderAfter(12)).toBe(2)
    expect(await leaderAfter(13)).toBe(1)
    expect((await run(FIELD, TABLE, 13)).isFinished).toBe(false)
  })

  it('needs no second or third fold, and asks nothing without any', async () => {
    const { rungs } = await run({ ...FIELD, foldRows: [7] }, TABLE)
    expect(rungs.map(({ folds }) => folds)).toEqual([1])
    expect((await run({ ...FIELD, foldRows: [7, 7] }, TABLE)).rungs.map(({ folds }) => folds)).toEqual([1, 2])
    const none = await run({ ...FIELD, foldRows: [] }, TABLE)
    expect(none).toMatchObject({ rungs: [], isFinished: true, asked: [] })
    expect(leader(none.losses, FIELD)).toBeNull()
  })

  it('on any losses: those that stand are never behind, rungs shrink, and the leader is the best of the last', async () => {
    const fields = fc.record({
      others: fc.integer({ min: 1, max: 30 }),
      standing: fc.integer({ min: 1, max: 3 }),
      folds: fc.integer({ min: 1, max: 5 }),
      seed: fc.integer({ min: 1, max: 1_000 }),
      until: fc.integer({ min: 0, max: 200 }),
    })
    await fc.assert(
      fc.asyncProperty(fields, async ({ others, standing, folds, seed, until }) => {
        const foldRows = Array.from({ length: folds }, (_, fold) => 1 + ((fold * seed) % 7))
        const field = { candidates: standing + others, standing, foldRows }
        const table = Array.from({ length: field.candidates }, (_, candidate) =>
          foldRows.map((_, fold) => ((candidate * 37 + fold * 101 + seed * 53) % 97) / 97),
        )
        const { rungs, losses, isFinished } = await run(field, table, until)
        const stand = Array.from({ length: standing }, (_, candidate) => candidate)
        for (const [i, rung] of rungs.entries()) {
          expect(rung.candidates.slice(0, standing)).toEqual(stand)
          if (i > 0) expect(rungs[i - 1]!.candidates).toEqual(expect.arrayContaining([...rung.candidates]))
        }
        const best = leader(losses, field)
        const furthest = Math.max(0, ...losses.slice(standing).map((own) => own.length))
        if (furthest === 0) expect(best).toBeNull()
        else {
          for (const candidate of stand) expect(losses[candidate]!.length).toBeGreaterThanOrEqual(furthest)
          const means = losses
            .slice(standing)
            .filter((own) => own.length === furthest)
            .map((own) => meanLoss(own, foldRows))
          expect(meanLoss(losses[best!]!, foldRows)).toBe(Math.min(...means))
          const known = stand.map((candidate) => meanLoss(losses[candidate]!.slice(0, furthest), foldRows))
          const standingBest = bestStanding(losses, field, furthest)
          expect(known[standingBest]).toBe(Math.min(...known))
        }
        if (isFinished) expect(furthest).toBe(folds)
      }),
      { numRuns: 100 },
    )
  })
})
