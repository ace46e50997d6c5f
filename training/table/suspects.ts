/**
 * Columns that look like leaks: written after, or because of, the outcome. Nobody can prove that from a flat
 * table; three figures give it away, and each accusation carries the one that speaks:
 *
 * 1. alone: the column alone ranks the rows with an AUC of 0.9 or more (out of fold, each value replaced by its
 *    outcome rate). Honest columns of lead scoring reach 0.6 to 0.8.
 * 2. irreplaceable: without it the skill (share of the base rate's log loss that the model explains) falls by 0.15
 *    or more. Honest columns overlap with others, or add little each.
 * 3. filled in: whether there is a value at all ranks the rows with an AUC beyond 0.8, or below 0.2: somebody
 *    fills it in when the outcome is clear.
 *
 * What is found is put aside, and the rest is looked at again, because one leak hides another.
 */
import { auc } from '../../src/statistics/auc.ts'
import { quantile } from '../../src/statistics/bootstrap.ts'
import { logLossSkill } from '../../src/statistics/proper-scores.ts'
import { logisticParts } from '../learners/logistic.ts'
import { trainLogistic } from '../logistic/train.ts'
import { selectRows } from '../matrix.ts'
import { randomIntegers, shuffle } from '../random.ts'
import type { TypedColumn } from './infer-columns.ts'
import { stratifiedFolds } from './parts.ts'
import { predictWith } from './predict-with.ts'
import type { TableData } from './table-data.ts'
import { buildMatrix, fitVocabulary } from './table-matrix.ts'

export interface Suspect {
  readonly column: string
  readonly because: string
  /** Of the column alone, out of fold. */
  readonly auc: number
  /** Of "is missing"; null where nothing is. */
  readonly missing_auc: number | null
  /**
   * Skill of the model with all columns that were left, minus its skill without this one; null where that was not
   * looked at.
   */
  readonly skill_lost: number | null
}

/** The check of the data asks the same of traits. */
export const ALONE_AUC = 0.9
const IRREPLACEABLE_SKILL = 0.15
const FILLED_IN_AUC = 0.8

/** Only the strongest can be irreplaceable by so much; each candidate costs a model. */
const CANDIDATES = 4
const ROUNDS = 5
/** Enough to see a fall of 0.15, whose standard error is about 0.02 on half of these. */
const AUDIT_ROWS = 12_000
const AUDIT_STRENGTH = 10
const FOLDS = 5
const NUMBER_BUCKETS = 20
/** Rows of the base rate that each value's outcome rate starts with. */
const PRIOR_ROWS = 10

interface Audited {
  readonly source: string
  readonly parts: readonly TypedColumn[]
  readonly auc: number
  readonly missingAuc: number | null
}

export function findSuspects(data: TableData): Suspect[] {
  const { columns, rows, seed } = data
  const labels = Uint8Array.from(rows, (row) => data.labels[row]!)
  const folds = stratifiedFolds(
    labels,
    Int32Array.from(rows, (row) => data.groups[row]!),
    FOLDS,
    seed,
  )
  const sources = [...new Set(columns.map((column) => column.source))]
  let left = sources
    .map((source) =>
      auditAlone(
        source,
        columns.filter((column) => column.source === source),
        rows,
        labels,
        folds,
      ),
    )
    .sort((a, b) => b.auc - a.auc)
  const suspects: Suspect[] = []
  const skill = skillOnHalves(data)
  const accuse = (audited: Audited, because: string, skillLost: number | null): void => {
    const { source, auc: alone, missingAuc } = audited
    suspects.push({ column: source, because, auc: alone, missing_auc: missingAuc, skill_lost: skillLost })
    left = left.filter((other) => other !== audited)
  }
  for (const audited of [...left]) {
    if (audited.auc >= ALONE_AUC)
      accuse(audited, `alone it ranks the rows with an AUC of ${audited.auc.toFixed(3)}`, null)
    else if (audited.missingAuc !== null && Math.abs(audited.missingAuc - 0.5) >= FILLED_IN_AUC - 0.5)
      accuse(
        audited,
        `whether it is missing ranks the rows with an AUC of ${audited.missingAuc.toFixed(3)}`,
        null,
      )
  }
  for (let round = 0; round < ROUNDS && left.length > 1; round++) {
    const all = skill(left)
    const lost = left.slice(0, CANDIDATES).map((candidate) => ({
      candidate,
      skillLost: all - skill(left.filter((other) => other !== candidate)),
    }))
    const worst = lost.reduce((a, b) => (b.skillLost > a.skillLost ? b : a))
    if (worst.skillLost < IRREPLACEABLE_SKILL) break
    accuse(
      worst.candidate,
      `without it the model's skill falls by ${worst.skillLost.toFixed(2)}, from ${all.toFixed(2)}; no other column can stand in for it`,
      worst.skillLost,
    )
  }
  return suspects
}

