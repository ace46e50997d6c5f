import type { FastifyInstance } from 'fastify'
import type { EngineSource } from '../engine-source.ts'

/** Starts the engine source before the server is ready, and stops it when the last request is answered. */
export function addLiveEngine(app: FastifyInstance, engine: EngineSource): void {
  app.addHook('onReady', async () => {
    await engine.start(app.log)
  })
  app.addHook('onClose', async () => {
    await engine.stop()
  })
}
