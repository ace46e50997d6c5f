/** The scheduled monitor, in a thread of its own: hundreds of columns of thousands of leads would hold up the answers of the server. */
import { parentPort, workerData } from 'node:worker_threads'
import { createPool } from '../db/database.ts'
import { modelTitle } from '../glossary.ts'
import type { MonitorThreadWork } from './monitor-job.ts'
import { DEFAULT_WINDOW_DAYS, runMonitor } from './run-monitor.ts'

const { config, url } = workerData as MonitorThreadWork

// One connection streams the records, one writes what was found.
const pool = createPool(url, 2)
try {
  const now = (): number => Date.now()
  const { reports } = await runMonitor(pool, config, {
    names: [],
    asOf: now(),
    windowDays: DEFAULT_WINDOW_DAYS,
    now,
  })
  parentPort?.postMessage(
    reports.map(({ model: name, segment, version, verdict, because, crossed }) => ({
      model: modelTitle({ name, segment }),
      version,
      verdict,
      because,
      crossed: crossed.map(({ text }) => text),
    })),
  )
} finally {
  await pool.end()
}
