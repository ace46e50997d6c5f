import type pg from 'pg'
import type { Milliseconds } from '../glossary.ts'
import type { TargetRules } from '../jobs/webhooks/target.ts'
import type { EngineSource } from './engine-source.ts'
import type { TrackingMapSource } from './tracking/map-source.ts'

/** What the routes work with. Given, never imported: who opens them, closes them. */
export interface ServerParts {
  readonly pool: pg.Pool
  readonly engine: EngineSource
  readonly trackingMap: TrackingMapSource
  readonly now: () => Milliseconds
  /** Where webhooks may go. */
  readonly webhookRules: TargetRules
}
