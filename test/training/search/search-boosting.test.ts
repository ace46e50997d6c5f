import { describe, expect, it } from 'vitest'
import { parseDefinition } from '../../../src/features/definition.ts'
import { completeSettings, TABLE_SIZES } from '../../../training/learners/boosting-options.ts'
import { boostingBlock, searchLines } from '../../../training/report/search-report.ts'
import { type SearchTask, searchBoosting } from '../../../training/search/search-boosting.ts'
import { drawCandidates } from '../../../training/search/space.ts'
import { type SearchLimits, shareTime } from '../../../training/search/stop.ts'
import { mixedTable } from '../boosting/worlds.ts'
import { WORLD_YAML } from '../world.ts'

const ROWS = mixedTable(900, 3)
const thirds = (fold: number) => {
  const all = Int32Array.from({ length: 900 }, (_, row) => row)
  return { fit: all.filter((row) => row % 3 !== fold), judged: all.filter((row) => row % 3 === fold) }
}
/** Stumps of few trees in small steps: whatever is drawn is better. */
const BAD = { rate: 0.01, leaves: 2, depth: 1, trees: 30 }

const TASK: SearchTask = {
  rows: ROWS,
  folds: [thirds(0), thirds(1), thirds(2)],
  order: 'mixed',
  given: BAD,
  sizes: TABLE_SIZES,
  seed: 7,
}

const limits = (more: Partial<SearchLimits> = {}): SearchLimits => ({
  now: () => 0,
  endsAt: 1,
  ended: new AbortController().signal,
  candidates: 6,
  ...more,
})

const full = await searchBoosting(TASK, limits(), {})

describe('a search', () => {
  it('finds what is better, says so with its figures, and gives the same again for a seed', async () => {
    const { settings, report } = full
    expect(report).toMatchObject({ ended_by: 'all_tried', candidates: 6, kept: 'found', seed: 7 })
    expect(report.rungs).toEqual([
      { folds: 1, candidates: 7 },
      { folds: 2, candidates: 3 },
      { folds: 3, candidates: 2 },
    ])
    const { difference, standard_error: error, rows } = report.compared!
    expect(rows).toBe(900)
    expect(difference).toBeGreaterThan(2 * error!)
    expect(report.tried[0]).toMatchObject({
      folds: 3,
      log_loss: expect.closeTo(report.compared!.defaults_log_loss, 12),
    })
    expect(report.settings).toEqual(settings)
    expect(settings.trees).toBe(30)
    expect(await searchBoosting(TASK, limits(), { threads: 2 })).toEqual(full)
    expect((await searchBoosting({ ...TASK, seed: 8 }, limits(), {})).report.tried).not.toEqual(report.tried)
  })

  it('tells what to write into a definition', () => {
    const { settings, report } = full
    const block = boostingBlock(settings)
    expect(searchLines(report).join('\n').replace(/^ {4}/gm, '')).toContain(block)
    expect(parseDefinition(WORLD_YAML + block, 'world.yaml').boosting).toEqual(settings)
  })

  it('leaves the defaults where nothing is better by more than the noise', async () => {
    const given = { rate: 0.05, leaves: 8, trees: 100 }
    const { settings, report } = await searchBoosting({ ...TASK, given }, limits({ candidates: 3 }), {})
    const { difference, standard_error: error } = report.compared!
    expect(difference).toBeLessThan(2 * error!)
    expect(report).toMatchObject({
      kept: 'defaults',
      because: expect.stringMatching(/^The defaults stay: the best/),
    })
    expect(settings).toBe(given)
  })

  it('stops at its time, in the middle of a training too, and keeps the best so far', async () => {
    // The clock ticks once a tree: 7 settings of 30 trees on a fold, so 100 is in the middle of the fourth.
    let ticks = 0
    const { settings, report } = await searchBoosting(TASK, limits({ now: () => ticks++, endsAt: 100 }), {})
    expect(report).toMatchObject({ ended_by: 'time', kept: 'found', rungs: [{ folds: 1, candidates: 7 }] })
    expect(report.tried).toHaveLength(3)
    expect(report.tried.every(({ folds }) => folds === 1)).toBe(true)
    const losses = report.tried.slice(1).map(({ log_loss: loss }) => loss)
    expect(report.tried[1 + losses.indexOf(Math.min(...losses))]!.settings).toEqual(settings)
    expect(report.compared!.rows).toBe(300)
    expect(searchLines(report)[0]).toContain('the time was over')
  })

  it('ends when it is asked to with the defaults before anything is known, and lets the signal of everything through', async () => {
    const ended = AbortSignal.abort()
    const { settings, report } = await searchBoosting(TASK, limits({ ended }), {})
    expect(report).toMatchObject({
      ended_by: 'interrupt',
      kept: 'defaults',
      compared: null,
      settings: null,
      tried: [],
    })
    expect(settings).toBe(BAD)
    const signal = AbortSignal.abort(new Error('all of it'))
    await expect(searchBoosting(TASK, limits(), { signal })).rejects.toThrowError('all of it')
  })

  it('has nothing to go by without folds, and says so', async () => {
    const { settings, report } = await searchBoosting({ ...TASK, folds: [] }, limits(), {})
    expect(settings).toBe(BAD)
    expect(report).toMatchObject({
      ended_by: 'no_folds',
      because: expect.stringMatching(/too little history/),
    })
  })
})

it('draws settings once each, and none of the defaults', () => {
  const given = { monotone: { visits: 'increasing' } } as const
  const defaults = completeSettings(given, TABLE_SIZES)
  const drawn = drawCandidates(400, defaults, 1)
  expect(new Set([...defaults, ...drawn].map((settings) => JSON.stringify(settings))).size).toBe(401)
  for (const settings of drawn) expect(settings).toMatchObject({ ...given, trees: 1000 })
})

it('shares the time of several searches, and what one leaves over goes to the next', () => {
  let now = 1_000
  const request = { budget: 300, now: () => now, endEarly: () => Promise.reject(new Error('not asked')) }
  const next = shareTime(request, 3, new AbortController().signal)
  expect(next().endsAt).toBe(1_100)
  now = 1_020
  expect(next().endsAt).toBe(1_160)
  now = 1_400
  expect(next().endsAt).toBe(1_400)
})
