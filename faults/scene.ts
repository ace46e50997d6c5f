/** What faults have to do with: two servers, their database, and what else somebody does meanwhile. */
import type { OwnPostgres } from './postgres.ts'
import type { ServerProcess } from './server-process.ts'

export interface Scene {
  readonly servers: readonly ServerProcess[]
  readonly postgres: OwnPostgres
  /** `wonlost score --all`, as anybody would start it. Whether it came to its end. */
  readonly sweep: () => Promise<boolean>
  /** Another version of the model becomes the champion. */
  readonly promote: () => Promise<void>
}
