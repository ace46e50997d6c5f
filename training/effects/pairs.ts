/** Pairs of columns that a model judges together: how strongly, and how its answer moves with both. */
import { createInteractions } from '../../src/explain/interactions.ts'
import { jointPartialDependence } from '../../src/explain/partial-dependence.ts'
import type { BoostingArtifact, ImportedArtifact } from '../../src/model/artifact.ts'
import { pointsOf } from '../../src/model/link.ts'
import type { Predictor } from '../../src/model/predict.ts'
import type { Matrix } from '../matrix.ts'
import type { InteractionReport } from '../report/effects-report.ts'
import { effectValues, gridOf } from './grid.ts'

/** Values of each of the two, beside missing. */
const VALUES = 5

export interface Pair {
  readonly columns: readonly [number, number]
  /** Mean absolute sum of both halves, in log-odds. */
  readonly strength: number
}

/** Pairs of these columns that lean on each other at all, strongest first. `rows` stand row-major. */
export function strongestPairs(
  artifact: BoostingArtifact | ImportedArtifact,
  columns: readonly number[],
  rows: Float64Array,
): Pair[] {
  const explain = createInteractions(artifact, columns)
  const width = columns.length
  const rowWidth = artifact.columns.length
  const count = rows.length / rowWidth
  const sums = new Float64Array(width * width)
  for (let i = 0; i < count; i++)
    for (const [place, value] of explain(rows, i * rowWidth).entries())
      sums[place] = sums[place]! + Math.abs(value)
  const pairs = columns.flatMap((first, i) =>
    columns.slice(i + 1).map(
      (second, k): Pair => ({
        columns: [first, second],
        strength: (2 * sums[i * width + i + 1 + k]!) / count,
      }),
    ),
  )
  return pairs.filter(({ strength }) => strength > 0).sort((a, b) => b.strength - a.strength)
}

/** @param some Of the rows, row-major: partial dependence is over these. */
export function pairReport(
  predictor: Predictor,
  rows: Matrix,
  some: Float64Array,
  { columns, strength }: Pair,
): InteractionReport {
  const [a, b] = columns
  const [first, second] = [gridOf(rows, a, VALUES), gridOf(rows, b, VALUES)]
  const probabilities = jointPartialDependence(predictor, some, columns, [first.values, second.values])
  const counts = Array.from(first.values, () => new Array<number>(second.values.length).fill(0))
  for (const [row, i] of first.places.entries()) {
    const j = second.places[row]!
    if (i >= 0 && j >= 0) counts[i]![j] = counts[i]![j]! + 1
  }
  const [firstColumn, secondColumn] = [rows.columns[a]!, rows.columns[b]!]
  return {
    columns: [firstColumn.name, secondColumn.name],
    mean_absolute_interaction: strength,
    mean_absolute_points: pointsOf(strength),
    values: [effectValues(firstColumn, first), effectValues(secondColumn, second)],
    probability: probabilities.map((line) => [...line]),
    rows: counts,
  }
}
