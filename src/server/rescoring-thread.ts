/** What a server runs to keep scores up to date, on a thread of its own: an engine and connections of its own, and the workers. */
import { parentPort, workerData } from 'node:worker_threads'
import { createPool } from '../db/database.ts'
import { startRescoring } from '../jobs/rescoring/rescoring.ts'
import { modelsFolder } from '../package-folder.ts'
import { refreshEngine } from './engine.ts'
import { createEngineSource } from './engine-source.ts'
import { LIMITS } from './limits.ts'
import type { RescoringThreadWork } from './rescoring-on-thread.ts'

const { config, url }: RescoringThreadWork = workerData
const say = (text: string): void => parentPort?.postMessage(text)

// Two workers, and whoever looks for another engine.
const pool = createPool(url, 3, () => {}, LIMITS.query)
const folder = modelsFolder(config)
const engine = createEngineSource({
  pool,
  // The server itself makes the schema fit; until then nothing can be loaded here.
  prepare: async () => {},
  load: (previous) => refreshEngine(pool, folder, previous, Date.now()),
  now: Date.now,
})
const rescoring = startRescoring({
  pool,
  engine: () => (engine.status().loadedAt === null ? null : engine.current().engine),
  now: Date.now,
  say,
})
parentPort?.once('message', () => {
  void (async () => {
    await rescoring.stop()
    await engine.stop()
    await pool.end()
  })()
})
// What cannot be loaded is told by the server, which loads the same.
await engine.start({ info() {}, error() {} })
