/** Everything that was measured of the data: findings and verdict are made of this alone. */
import type { DataAggregates } from '../../src/db/data-check.ts'
import type { DataEnd } from '../../src/db/data-end.ts'
import type { Definition } from '../../src/features/definition.ts'
import type { Milliseconds } from '../../src/glossary.ts'
import type { Sufficiency } from '../divide-rows.ts'
import type { LandmarkStatus } from '../landmarks.ts'
import type { Cohort } from './cohorts.ts'
import type { ConversionTables } from './conversion.ts'
import type { KnowledgeTally } from './tally-knowledge.ts'
import type { LeadTally } from './tally-leads.ts'
import type { SegmentSufficiency } from './tally-segments.ts'
import type { TraitTallies } from './tally-traits.ts'

export interface Measured {
  readonly definition: Definition
  /** What training may know: everything before it. */
  readonly asOf: Milliseconds
  readonly dataEnd: DataEnd
  readonly database: DataAggregates
  readonly landmarks: Readonly<Record<LandmarkStatus, number>>
  /** The first usable row; null without any. */
  readonly firstRowAt: Milliseconds | null
  readonly sufficiency: Sufficiency
  readonly leads: LeadTally
  readonly traits: TraitTallies
  readonly knowledge: KnowledgeTally
  readonly cohorts: readonly Cohort[]
  readonly conversion: ConversionTables
  /** In the order of the definition. */
  readonly segments: readonly SegmentSufficiency[]
}

/** Whether there are deals, and none where the definition looks for them. */
export function hasOtherPipelinesOnly(
  { pipelines }: Measured['database'],
  { pipeline }: Measured['definition'],
): boolean {
  return pipelines.length > 0 && pipelines.every((one) => one.pipeline !== pipeline)
}
