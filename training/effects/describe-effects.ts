/**
 * What a model goes by, and how, for its report: importance of groups and columns, partial dependence of the columns that weigh
 * most, and the pairs that it judges together. The same for every learner, so that two can be compared. Bounded in time and
 * size: over evenly spaced rows, for the first columns and pairs only.
 */
import { meanAbsoluteContributions } from '../../src/explain/importance.ts'
import { partialDependence } from '../../src/explain/partial-dependence.ts'
import { pointsOf } from '../../src/model/link.ts'
import type { Predictor } from '../../src/model/predict.ts'
import type { Matrix } from '../matrix.ts'
import type { EffectsReport, ImportanceReport, PartialDependenceReport } from '../report/effects-report.ts'
import { countPlaces, effectValues, gridOf } from './grid.ts'
import { pairReport, strongestPairs } from './pairs.ts'

/** Rows that means are over: enough for the order of columns and the shape of a curve, in a part of a second. */
const ROWS = { importance: 1_000, partial_dependence: 300, interactions: 200 } as const

/** That a report lists. `shown`: with partial dependence, and looked at in pairs. */
const LISTED = { importance: 60, shown: 20, pairs: 10 } as const

/** Values of a column, beside missing. */
const VALUES = 10

/**
 * @param rows What the model learned from, at least one row.
 * @param gain One number a column; null where nothing is split.
 */
export function describeEffects(
  predictor: Predictor,
  rows: Matrix,
  gain: Float64Array | null,
): EffectsReport {
  const { columns, rowCount } = rows
  const { artifact } = predictor
  const importance = meanAbsoluteContributions(predictor, evenRows(rows, ROWS.importance))
  const shares = gainShares(gain)
  const order = [...columns.keys()]
    .filter((c) => importance.columns[c]! > 0)
    .sort((a, b) => importance.columns[b]! - importance.columns[a]! || a - b)
  const shown = order.slice(0, LISTED.shown)
  const some = evenRows(rows, ROWS.partial_dependence)
  const isAdditive = artifact.kind !== 'boosting' && artifact.kind !== 'imported'
  const pairs = isAdditive
    ? []
    : strongestPairs(artifact, shown, evenRows(rows, ROWS.interactions)).slice(0, LISTED.pairs)
  const sampled = (most: number): number => Math.min(rowCount, most)
  return {
    rows: {
      learned: rowCount,
      importance: sampled(ROWS.importance),
      partial_dependence: sampled(ROWS.partial_dependence),
      interactions: isAdditive ? null : sampled(ROWS.interactions),
    },
    columns: columns.length,
    by_group: [...importance.groups]
      .filter(([, value]) => value > 0)
      .sort(([a, valueA], [b, valueB]) => valueB - valueA || (a < b ? -1 : 1))
      .slice(0, LISTED.importance)
      .map(([group, value]) => ({
        group,
        ...importanceReport(
          value,
          shares,
          columns.flatMap((column, c) => (column.group === group ? [c] : [])),
        ),
      })),
    by_column: order.slice(0, LISTED.importance).map((c) => ({
      column: columns[c]!.name,
      group: columns[c]!.group,
      ...importanceReport(importance.columns[c]!, shares, [c]),
    })),
    partial_dependence: shown.map((c) => dependence(predictor, rows, some, c)),
    interactions: pairs.map((pair) => pairReport(predictor, rows, some, pair)),
  }
}

function importanceReport(
  value: number,
  shares: Float64Array | null,
  columns: readonly number[],
): ImportanceReport {
  return {
    mean_absolute_shap: value,
    mean_absolute_points: pointsOf(value),
    gain: shares && columns.reduce((sum, c) => sum + shares[c]!, 0),
  }
}

function gainShares(gain: Float64Array | null): Float64Array | null {
  if (!gain) return null
  const total = gain.reduce((sum, value) => sum + value, 0)
  return gain.map((value) => (total > 0 ? value / total : 0))
}

function dependence(
  predictor: Predictor,
  rows: Matrix,
  some: Float64Array,
  column: number,
): PartialDependenceReport {
  const grid = gridOf(rows, column, VALUES)
  const probabilities = partialDependence(predictor, some, column, grid.values)
  const counts = countPlaces(grid)
  const { name, kind } = rows.columns[column]!
  const values = effectValues(rows.columns[column]!, grid)
  return {
    column: name,
    kind,
    points: values.map((value, i) => ({ value, probability: probabilities[i]!, rows: counts[i]! })),
  }
}

function evenRows({ data, rowCount, columns }: Matrix, most: number): Float64Array {
  const count = Math.min(rowCount, most)
  const width = columns.length
  const some = new Float64Array(count * width)
  for (let i = 0; i < count; i++) {
    const row = Math.floor((i * rowCount) / count)
    some.set(data.subarray(row * width, (row + 1) * width), i * width)
  }
  return some
}
