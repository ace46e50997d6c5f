import { WonlostError } from '../errors.ts'
import type { EngineSource } from './engine-source.ts'

/**
 * For routes that write and need no model: throws `database_not_migrated` until the schema fits, as after a start, or while the database
 * was away.
 */
export function requireSchema(engine: EngineSource): void {
  if (engine.status().schemaFits) return
  const message = 'The schema of the database is still being looked at, or does not fit: /readyz says more.'
  throw new WonlostError('database_not_migrated', message)
}
