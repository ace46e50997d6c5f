/** Predictions of what a learner just made, by the code that serves. */
import type { Column } from '../../src/features/column.ts'
import type { Calibration } from '../../src/model/artifact.ts'
import { createPredictor, type Predictor } from '../../src/model/predict.ts'
import type { ModelParts } from './learner.ts'

/** Predicts rows of these columns. Its artifact names no features, so it can predict, but not be kept and loaded again. */
export function predictorOf(
  parts: ModelParts,
  columns: readonly Column[],
  calibration: Calibration = { kind: 'identity' },
): Predictor {
  return createPredictor({
    format: 'wonlost.artifact',
    format_version: 1,
    name: 'unnamed',
    segment: '',
    definition: {},
    vocabularies: {},
    columns: artifactColumns(columns),
    fingerprint: '0'.repeat(64),
    ...parts,
    calibration,
    training: { rows: 0, positives: 0, subjects: 0, seed: 0, cutoff: '' },
  })
}

/** Columns as an artifact holds them. */
export function artifactColumns(columns: readonly Column[]) {
  return columns.map((column) =>
    column.kind === 'category' ? { ...column, categories: [...column.categories] } : { ...column },
  )
}
