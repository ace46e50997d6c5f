/** Rows to audit: enough to see what an audit asks for, and no more, however many there are. */
import { type Matrix, selectRows } from '../matrix.ts'
import { randomIntegers, shuffle } from '../random.ts'
import { stratifiedFolds } from '../table/parts.ts'
import { type AuditedRows, FOLDS } from './alone.ts'

/** A fall of the skill by 0.15 is seen with a standard error of about 0.02. */
const AUDITED_ROWS = 12_000

/** `rows`: where the sampled rows stand in the given ones. */
export function sampleRows(matrix: Matrix, seed: number): AuditedRows & { readonly rows: Int32Array } {
  const all = Int32Array.from({ length: matrix.rowCount }, (_, row) => row)
  const rows =
    matrix.rowCount <= AUDITED_ROWS ? all : shuffle(all, randomIntegers(seed)).slice(0, AUDITED_ROWS)
  const sample = selectRows(matrix, rows)
  return { rows, matrix: sample, folds: stratifiedFolds(sample.labels, sample.groups, FOLDS, seed) }
}
