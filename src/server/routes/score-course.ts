/** How the score of a lead or an account runs over time, and what each event is worth to it. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { WonlostError } from '../../errors.ts'
import { DAY, formatTime } from '../../glossary.ts'
import { loadSubject } from '../../jobs/load-subject.ts'
import { eventWorths } from '../../scoring/event-worths.ts'
import { scoreCourse } from '../../scoring/score-course.ts'
import type { ServerParts } from '../parts.ts'
import { momentOf } from '../request-record.ts'
import { leadParams } from '../schemas/leads.ts'
import { answer, problems } from '../schemas/problem.ts'
import { courseQuery, courseSchema, worthsQuery, worthsSchema } from '../schemas/score-course.ts'
import { createTurns } from '../stream/turns.ts'
import { invalidRequest } from '../validation.ts'

const DEFAULT_MOMENTS = 61
const DEFAULT_EVENTS = 200
const BACK = 90 * DAY
const AHEAD = 30 * DAY
/** Behaviour counts for a year; afterwards there is hardly anything left to fade. */
const MOST_AHEAD = 400 * DAY

const SUBJECTS = [
  { kind: 'lead', path: '/v1/leads/:id', tag: 'leads', name: 'Lead' },
  { kind: 'account', path: '/v1/accounts/:id', tag: 'accounts', name: 'Account' },
] as const

export const scoreCourseRoutes: FastifyPluginAsyncZod<ServerParts> = async (app, { pool, engine, now }) => {
  // What takes long is computed for one at a time; for those who have gone meanwhile, not at all.
  const inTurn = createTurns()
  const breathe = (signal: AbortSignal) => async (): Promise<void> => {
    await nextTurn()
    requireAsker(signal)
  }

  for (const { kind, path, tag, name } of SUBJECTS) {
    app.get(
      `${path}/course`,
      {
        config: { scope: 'read' },
        schema: {
          operationId: `get${name}Course`,
          tags: [tag],
          summary: `The score of ${kind === 'lead' ? 'a lead' : 'an account'} at many moments, past and to come.`,
          description:
            'Computed afresh, by the models that answer now: what was known at each moment, and what will be if nothing new happens. What was said at the time is the history.',
          params: leadParams,
          querystring: courseQuery,
          response: {
            ...answer('The moments, in order.', courseSchema),
            ...problems(400, 404, 409, 422, 500, 503),
          },
        },
      },
      async ({ params, query, signal }) => {
        const at = now()
        const from = query.from === undefined ? at - BACK : query.from === 'now' ? at : query.from
        const to = query.to === undefined ? Math.max(at, from) + AHEAD : query.to === 'now' ? at : query.to
        if (to <= from || to > at + MOST_AHEAD) {
          const message = `to must be after from, ${formatTime(from)}, and at most ${formatTime(at + MOST_AHEAD)}. Given: ${formatTime(to)}.`
          throw invalidRequest([{ field: 'to', message }])
        }
        const { model, moments: count = DEFAULT_MOMENTS } = query
        return inTurn(async () => {
          requireAsker(signal)
          const subject = await loadSubject(pool, engine.current().engine, kind, params.id)
          const options = { model, from, to, count, now: at, breathe: breathe(signal) }
          return { now: formatTime(at), ...(await scoreCourse(subject, options)) }
        })
      },
    )

    app.get(
      `${path}/events`,
      {
        config: { scope: 'read' },
        schema: {
          operationId: `get${name}Events`,
          tags: [tag],
          summary: `The events behind the score of ${kind === 'lead' ? 'a lead' : 'an account'}, and what each is worth.`,
          description:
            'Each event is taken away in turn, and the score computed without it. The group of what it adds to is that of the reason it stands behind.',
          params: leadParams,
          querystring: worthsQuery,
          response: {
            ...answer('The events, in order of time.', worthsSchema),
            ...problems(400, 404, 409, 422, 500, 503),
          },
        },
      },
      async ({ params, query, signal }) => {
        const asOf = momentOf(query.as_of, now())
        const { model, limit = DEFAULT_EVENTS } = query
        return inTurn(async () => {
          requireAsker(signal)
          const subject = await loadSubject(pool, engine.current().engine, kind, params.id)
          const worths = await eventWorths(subject, model, asOf, limit, breathe(signal))
          return { as_of: formatTime(asOf), ...worths }
        })
      },
    )
  }
}

/** Throws `interrupted` where nobody waits for the answer any more. */
function requireAsker(signal: AbortSignal): void {
  if (!signal.aborted) return
  throw new WonlostError('interrupted', 'Whoever asked has gone, or has waited for too long.')
}
