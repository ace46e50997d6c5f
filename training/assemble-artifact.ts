/** What training made of a definition: the artifact that serves. */
import type { Definition } from '../src/features/definition.ts'
import { definitionToPlain } from '../src/features/definition.ts'
import type { FittedRegistry } from '../src/features/registry.ts'
import type { Segment } from '../src/features/segments.ts'
import { formatTime, type Milliseconds } from '../src/glossary.ts'
import type { BoostingArtifact, LogisticArtifact } from '../src/model/artifact.ts'
import type { CalibrationFit } from './calibration/choose.ts'
import { countRows } from './count-rows.ts'
import type { ModelParts } from './learners/learner.ts'
import { artifactColumns } from './learners/predictor.ts'
import type { Row } from './rows.ts'

export type TrainedArtifact = LogisticArtifact | BoostingArtifact

export interface LearnedFrom {
  readonly definition: Definition
  readonly registry: FittedRegistry
  /** null: of everyone. */
  readonly segment: Segment | null
  readonly cutoff: Milliseconds
}

/** `rows`: those that the parts were fitted on; base and contributions are against their average. */
export function assembleArtifact(
  { definition, registry, segment, cutoff }: LearnedFrom,
  parts: ModelParts,
  rows: readonly Row[],
  { calibration, intervals }: Pick<CalibrationFit, 'calibration' | 'intervals'>,
): TrainedArtifact {
  const { accounts: _, ...counted } = countRows(rows)
  return {
    format: 'wonlost.artifact',
    format_version: 1,
    name: definition.name,
    segment: segment?.name ?? '',
    definition: definitionToPlain(definition),
    vocabularies: Object.fromEntries(
      Object.entries(registry.vocabularies).map(([feature, values]) => [feature, [...values]]),
    ),
    columns: artifactColumns(registry.columns),
    fingerprint: registry.fingerprint,
    ...parts,
    calibration,
    intervals,
    training: {
      ...counted,
      seed: definition.seed,
      cutoff: formatTime(cutoff),
    },
  }
}
