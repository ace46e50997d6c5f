/** Matrices for tests: columns by a short description, rows as people write them (null is missing). */
import type { Column } from '../../../src/features/column.ts'
import type { Matrix } from '../../../training/matrix.ts'

export function numberColumn(name: string, transform: 'identity' | 'log1p' = 'identity'): Column {
  return { kind: 'number', name, group: name, side: 'fit', transform }
}

export function flagColumn(name: string): Column {
  return { kind: 'flag', name, group: name, side: 'fit' }
}

export function categoryColumn(name: string, ...categories: string[]): Column {
  return { kind: 'category', name, group: name, side: 'fit', categories }
}

export function matrixOf(
  columns: readonly Column[],
  rows: readonly (readonly (number | null)[])[],
  labels: readonly number[],
  more: { readonly groups?: readonly number[]; readonly weights?: readonly number[] } = {},
): Matrix {
  return {
    columns,
    rowCount: rows.length,
    data: Float64Array.from(rows.flat(), (value) => value ?? Number.NaN),
    labels: Uint8Array.from(labels),
    groups: Int32Array.from(more.groups ?? rows.keys()),
    ...(more.weights ? { weights: Float64Array.from(more.weights) } : {}),
  }
}
