/** Watches the models that serve, told as a recipe: one reading of the records for all of them, flat in memory; it writes nothing. */
import type pg from 'pg'
import { accountSubject } from '../../src/features/account-subject.ts'
import { DAY, type Milliseconds, parseTime, type ReportProgress } from '../../src/glossary.ts'
import type { LoadedModel } from '../../src/scoring/load-model.ts'
import type { ScoreBand } from '../evaluation.ts'
import { createRecordSource, type RecordSource } from '../record-source.ts'
import type { TrainingReport } from '../report/model-report.ts'
import { judgeModel } from './judge-model.ts'
import { OUTCOME_DAYS } from './limits.ts'
import type { MonitorReport } from './monitor-report.ts'
import { createWatch } from './watch-model.ts'

/** A model as it serves, with the report of the training behind it (training-behind.ts); null: none. */
export interface MonitoredModel {
  readonly model: LoadedModel
  readonly report: TrainingReport | null
  /** What it learned from was known before this. Default: what the artifact says; of one from elsewhere that may be nothing. */
  readonly cutoff?: Milliseconds
}

export interface MonitorOptions {
  /** The window is [asOf - windowDays, asOf). */
  readonly asOf: Milliseconds
  readonly windowDays: number
  readonly bands: readonly ScoreBand[]
  /** Default: those of the database, read once and not held. */
  readonly records?: RecordSource
  readonly report?: ReportProgress
  readonly signal?: AbortSignal
}

/** One report a model, in their order. Throws the reason of `signal` when it was aborted. */
export async function monitorModels(
  pool: pg.Pool,
  models: readonly MonitoredModel[],
  { asOf, windowDays, bands, ...running }: MonitorOptions,
): Promise<MonitorReport[]> {
  const window = { from: asOf - windowDays * DAY, until: asOf }
  const watches = models.map(({ model, report, cutoff }) => {
    const outcomesFrom = Math.max(trainedUntil(model, cutoff), asOf - OUTCOME_DAYS * DAY)
    return { model, report, outcomesFrom, watch: createWatch(model, window, outcomesFrom) }
  })
  running.report?.('reading leads')
  const records = running.records ?? createRecordSource(pool, { ...running, heldFacts: 0 })
  let group = -1
  for await (const account of records.read()) {
    group += 1
    const subjects = { lead: account, account: accountSubject(account) }
    for (const { model, watch } of watches) {
      const record = subjects[model.registry.definition.entity]
      for (const lead of record?.leads ?? []) watch.observe(record!, lead, group)
    }
  }
  running.report?.('comparing with training')
  return watches.map(({ model, report, outcomesFrom, watch }) =>
    judgeModel({ model, report, window, outcomesFrom, watched: watch.read(), bands }),
  )
}

/** What the model may have learned from was known before this; a rubric has learned nothing. */
function trainedUntil({ artifact }: LoadedModel, cutoff?: Milliseconds): Milliseconds {
  if (artifact.kind === 'rubric') return Number.NEGATIVE_INFINITY
  const time = cutoff ?? parseTime(artifact.training.cutoff)
  return Number.isNaN(time) ? Number.NEGATIVE_INFINITY : time
}

/** Whether leads are others than in training: what a check over many simulated worlds asks for. */
export function raisesDrift({ crossed }: MonitorReport): boolean {
  return crossed.some(({ limit }) => limit === 'drift_of_score' || limit === 'drift_of_feature')
}
