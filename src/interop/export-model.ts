/** Writes a model of trees in the format of another program. */
import type { Artifact } from '../model/artifact.ts'
import { type ExportedModel, exportTreesOf } from './export-trees.ts'
import { writeLightGbm } from './lightgbm/write.ts'
import { writeOnnx } from './onnx/write.ts'
import { writeXgboost } from './xgboost/write.ts'

const WRITERS = { lightgbm: writeLightGbm, xgboost: writeXgboost, onnx: writeOnnx } as const

export type ExportFormat = keyof typeof WRITERS

export const EXPORT_FORMATS = Object.keys(WRITERS) as readonly ExportFormat[]

/**
 * The calibration is in the leaves of the file, so that its probability is ours. Only the clamp of probabilities to [1e-6, 1 - 1e-6]
 * is not. Throws `model_unsupported` for models without trees.
 */
export function exportModel(artifact: Artifact, format: ExportFormat): ExportedModel {
  return WRITERS[format](exportTreesOf(artifact, format))
}
