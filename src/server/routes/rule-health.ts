/** Whom each rule holds for, and whether rules pass their own tests. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { endExpiredOverrides } from '../../db/expired-overrides.ts'
import { countRuleHits } from '../../db/rule-hits.ts'
import { formatTime, MINUTE } from '../../glossary.ts'
import { checkGuardrails } from '../../scoring/check-guardrails.ts'
import { readGuardrails } from '../../scoring/configured.ts'
import type { ServerParts } from '../parts.ts'
import { createRemembered } from '../remembered.ts'
import { closed } from '../schemas/closed.ts'
import { answer, problems } from '../schemas/problem.ts'
import { checkBody, checkSchema, hitsSchema } from '../schemas/rule-health.ts'

export const ruleHealthRoutes: FastifyPluginAsyncZod<ServerParts> = async (app, { pool, engine, now }) => {
  const remembered = createRemembered<Awaited<ReturnType<typeof count>>>(MINUTE, now)

  app.get(
    '/v1/guardrails/hits',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'getRuleHits',
        tags: ['rules'],
        summary: 'For how many leads each rule holds, as stored.',
        description:
          'What a rule would have cost in won deals is told by POST /v1/guardrails/backtest. Of very many leads a part is counted, always the same.',
        querystring: closed({}),
        response: { ...answer('Rule by rule.', hitsSchema), ...problems(400, 500, 503) },
      },
    },
    async () => {
      const { rules, version } = engine.current().engine.guardrails
      const { at, share, leads, hits } = await remembered('', count)
      const known = new Set(rules.map(({ id }) => id))
      return {
        counted_at: formatTime(at),
        guardrails_version: String(version),
        share,
        leads,
        rules: rules.map(({ id, owner, reason, action, line, validFrom, validUntil }) => ({
          ...{ id, owner, reason, action: action.kind, line },
          in_force: validFrom <= at && at < validUntil,
          leads: hits.get(id) ?? 0,
        })),
        former: [...hits].flatMap(([id, leads]) => (known.has(id) ? [] : [{ id, leads }])),
      }
    },
  )

  app.post(
    '/v1/guardrails/check',
    {
      // Of rules that nobody has looked at it takes seconds.
      config: { scope: 'admin' },
      schema: {
        operationId: 'checkGuardrails',
        tags: ['rules'],
        summary: 'Whether the tests inside the guardrails pass, and whether each rule can hold.',
        description: 'Of those in force, or of changed ones. Without any data, and nothing is kept.',
        body: checkBody,
        response: {
          ...answer('What was found.', checkSchema),
          ...problems(400, 413, 415, 422, 500, 503),
        },
      },
    },
    async ({ body }) => {
      const { policy, guardrails, models } = engine.current().engine
      const checked =
        body.guardrails === undefined
          ? guardrails
          : readGuardrails({ file: 'guardrails', text: body.guardrails }, policy, guardrails.lists)
      return checkGuardrails(checked, [...new Set(models.map(({ name }) => name))], now())
    },
  )

  async function count() {
    const at = now()
    await endExpiredOverrides(pool, at)
    return { at, ...(await countRuleHits(pool)) }
  }
}
