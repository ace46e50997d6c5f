/** The rules of a rubric made ready: how much of its points each gives to a row. */
import type { ArtifactColumn, RubricArtifact } from './artifact.ts'

type ArtifactRule = RubricArtifact['rules'][number]
type Condition = NonNullable<ArtifactRule['and']>[number]

export interface CompiledRule {
  /** Index of the column that the points are told under. */
  readonly column: number
  /** What it gives at most. */
  readonly points: number
  readonly reason: string | undefined
  /** 0 to 1: a plain condition holds or does not, `each` counts up to its most. Reads one row from `offset` on. */
  readonly share: (row: Float64Array, offset: number) => number
  /** Between two rows, as `Predictor.lowestRawScore` has it: no share is outside. Of equal rows, twice their share. */
  readonly shareBetween: (from: Float64Array, to: Float64Array) => readonly [least: number, most: number]
}

/** A share of one column. */
interface Part {
  readonly column: number
  readonly isCategory: boolean
  readonly at: (value: number) => number
}

/** In their order. */
export function compileRules({ columns, rules }: Pick<RubricArtifact, 'columns' | 'rules'>): CompiledRule[] {
  const columnIndex = new Map(columns.map((column, i) => [column.name, i]))
  const compile = (condition: Condition, each?: (value: number) => number): Part => {
    const index = columnIndex.get(condition.column)!
    const column = columns[index]!
    return {
      column: index,
      isCategory: column.kind === 'category',
      at: each ?? shareOfCondition(condition, column),
    }
  }
  return rules.map(({ points, each, and = [], reason, ...condition }): CompiledRule => {
    const own = compile(condition, each === undefined ? undefined : shareOfEach(each, points))
    const others = and.map((other) => compile(other))
    return {
      column: own.column,
      points,
      reason,
      share: (row, offset) =>
        others.every(({ column, at }) => at(row[offset + column]!) === 1)
          ? own.at(row[offset + own.column]!)
          : 0,
      shareBetween(from, to) {
        const [least, most] = partBetween(own, from, to)
        const bounds = others.map((other) => partBetween(other, from, to))
        return [
          bounds.every(([low]) => low === 1) ? least : 0,
          bounds.every(([, high]) => high === 1) ? most : 0,
        ]
      },
    }
  })
}

/** A share never turns around between two numbers: it is least at the one and most at the other. */
function partBetween(
  { column, isCategory, at }: Part,
  from: Float64Array,
  to: Float64Array,
): [number, number] {
  const [first, last] = [from[column]!, to[column]!]
  const isSame = first === last || (Number.isNaN(first) && Number.isNaN(last))
  if (!isSame && (isCategory || Number.isNaN(first) || Number.isNaN(last))) return [0, 1]
  return at(first) < at(last) ? [at(first), at(last)] : [at(last), at(first)]
}

/** So many points for each unit, of `most`. What is missing, or below 0, counts nothing. */
function shareOfEach(each: number, most: number): (value: number) => number {
  if (most === 0) return () => 0
  return (value) => (value > 0 ? Math.min(1, (each * value) / most) : 0)
}

/** Both bounds are inclusive. A missing value (NaN) meets no condition. */
function shareOfCondition(condition: Condition, column: ArtifactColumn): (value: number) => number {
  const { at_least: least, at_most: most, one_of: oneOf } = condition
  if (least !== undefined) return (value) => (value >= least ? 1 : 0)
  if (most !== undefined) return (value) => (value <= most ? 1 : 0)
  const categories = column.kind === 'category' ? column.categories : []
  const codes = new Set(categories.flatMap((category, code) => (oneOf?.includes(category) ? [code] : [])))
  return (value) => (codes.has(value) ? 1 : 0)
}
