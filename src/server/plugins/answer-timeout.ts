import type { FastifyInstance } from 'fastify'
import { LIMITS } from '../limits.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The handler computes and waits for nobody: no clock need run beside it, and none could stop it. */
    readonly isImmediate?: boolean
  }
}

/** Every handler that waits for somebody, the database mostly, must answer in time. */
export function addAnswerTimeout(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    if (route.config?.isImmediate !== true) route.handlerTimeout ??= LIMITS.answer
  })
}
