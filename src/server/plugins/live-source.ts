import type { FastifyInstance } from 'fastify'
import type { WatchLog } from '../watch.ts'

/** Something of the database that is kept up to date in memory. */
interface LiveSource {
  start(log: WatchLog): Promise<void>
  stop(): Promise<void>
}

/** Starts the source before the server is ready, and stops it when the last request is answered. */
export function addLiveSource(app: FastifyInstance, source: LiveSource): void {
  app.addHook('onReady', async () => {
    await source.start(app.log)
  })
  app.addHook('onClose', async () => {
    await source.stop()
  })
}
