/** What guardrails would have stopped in the past, and the won deals that they would have cost. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { findDataEnd } from '../../db/data-end.ts'
import { WonlostError } from '../../errors.ts'
import { backtestGuardrails } from '../../jobs/backtest-guardrails.ts'
import { readGuardrails } from '../../scoring/configured.ts'
import { LIMITS } from '../limits.ts'
import type { ServerParts } from '../parts.ts'
import { refuseFuture } from '../request-record.ts'
import { backtestAnswer, backtestBody } from '../schemas/guardrails.ts'
import { answer, problems } from '../schemas/problem.ts'

const DEFAULT_LEADS = 20_000
const DEFAULT_EXAMPLES = 100

export const guardrailRoutes: FastifyPluginAsyncZod<ServerParts> = async (app, { pool, engine, now }) => {
  let isRunning = false

  app.post(
    '/v1/guardrails/backtest',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'backtestGuardrails',
        tags: ['rules'],
        summary: 'What each rule would have stopped in the past, and the won deals it would have cost.',
        description:
          'History is replayed by what was known at each moment: leads at the landmarks of the model that decides, won deals when they were opened. Nothing is kept. One at a time.',
        body: backtestBody,
        response: {
          ...answer('The figures, of the guardrails in force and of the changed ones.', backtestAnswer),
          ...problems(400, 404, 409, 413, 415, 422, 500, 503),
        },
      },
    },
    async ({ body }) => {
      const at = now()
      refuseFuture([['until', body.until]], at)
      const serving = engine.current().engine
      const { policy, guardrails } = serving
      const tried =
        body.guardrails === undefined
          ? undefined
          : readGuardrails({ file: 'guardrails', text: body.guardrails }, policy, guardrails.lists)
      if (isRunning) {
        const message = 'A backtest is running on this server. Ask again when it has ended.'
        throw new WonlostError('backtest_in_progress', message)
      }
      isRunning = true
      try {
        const until = body.until ?? (await findDataEnd(pool, at)).newest ?? at
        const found = await backtestGuardrails(pool, serving, {
          until,
          mostLeads: body.leads ?? DEFAULT_LEADS,
          // Nobody waits any longer.
          signal: AbortSignal.timeout(LIMITS.answer),
          ...(tried ? { tried } : {}),
        })
        const examples = found.changed.slice(0, body.examples ?? DEFAULT_EXAMPLES)
        return {
          guardrails_version: String(guardrails.version),
          in_force: found.inForce,
          changed: found.tried,
          changed_leads: tried ? { count: found.changed.length, examples } : null,
        }
      } finally {
        isRunning = false
      }
    },
  )
}
