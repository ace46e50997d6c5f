/** Changes of scores as they happen, as server-sent events (WHATWG HTML, section 9.2). */
import { finished, Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { HistoryStep } from '../../db/score-changes.ts'
import { MINUTE, type Milliseconds, SECOND } from '../../glossary.ts'
import type { RequestMetrics } from '../metrics/request-metrics.ts'
import type { ServerParts } from '../parts.ts'
import { problems } from '../schemas/problem.ts'
import { scoreEventOf, scoreEventSchema, streamHeaders, streamQuery } from '../schemas/stream.ts'
import { createScoreFeed, type FeedPage } from '../stream/score-feed.ts'

interface Options extends ServerParts {
  readonly metrics: RequestMetrics
}

/** Below the time after which proxies and this server close a line that says nothing. */
const HEARTBEAT = 15 * SECOND
/** How long clients are told to wait before they connect again. */
const RETRY = 2 * SECOND
/** Bytes that wait for a slow client; what comes after that is not read until it has taken them. */
const WAITING_BYTES = 64 * 1024
/** A client that takes nothing for so long is gone, or as good as that. It comes again when it lives, and says where it was. */
const LONGEST_OFFER = MINUTE

const DESCRIPTION = `One event named \`score\` for each entry in the history whose score, band or verdict is another one than before. Its id is the history
id: a client that connects again with \`Last-Event-ID\`, as browsers do, gets what it missed first, and misses nothing. Ids without an event say how far the stream is; one comes
every ${HEARTBEAT / SECOND} s at least. It ends when the server stops, and within a second or two when its key is revoked, or its session ends.`

export const streamRoutes: FastifyPluginAsyncZod<Options> = async (app, { pool, metrics }) => {
  const feed = createScoreFeed(pool, app.log)
  app.addHook('preClose', () => feed.close())

  app.get(
    '/v1/stream',
    {
      exposeHeadRoute: false,
      config: { scope: 'read', isImmediate: true, isEndless: true },
      schema: {
        operationId: 'streamScores',
        tags: ['operation'],
        summary: 'Changes of scores as they happen, as server-sent events.',
        description: DESCRIPTION,
        querystring: streamQuery,
        headers: streamHeaders,
        response: {
          200: {
            description: 'Events; the data of each is this, as JSON.',
            content: { 'text/event-stream': { schema: scoreEventSchema } },
          },
          ...problems(400, 500, 503),
        },
      },
    },
    async (request, reply) => {
      const { model, subject } = request.query
      const isWanted = (step: HistoryStep): boolean =>
        (model === undefined || step.model === model) &&
        (subject === undefined || step.subjectKind === subject) &&
        isChange(step)
      const lastId = request.headers['last-event-id']
      const stopping = new AbortController()
      const pages = feed.follow({
        after: lastId === undefined ? null : Number(lastId),
        stopping,
        heartbeat: HEARTBEAT,
      })
      const offered: Offered = { since: null }
      const body = Readable.from(textOf(pages, isWanted, offered), {
        objectMode: false,
        highWaterMark: WAITING_BYTES,
      })
      let isAsking = false
      const askOnce = async (): Promise<void> => {
        isAsking = true
        if (!(await request.isStillAllowed())) stopping.abort()
        isAsking = false
      }
      const watching = setInterval(() => {
        // A second after its end it still waits for a client that does not read.
        const isGone = offered.since !== null && performance.now() - offered.since > LONGEST_OFFER
        if (stopping.signal.aborted || isGone) body.destroy()
        else if (!isAsking) void askOnce()
      }, SECOND)
      metrics.streams.inc()
      // Not that of the body: it waits for the generator, which waits for something to happen. Whoever left before this is told of, too.
      finished(reply.raw, () => {
        clearInterval(watching)
        stopping.abort()
        metrics.streams.dec()
      })
      reply.type('text/event-stream; charset=utf-8').header('x-accel-buffering', 'no')
      // A stream ends when somebody goes: a connection that stays would hold up a server that stops.
      reply.header('connection', 'close')
      // The schema is that of one event.
      return (reply as FastifyReply).send(body)
    },
  )
}

/** Since when, on the clock of the process, a client has been offered what it does not take; null: it takes all. */
interface Offered {
  since: Milliseconds | null
}

async function* textOf(
  pages: AsyncIterable<FeedPage>,
  isWanted: (step: HistoryStep) => boolean,
  offered: Offered,
): AsyncGenerator<string, void, undefined> {
  yield `retry: ${RETRY}\n\n`
  for await (const { steps, place } of pages) {
    const wanted = steps.filter(isWanted)
    const events = wanted.map(eventText)
    // An id alone tells how far it is; no event comes of it. A comment is nothing at all.
    if (place === null) events.push(':\n\n')
    else if (wanted.at(-1)?.historyId !== place) events.push(`id: ${place}\n\n`)
    offered.since = performance.now()
    yield events.join('')
    offered.since = null
  }
}

/** The same step goes to all streams. */
const texts = new WeakMap<HistoryStep, string>()

function eventText(step: HistoryStep): string {
  const known = texts.get(step)
  if (known !== undefined) return known
  const text = `id: ${step.historyId}\nevent: score\ndata: ${JSON.stringify(scoreEventOf(step))}\n\n`
  texts.set(step, text)
  return text
}

/** Another version that came to the same is no change. */
function isChange({ from, to }: HistoryStep): boolean {
  return (
    from === null ||
    from.score !== to.score ||
    from.band !== to.band ||
    from.verdict !== to.verdict ||
    from.decisionBand !== to.decisionBand
  )
}
