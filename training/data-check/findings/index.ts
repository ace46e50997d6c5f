/** Every finding, in the order in which those of equal weight are told. To add one: an object in a file beside this one. */
import type { FindingKind } from '../finding.ts'
import { DEAL_FINDINGS } from './deals.ts'
import { EVENT_FINDINGS } from './events.ts'
import { DEALS_STOP_EARLY, KNOWN_FROM_IMPORT } from './knowledge.ts'
import { PEOPLE_FINDINGS } from './people.ts'
import { TIME_FINDINGS } from './times.ts'
import { TRAIT_FINDINGS } from './traits.ts'
import { NOTHING_THERE, OTHER_PIPELINES, PROMOTED_BY_HAND, SHORTAGE_FINDINGS } from './volumes.ts'

export const FINDINGS: readonly FindingKind[] = [
  KNOWN_FROM_IMPORT,
  ...NOTHING_THERE,
  OTHER_PIPELINES,
  ...SHORTAGE_FINDINGS,
  DEALS_STOP_EARLY,
  ...DEAL_FINDINGS,
  ...PEOPLE_FINDINGS,
  ...EVENT_FINDINGS,
  ...TIME_FINDINGS,
  ...TRAIT_FINDINGS,
  PROMOTED_BY_HAND,
]
