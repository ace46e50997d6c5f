/** Columns and artifacts of the bench: named c0, c1, ..., bound to no definition. */
import type { Column } from '../src/features/column.ts'
import type { BoostingArtifact } from '../src/model/artifact.ts'
import type { TreeData } from '../src/model/tree-data.ts'

/** @param categories Number of categories of each column; 0 holds numbers. */
export function benchColumns(categories: readonly number[]): Column[] {
  return categories.map((count, c) => {
    const header = { name: `c${c}`, group: `c${c}`, side: 'fit' } as const
    return count === 0
      ? { ...header, kind: 'number', transform: 'identity' }
      : { ...header, kind: 'category', categories: Array.from({ length: count }, (_, code) => String(code)) }
  })
}

export function benchArtifact(
  columns: readonly Column[],
  baseScore: number,
  trees: TreeData[],
): BoostingArtifact {
  return {
    format: 'wonlost.artifact',
    format_version: 1,
    kind: 'boosting',
    name: 'bench',
    segment: '',
    definition: {},
    vocabularies: {},
    columns: columns.map((column) =>
      column.kind === 'category' ? { ...column, categories: [...column.categories] } : { ...column },
    ),
    fingerprint: '0'.repeat(64),
    base_score: baseScore,
    trees,
    rounding: 'none',
    calibration: { kind: 'identity' },
    training: { rows: 0, positives: 0, subjects: 0, seed: 0, cutoff: '1970-01-01T00:00:00Z' },
  }
}
