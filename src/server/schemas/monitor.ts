/** GET /v1/models/:name/monitor. */
import { z } from 'zod'
import { closed } from './closed.ts'
import { countParameter, numberParameter, shownTime } from './common.ts'

export const monitorQuery = closed({
  limit: countParameter(1, 50).optional().describe('Default: 5.'),
  before: numberParameter.optional().describe('Runs before this one: the `next_before` of a page.'),
})

const monitorRunSchema = z
  .strictObject({
    run_id: z.int(),
    segment: z.string().nullable(),
    version: z.string(),
    as_of: shownTime,
    window_days: z.int(),
    verdict: z
      .enum(['steady', 'crossed', 'too_little'])
      .describe('crossed: what, and whether to retrain, is in the report.'),
    created_at: shownTime,
    report: z.record(z.string(), z.unknown()).describe('As `wonlost monitor --json` prints it.'),
  })
  .meta({ id: 'MonitorRun' })

export const monitorRunsSchema = z
  .strictObject({
    runs: z.array(monitorRunSchema).describe('Newest first.'),
    next_before: z.int().nullable().describe('null: there are no more.'),
  })
  .meta({ id: 'MonitorRuns' })