/** Figures of one column of the file by itself. A date has several parts; the strongest counts. */
function auditAlone(
  source: string,
  parts: readonly TypedColumn[],
  rows: Int32Array,
  labels: Uint8Array,
  folds: Int32Array,
): Audited {
  const buckets = parts.map((part) => bucketsOf(part, rows))
  const missing = Float64Array.from(buckets[0]!, (bucket) => (bucket < 0 ? 1 : 0))
  return {
    source,
    parts,
    auc: Math.max(...buckets.map((bucket) => auc(outcomeRates(bucket, labels, folds), labels))),
    missingAuc: missing.includes(1) ? auc(missing, labels) : null,
  }
}

/** The bucket of each row: the category, the twentieth of the numbers, -1 for missing. */
function bucketsOf(column: TypedColumn, rows: Int32Array): Int32Array {
  if (column.kind === 'category') return rows.map((row) => column.codes[row]!)
  const sorted = column.values.filter((value) => !Number.isNaN(value)).sort()
  const edges = Array.from({ length: NUMBER_BUCKETS - 1 }, (_, k) =>
    quantile(sorted, (k + 1) / NUMBER_BUCKETS),
  )
  return rows.map((row) => {
    const value = column.values[row]!
    return Number.isNaN(value) ? -1 : edges.filter((edge) => value > edge).length
  })
}

/**
 * Each row's bucket as the outcome rate of that bucket in the other folds, drawn to the base rate by PRIOR_ROWS
 * rows of it.
 */
function outcomeRates(buckets: Int32Array, labels: Uint8Array, folds: Int32Array): Float64Array {
  const size = buckets.reduce((most, bucket) => Math.max(most, bucket), -1) + 2
  // Counts of all rows and of each fold: what the other folds hold is the difference.
  const count = Array.from({ length: FOLDS + 1 }, () => new Float64Array(size))
  const positive = Array.from({ length: FOLDS + 1 }, () => new Float64Array(size))
  let positives = 0
  for (let i = 0; i < buckets.length; i++) {
    const bucket = buckets[i]! + 1
    for (const table of [folds[i]!, FOLDS]) {
      count[table]![bucket]! += 1
      positive[table]![bucket]! += labels[i]!
    }
    positives += labels[i]!
  }
  const prior = positives / labels.length
  return Float64Array.from(buckets, (code, i) => {
    const bucket = code + 1
    const fold = folds[i]!
    const others = count[FOLDS]![bucket]! - count[fold]![bucket]!
    const reached = positive[FOLDS]![bucket]! - positive[fold]![bucket]!
    return (reached + PRIOR_ROWS * prior) / (others + PRIOR_ROWS)
  })
}

/**
 * Skill of a logistic model of some columns: learned on half of (at most) AUDIT_ROWS rows, judged on the other
 * half.
 */
function skillOnHalves({ rows, labels, groups, seed }: TableData): (audited: readonly Audited[]) => number {
  const sample = shuffle(rows.slice(), randomIntegers(seed)).slice(0, AUDIT_ROWS)
  const half = Math.floor(sample.length / 2)
  const fitRows = sample.slice(0, half)
  const testRows = sample.slice(half)
  return (audited) => {
    const columns = audited.flatMap(({ parts }) => parts)
    const vocabulary = fitVocabulary(columns, fitRows)
    const fit = buildMatrix(columns, vocabulary, fitRows, labels, groups)
    const test = buildMatrix(columns, vocabulary, testRows, labels, groups)
    const model = trainLogistic(fit, selectRows(test, []), { strengths: [AUDIT_STRENGTH], describe: false })
    return logLossSkill(predictWith(logisticParts(model), test).probabilities, test.labels)
  }
}
