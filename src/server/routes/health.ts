/** For those who run the server: does it live, can it answer. */
import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { asDatabaseError } from '../../db/connection-errors.ts'
import { WonlostError } from '../../errors.ts'
import { formatTime, modelTitle } from '../../glossary.ts'
import type { ServerParts } from '../parts.ts'
import { problemOf, RETRY_AFTER } from '../problem.ts'
import { shownTime } from '../schemas/common.ts'
import { answer, problems } from '../schemas/problem.ts'

const readySchema = z
  .strictObject({
    status: z.literal('ready'),
    checks: z.strictObject({
      database: z.strictObject({ ok: z.boolean(), detail: z.string().optional() }),
      schema: z.strictObject({ ok: z.boolean() }),
      engine: z.strictObject({
        ok: z.boolean(),
        loaded_at: shownTime.nullable(),
        models: z.array(z.string()),
        problem: z
          .strictObject({ code: z.string(), message: z.string() })
          .nullable()
          .describe(
            'Why the newest champions or files are not what answers (the ones before still do), or what of them is idle.',
          ),
      }),
    }),
  })
  .meta({ id: 'Ready' })

/** Whoever asks for readiness waits seconds, not longer. */
const PATIENCE = 2_000

type Checks = z.infer<typeof readySchema>['checks']

export const healthRoutes: FastifyPluginAsyncZod<ServerParts> = async (app, { pool, engine }) => {
  app.get(
    '/healthz',
    {
      config: { scope: 'public' },
      logLevel: 'warn',
      schema: {
        operationId: 'isAlive',
        tags: ['operation'],
        summary: 'The process lives. Says nothing of the database.',
        response: answer('It lives.', z.strictObject({ status: z.literal('alive') })),
      },
    },
    async () => ({ status: 'alive' as const }),
  )

  app.get(
    '/readyz',
    {
      config: { scope: 'public' },
      logLevel: 'warn',
      schema: {
        operationId: 'isReady',
        tags: ['operation'],
        summary: 'The database answers, its schema fits, and an engine is loaded.',
        response: { ...answer('It can answer.', readySchema), ...problems(503) },
      },
    },
    async (request, reply) => {
      const checks = await check()
      const failed = (['database', 'schema', 'engine'] as const).filter((name) => !checks[name].ok)
      if (failed.length === 0) return { status: 'ready' as const, checks }
      const code = checks.database.ok ? 'engine_not_loaded' : 'database_unavailable'
      const why = checks.database.detail ?? checks.engine.problem?.message ?? 'Still starting.'
      const problem = problemOf(new WonlostError(code, `Not ready: ${failed.join(', ')}. ${why}`), {
        path: '/readyz',
        id: request.id,
      })
      return reply
        .code(503)
        .header('retry-after', String(RETRY_AFTER))
        .type('application/problem+json')
        .send({ ...problem, checks })
    },
  )

  async function check(): Promise<Checks> {
    const { loadedAt, schemaFits, problem } = engine.status()
    const database = await Promise.race([
      pool.query('SELECT 1').then(() => ({ ok: true }), unavailable),
      wait(
        PATIENCE,
        { ok: false, detail: `The database has not answered for ${PATIENCE} ms.` },
        { ref: false },
      ),
    ])
    return {
      database,
      schema: { ok: schemaFits },
      engine: {
        ok: loadedAt !== null,
        loaded_at: loadedAt === null ? null : formatTime(loadedAt),
        models:
          loadedAt === null
            ? []
            : engine.current().engine.models.map((model) => `${modelTitle(model)} ${model.version}`),
        problem,
      },
    }
  }
}

function unavailable(error: unknown): { ok: boolean; detail: string } {
  const known = asDatabaseError(error)
  return {
    ok: false,
    detail: known instanceof WonlostError ? known.message : 'The database cannot be queried.',
  }
}
