/** The sweep of all scores, in a thread of its own: it takes as much of a processor as it gets. */
import { parentPort, workerData } from 'node:worker_threads'
import { createPool } from '../db/database.ts'
import { sweep } from '../jobs/sweep.ts'
import { loadEngine } from '../server/engine.ts'
import type { SweepThreadWork } from './sweep-job.ts'

const { config, url }: SweepThreadWork = workerData

// One connection holds the snapshot, one a part, one looks after the live path.
const pool = createPool(url, 3)
try {
  parentPort?.postMessage(await sweep(pool, await loadEngine(pool, config), Date.now))
} finally {
  await pool.end()
}
