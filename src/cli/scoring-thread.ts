/** What a thread of `wonlost score --all` runs (jobs/scoring-threads.ts): an engine and connections of its own. */
import { parentPort, workerData } from 'node:worker_threads'
import { createPool } from '../db/database.ts'
import { WonlostError } from '../errors.ts'
import { differences, versionsOf } from '../jobs/engine-versions.ts'
import { scoreParts } from '../jobs/score-parts.ts'
import type { ThreadMessage, ThreadWork } from '../jobs/scoring-threads.ts'
import { loadEngine } from '../server/engine.ts'
import type { ThreadSettings } from './scoring-threads.ts'

const { settings, work, engine: versions, atATime }: ThreadWork = workerData
const { config, url } = settings as ThreadSettings
const post = (message: ThreadMessage): void => parentPort?.postMessage(message)

const pool = createPool(url, atATime)
try {
  const engine = await loadEngine(pool, config)
  const others = differences(versions, versionsOf(engine))
  if (others.length > 0) {
    const message = `Changed just when the scoring began: ${others.join(' and ')}. Run it again.`
    throw new WonlostError('promotion_conflict', message)
  }
  await scoreParts(pool, engine, work, { atATime, onPart: (counts) => post({ counts }) })
} catch (error) {
  if (!(error instanceof WonlostError)) throw error
  post({ failure: { code: error.code, message: error.message } })
} finally {
  await pool.end()
}
