/** From typed columns to a matrix: vocabularies are fitted on the rows learned from, and applied to any rows. */
import type { Column } from '../../src/features/column.ts'
import type { Matrix } from '../matrix.ts'
import type { TypedColumn } from './infer-columns.ts'

/** Values rarer than this among the fit rows share one category. */
const LEAST_COUNT = 10
/** At most this many categories a column; the rest is rare beside them. */
const MOST_CATEGORIES = 100
const POOLED = '(other)'

export interface TableVocabulary {
  readonly columns: readonly Column[]
  /** For each column: the category of each level of the typed column, NaN where it has none. null for numbers. */
  readonly codeOfLevel: readonly (Float64Array | null)[]
}

/**
 * Categories are in order of count, then of text. Rare and unseen values become "(other)" where the fit rows have
 * rare ones, else missing.
 */
export function fitVocabulary(columns: readonly TypedColumn[], fitRows: Int32Array): TableVocabulary {
  const fitted = columns.map((column) => fitColumn(column, fitRows))
  return { columns: fitted.map(({ column }) => column), codeOfLevel: fitted.map(({ codes }) => codes) }
}

function fitColumn(typed: TypedColumn, fitRows: Int32Array): { column: Column; codes: Float64Array | null } {
  const { name, source } = typed
  // A flat table does not say what is behaviour; nothing in it decays.
  const base = { name, group: source, side: 'fit' } as const
  if (typed.kind === 'number')
    return { column: { kind: 'number', transform: typed.transform, ...base }, codes: null }
  const counts = new Float64Array(typed.levels.length)
  for (const row of fitRows) {
    const code = typed.codes[row]!
    if (code >= 0) counts[code]! += 1
  }
  const frequent = typed.levels
    .map((_, level) => level)
    .filter((level) => counts[level]! >= LEAST_COUNT)
    .sort((a, b) => counts[b]! - counts[a]! || (typed.levels[a]! < typed.levels[b]! ? -1 : 1))
    .slice(0, MOST_CATEGORIES)
  const kept = new Set(frequent)
  const isPooled = typed.levels.some((_, level) => counts[level]! > 0 && !kept.has(level))
  const categories = frequent.map((level) => typed.levels[level]!)
  if (isPooled) categories.push(POOLED)
  const codes = new Float64Array(typed.levels.length).fill(isPooled ? categories.length - 1 : Number.NaN)
  for (const [code, level] of frequent.entries()) codes[level] = code
  return { column: { kind: 'category', categories, ...base }, codes }
}

/** The rows at these indices, in this order. */
export function buildMatrix(
  typed: readonly TypedColumn[],
  vocabulary: TableVocabulary,
  rows: Int32Array,
  labels: Uint8Array,
  groups: Int32Array,
): Matrix {
  const width = typed.length
  const data = new Float64Array(rows.length * width)
  for (let c = 0; c < width; c++) {
    const column = typed[c]!
    const codeOfLevel = vocabulary.codeOfLevel[c]
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!
      data[i * width + c] =
        column.kind === 'number' ? column.values[row]! : (codeOfLevel?.[column.codes[row]!] ?? Number.NaN)
    }
  }
  return {
    columns: vocabulary.columns,
    rowCount: rows.length,
    data,
    labels: Uint8Array.from(rows, (row) => labels[row]!),
    groups: Int32Array.from(rows, (row) => groups[row]!),
  }
}
