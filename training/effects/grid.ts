/** The values of a column that a report asks about, and the learned rows that stand at each. */
import type { Column } from '../../src/features/column.ts'
import type { Matrix } from '../matrix.ts'
import type { EffectValue } from '../report/effects-report.ts'

export interface Grid {
  /** Distinct: numbers and flags rising, codes from the commonest on; NaN (missing) last, where it occurs. */
  readonly values: Float64Array
  /** For each row the value it stands at, an index; -1 for rarer categories. */
  readonly places: Int32Array
}

/** Quantiles of so many rows, evenly spaced: those of more are the same to the eye. */
const SORTED_ROWS = 10_000

/** At most `most` values, and missing. */
export function gridOf(matrix: Matrix, column: number, most: number): Grid {
  const { columns, data, rowCount } = matrix
  const cells = new Float64Array(rowCount)
  for (let i = 0; i < rowCount; i++) cells[i] = data[i * columns.length + column]!
  const { kind } = columns[column]!
  const present = kind === 'category' ? commonest(cells, most) : spreadNumbers(cells, most)
  const placeOf = kind === 'category' ? indexIn(present) : nearestIn(present)
  const places = new Int32Array(rowCount)
  let hasMissing = false
  for (let i = 0; i < rowCount; i++) {
    const isMissing = Number.isNaN(cells[i]!)
    hasMissing ||= isMissing
    places[i] = isMissing ? present.length : placeOf(cells[i]!)
  }
  const values = Float64Array.of(...present, ...(hasMissing ? [Number.NaN] : []))
  return { values, places }
}

/** Rows at each value of the grid. */
export function countPlaces({ values, places }: Grid): number[] {
  const counts = new Array<number>(values.length).fill(0)
  for (const place of places) if (place >= 0) counts[place] = counts[place]! + 1
  return counts
}

/** The values of a grid as a report has them. */
export function effectValues(column: Column, { values }: Grid): EffectValue[] {
  return Array.from(values, (value) => {
    if (Number.isNaN(value)) return null
    return column.kind === 'category' ? column.categories[value]! : value
  })
}

/**
 * Values that occur, rising: each that holds 1 / most of the rows or more by itself, and quantiles of all others, so that a
 * column that is mostly 0 still shows what it does elsewhere.
 */
function spreadNumbers(cells: Float64Array, most: number): number[] {
  const known = cells.filter((value) => !Number.isNaN(value))
  const step = Math.max(1, known.length / SORTED_ROWS)
  const taken = Math.min(known.length, SORTED_ROWS)
  const sorted = Float64Array.from({ length: taken }, (_, i) => known[Math.floor(i * step)]!).sort()
  const counts = new Map<number, number>()
  for (const value of sorted) counts.set(value, (counts.get(value) ?? 0) + 1)
  if (counts.size <= most) return [...counts.keys()]
  const heavy = new Set(
    [...counts].flatMap(([value, count]) => (count * most >= sorted.length ? [value] : [])),
  )
  const others = sorted.filter((value) => !heavy.has(value))
  const wanted = most - heavy.size
  const quantiles = Array.from(
    { length: wanted },
    (_, k) => others[Math.floor(((k + 0.5) * others.length) / wanted)]!,
  )
  return [...new Set([...heavy, ...quantiles])].sort((a, b) => a - b)
}

/** Codes by falling count, then in the order of the vocabulary. */
function commonest(cells: Float64Array, most: number): number[] {
  const counts = new Map<number, number>()
  for (const code of cells) if (!Number.isNaN(code)) counts.set(code, (counts.get(code) ?? 0) + 1)
  return [...counts]
    .sort(([a, countA], [b, countB]) => countB - countA || a - b)
    .slice(0, most)
    .map(([code]) => code)
}

/** Index of the nearest of the rising values; the lower of two as near. */
function nearestIn(values: readonly number[]): (cell: number) => number {
  const borders = Float64Array.from(values.slice(1), (value, i) => (values[i]! + value) / 2)
  return (cell) => {
    let place = 0
    while (place < borders.length && cell > borders[place]!) place++
    return place
  }
}

function indexIn(values: readonly number[]): (cell: number) => number {
  const places = new Map(values.map((value, place) => [value, place]))
  return (cell) => places.get(cell) ?? -1
}
