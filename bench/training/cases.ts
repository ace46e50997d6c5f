/** What is trained on, and with which settings: the same for every contender. */
import { MIXED, NUMBERS, type TableKind } from '../data/tables.ts'

export interface TrainingCase {
  readonly kind: TableKind
  readonly rows: number
  readonly threads: number
}

export const HELD_OUT_ROWS = 100_000

/** Names as in LightGBM's documentation; python/training.py says what each library calls them. */
export const SETTINGS = {
  trees: 100,
  learning_rate: 0.1,
  max_leaves: 31,
  max_depth: 8,
  max_bins: 255,
  min_rows: 20,
  min_hessian: 1,
  l2: 1,
} as const

export function trainingCases(quick: boolean): TrainingCase[] {
  const tables = quick
    ? [
        { kind: NUMBERS, rows: 20_000 },
        { kind: NUMBERS, rows: 100_000 },
        { kind: MIXED, rows: 50_000 },
      ]
    : [
        { kind: NUMBERS, rows: 100_000 },
        { kind: NUMBERS, rows: 1_000_000 },
        { kind: MIXED, rows: 500_000 },
      ]
  return tables.flatMap((table) => [1, 2].map((threads) => ({ ...table, threads })))
}

export function caseName({ kind, rows, threads }: TrainingCase): string {
  const mixed = kind.name === 'mixed' ? ' with categories and missing values' : ''
  const size = `${rows.toLocaleString('en')} x ${kind.categories.length}${mixed}`
  return `${size}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`
}
