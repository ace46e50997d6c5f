/** A rubric: points for conditions, written by people. Its raw score is in points, and it has no probability. */
import type { ArtifactColumn, RubricArtifact } from './artifact.ts'
import type { Predictor } from './predict.ts'

interface Rule {
  readonly column: number
  readonly points: number
  readonly holds: (value: number) => boolean
}

export function createRubricPredictor(artifact: RubricArtifact): Predictor {
  const columnIndex = new Map(artifact.columns.map((column, i) => [column.name, i]))
  const rules = artifact.rules.map((rule): Rule => {
    const column = columnIndex.get(rule.column)!
    return { column, points: rule.points, holds: compileCondition(rule, artifact.columns[column]!) }
  })
  const rawScore = (row: Float64Array, offset = 0): number => {
    let sum = artifact.base_points
    for (const rule of rules) if (rule.holds(row[offset + rule.column]!)) sum += rule.points
    return sum
  }
  return {
    artifact,
    base: Number.NaN,
    rawScore,
    rawScores(rows, out) {
      for (let i = 0; i < out.length; i++) out[i] = rawScore(rows, i * artifact.columns.length)
    },
    contributions(row, offset, out) {
      out.fill(0, 0, artifact.columns.length)
      for (const rule of rules) {
        if (rule.holds(row[offset + rule.column]!)) out[rule.column] = out[rule.column]! + rule.points
      }
    },
    probability: () => Number.NaN,
    interval: () => null,
  }
}

/** Both bounds are inclusive. A missing value (NaN) meets no condition. */
function compileCondition(
  rule: RubricArtifact['rules'][number],
  column: ArtifactColumn,
): (value: number) => boolean {
  const { at_least: least, at_most: most, one_of: oneOf } = rule
  if (least !== undefined) return (value) => value >= least
  if (most !== undefined) return (value) => value <= most
  const categories = column.kind === 'category' ? column.categories : []
  const codes = new Set(categories.flatMap((category, code) => (oneOf?.includes(category) ? [code] : [])))
  return (value) => codes.has(value)
}
