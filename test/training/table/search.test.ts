import { expect, it } from 'vitest'
import { renderTableReport } from '../../../src/cli/table-report.ts'
import { HISTORY_SIZES } from '../../../training/learners/boosting-options.ts'
import { randomIntegers } from '../../../training/random.ts'
import type { SearchRequest } from '../../../training/search/stop.ts'
import { fitTable } from '../../../training/table/fit-table.ts'
import type { TableOptions } from '../../../training/table/options.ts'

/** Who is large wins more often. */
function leads(count: number): string {
  const next = randomIntegers(4)
  const lines = Array.from({ length: count }, () => {
    const size = next(400)
    return `${size},${next(90)},${next(500) < size ? 'yes' : 'no'}`
  })
  return ['size,noise,won', ...lines].join('\n')
}

const request = (ended = new AbortController().signal): SearchRequest => ({
  budget: 1,
  now: () => 0,
  endEarly: (work) => work(ended),
  candidates: 2,
})

const learn = (rows: number, options: Partial<TableOptions> = {}) =>
  fitTable(
    new TextEncoder().encode(leads(rows)),
    'leads.csv',
    { target: 'won', exclude: [], learner: 'boosting', seed: 7, ...options },
    () => {},
  )

it('searches by folds in what each fold learns from, and once in all rows', async () => {
  const report = await learn(400, { folds: 2, search: request() })
  const judged = ({ folds }: { folds: { rows: readonly number[] } }) =>
    folds.rows.reduce((sum, rows) => sum + rows, 0)
  expect(report.search).toMatchObject({ folds: { order: 'mixed' }, ended_by: 'all_tried', candidates: 2 })
  expect(judged(report.search!)).toBe(400)
  if (report.evaluation.method !== 'folds') throw new Error('folds were asked for')
  expect(report.evaluation.search_by_fold!.map(judged)).toEqual([200, 200])
  const text = renderTableReport(report, 1)
  expect(text).toMatch(/Search: 2 settings drawn, beside the defaults; 5 folds mixed, which judge 400 rows/)
  expect(text).toMatch(/They kept: (found|defaults), (found|defaults)\./)
})

it('searches in order, in the rows before those it is calibrated and judged on', async () => {
  const { search, evaluation } = await learn(1_000, { search: request() })
  expect(search).toMatchObject({ ended_by: 'all_tried', folds: { order: 'time', rows: [82, 81, 81, 81] } })
  expect(evaluation).not.toHaveProperty('search_by_fold')
  // What it must do better than is what training does without it: there, it chooses between two sizes.
  const sizes = search!.tried.map(({ settings }) => [settings.leaves, settings.min_rows])
  expect(sizes.slice(0, 2)).toEqual(HISTORY_SIZES.map(({ leaves, min_rows: rows }) => [leaves, rows]))
})

it('ended early, gives what the defaults give', async () => {
  const { search, ...ended } = await learn(1_000, { search: request(AbortSignal.abort()) })
  expect(search).toMatchObject({ ended_by: 'interrupt', kept: 'defaults' })
  expect(ended).toEqual(await learn(1_000))
})

it('refuses to search for logistic regression', async () => {
  await expect(learn(100, { learner: 'logistic', search: request() })).rejects.toThrow(
    expect.objectContaining({ code: 'usage', message: expect.stringMatching(/Given: --learner logistic/) }),
  )
})
