/**
 * From the bytes of a labelled CSV to a report: the whole of `wonlost fit-table` but the printing. Deterministic
 * for a seed.
 */
import { WonlostError } from '../../src/errors.ts'
import type { ReportProgress } from '../../src/glossary.ts'
import { reliabilityBins } from '../../src/statistics/reliability.ts'
import { auditTable } from '../audit/audit-table.ts'
import { evaluate } from '../evaluate/metrics.ts'
import { countPositives } from '../matrix.ts'
import { evaluateByFolds } from './by-folds.ts'
import { evaluateInOrder } from './in-order.ts'
import { inferColumns } from './infer-columns.ts'
import { checkOptions, readLearner, type TableOptions } from './options.ts'
import { readGroups, readTimes } from './order.ts'
import { requireEnough } from './parts.ts'
import { readTable } from './read-table.ts'
import { reliabilityReport, type TableReport } from './report.ts'
import type { TableData, TableEvaluation } from './table-data.ts'
import { readTarget } from './target.ts'

/**
 * @param file Its name, for messages.
 * @throws `table_invalid`, `usage`, `too_little_data`, and the reason of `signal`.
 */
export async function fitTable(
  bytes: Uint8Array,
  file: string,
  options: TableOptions,
  report: ReportProgress,
  signal?: AbortSignal,
): Promise<TableReport> {
  report('reading the table')
  const table = readTable(bytes, file)
  const learner = readLearner(options.learner)
  checkOptions(table, options)
  const { rows, labels, positive } = readTarget(table, options.target, options.positive)
  const positives = countPositives(labels)
  requireEnough(rows.length, positives)
  const times = options.time === undefined ? undefined : readTimes(table, options.time)
  const notLearned = [options.target, options.time, options.id, ...options.exclude]
  const inferred = inferColumns(table, new Set(notLearned.filter((name) => name !== undefined)))
  if (inferred.columns.length === 0) throw nothingToLearnFrom(inferred.dropped)
  const groups = readGroups(table, options.id)
  const data: TableData = { columns: inferred.columns, rows, labels, groups, learner, seed: options.seed }

  report('looking for leaks')
  const audit = auditTable(data, inferred, table)
  const { folds } = options
  const { search, threads } = options
  const running = {
    report,
    ...(signal ? { signal } : {}),
    ...(threads === undefined ? {} : { threads }),
    ...(search ? { search } : {}),
  }
  const { method, predictions, baseline, model, effects, choice, searched, notices } = await (folds ===
  undefined
    ? evaluateInOrder(data, times, running)
    : evaluateByFolds(data, folds, running))
  const unlabelled = table.rowCount - rows.length
  return {
    file,
    target: options.target,
    positive,
    rows: rows.length,
    positives,
    learner: model.kind,
    learner_choice: choice,
    evaluation: method,
    metrics: evaluate({ ...predictions, seed: options.seed }),
    baseline,
    audit,
    reliability: reliabilityBins(predictions.probabilities, predictions.labels).map(reliabilityReport),
    ...modelSection(model),
    ...(searched ? { search: searched } : {}),
    effects,
    columns_used: inferred.columns.map(({ name }) => name),
    columns_left_out: inferred.dropped,
    notices: [
      ...table.notices,
      ...(unlabelled > 0 ? [`${unlabelled} rows without an outcome were left out.`] : []),
      ...inferred.notices,
      ...notices,
      ...(model.kind === 'logistic' && model.separated
        ? ['The columns tell the rows apart without one mistake: look for a leak.']
        : []),
    ],
  }
}

function modelSection(
  model: TableEvaluation['model'],
): Pick<TableReport, 'strength' | 'odds_ratios' | 'boosting'> {
  if (model.kind === 'boosting') {
    const { kind: _, ...boosting } = model
    return { boosting }
  }
  const strongestFirst = model.odds_ratios.toSorted((a, b) => Math.abs(b.log_odds) - Math.abs(a.log_odds))
  return { strength: model.strength, odds_ratios: strongestFirst }
}

function nothingToLearnFrom(dropped: readonly { column: string; because: string }[]): WonlostError {
  const why = dropped.map(({ column, because }) => `"${column}": ${because}`).join('; ')
  return new WonlostError(
    'table_invalid',
    `There is no column to learn from${why === '' ? '' : ` (${why})`}.`,
  )
}
