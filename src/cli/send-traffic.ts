/** Sends simulated events to a running server in batches, each when it is due, and measures how that goes. */
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import type { PlayedEvent, TrafficEvent } from '../../data/traffic.ts'
import { WonlostError } from '../errors.ts'
import { formatTime, type Milliseconds, SECOND } from '../glossary.ts'
import { normaliseMail } from '../ingest/mail-address.ts'
import { readRetryAfter } from '../jobs/webhooks/retry-times.ts'

export interface TrafficTarget {
  /** Without a slash at its end. */
  readonly url: string
  /** null: the server asks nobody for one. */
  readonly key: string | null
  readonly now: () => Milliseconds
}

export interface SendOptions extends TrafficTarget {
  /** Begins the ids of the messages: no two runs share one. */
  readonly run: string
  readonly lasting: Milliseconds
  /** Ends early: what was sent is waited for. */
  readonly ended: AbortSignal
  /** Breaks off. */
  readonly signal: AbortSignal
  readonly report: (elapsed: Milliseconds) => void
}

export interface TrafficSummary {
  readonly sent: number
  readonly acknowledged: number
  /** Turned down: the server kept them with the reason. */
  readonly refused: number
  /** Nobody knows whether they arrived. */
  readonly unanswered: number
  readonly batches: number
  /** How often a batch had to wait, because the server said so or did not answer. */
  readonly waits: number
  /** How far behind the last event was. */
  readonly behind: Milliseconds
  readonly elapsed: Milliseconds
  /** Of each batch that was acknowledged, from its last try; rising. */
  readonly latencies: readonly Milliseconds[]
}

const LONGEST_BATCH = 500
const IN_FLIGHT = 4
/** What is due within this time goes together. */
const TICK = 50
/** Between tries, where the server does not say. */
const PAUSE = SECOND
/** What is not acknowledged so long after the end never will be. */
const GRACE = 10 * SECOND
const LONGEST_ANSWER = 30 * SECOND

/** Throws `server_refused` when the server takes nothing, and `interrupted`. */
export async function sendTraffic(
  played: Iterator<PlayedEvent, void, undefined>,
  options: SendOptions,
): Promise<TrafficSummary> {
  const { run, lasting, ended, signal, report } = options
  const counts = { sent: 0, acknowledged: 0, refused: 0, unanswered: 0, batches: 0, waits: 0 }
  const latencies: Milliseconds[] = []
  const began = performance.now()
  const elapsed = (): Milliseconds => performance.now() - began
  let endedAt: Milliseconds | null = null
  const isOver = (): boolean => endedAt !== null && elapsed() > endedAt + GRACE
  let behind = 0
  let resumesAt = 0
  const faults: unknown[] = []
  const inFlight = new Set<Promise<void>>()

  async function send(events: readonly TrafficEvent[]): Promise<void> {
    const body = bodyOf(events, `${run}-${counts.sent}`, options.now())
    counts.sent += events.length
    for (;;) {
      for (let pause = resumesAt - elapsed(); pause > 0 && !isOver(); pause = resumesAt - elapsed())
        await wait(Math.min(pause, PAUSE), undefined, { signal })
      if (isOver()) break
      const at = performance.now()
      const answer = await post(options, body, signal)
      if ('rejected' in answer) {
        latencies.push(performance.now() - at)
        counts.batches += 1
        counts.acknowledged += events.length - answer.rejected
        counts.refused += answer.rejected
        return
      }
      counts.waits += 1
      resumesAt = Math.max(resumesAt, elapsed() + answer.wait)
    }
    counts.unanswered += events.length
  }

  let next = played.next()
  const isGoing = (): boolean => !ended.aborted && !signal.aborted && faults.length === 0
  while (isGoing() && elapsed() < lasting && !next.done) {
    const events: TrafficEvent[] = []
    behind = Math.max(0, elapsed() - next.value.due)
    while (!next.done && next.value.due <= elapsed() && events.length < LONGEST_BATCH) {
      events.push(next.value.event)
      next = played.next()
    }
    if (events.length > 0) {
      const sending = send(events)
        .catch((error: unknown) => void faults.push(error))
        .finally(() => inFlight.delete(sending))
      inFlight.add(sending)
    }
    report(elapsed())
    if (inFlight.size >= IN_FLIGHT) await Promise.race(inFlight)
    if (events.length < LONGEST_BATCH)
      await wait(TICK, undefined, { signal: AbortSignal.any([ended, signal]) }).catch(() => {})
  }
  endedAt = elapsed()
  await Promise.all(inFlight)
  signal.throwIfAborted()
  if (faults.length > 0) throw faults[0]
  return { ...counts, behind, elapsed: endedAt, latencies: latencies.sort((a, b) => a - b) }
}

/**
 * false: the server has another person by this id, or none, so that another history than this one was loaded. Who may not look is not told.
 * Throws `server_unavailable`.
 */
export async function knowsLead(
  target: TrafficTarget,
  { leadId, email }: Pick<TrafficEvent, 'leadId' | 'email'>,
): Promise<boolean> {
  try {
    const answer = await fetch(`${target.url}/v1/leads/${encodeURIComponent(leadId)}`, {
      headers: headersOf(target),
      redirect: 'error',
      signal: AbortSignal.timeout(LONGEST_ANSWER),
    })
    const text = await answer.text()
    const known = answer.status === 200 ? emailOf(text) : null
    return answer.status !== 404 && (known === null || normaliseMail(known) === normaliseMail(email))
  } catch (error) {
    throw new WonlostError(
      'server_unavailable',
      `No server answers at ${target.url}. Start one with "wonlost serve", or say where it is with --url.`,
      { cause: error },
    )
  }
}

function headersOf({ key }: TrafficTarget): Record<string, string> {
  return key === null ? {} : { authorization: `Bearer ${key}` }
}

/** Of a lead as `GET /v1/leads/:id` shows it; null: it shows none. */
function emailOf(text: string): string | null {
  const shown = z.object({ lead: z.object({ traits: z.object({ email: z.object({ value: z.string() }) }) }) })
  const read = shown.safeParse(parseJson(text))
  return read.success ? read.data.lead.traits.email.value : null
}

/** By the mail address the server finds the lead; whom it does not know becomes no lead, for nobody identified it. */
function bodyOf(events: readonly TrafficEvent[], firstId: string, now: Milliseconds): string {
  const timestamp = formatTime(now)
  return JSON.stringify({
    sentAt: timestamp,
    batch: events.map(({ email, leadId, type, properties }, place) => ({
      type: 'track',
      messageId: `${firstId}-${place}`,
      anonymousId: `simulator-${leadId}`,
      context: { traits: { email } },
      event: type,
      timestamp,
      properties,
    })),
  })
}

/** How many were rejected, or how long to wait before it is tried again. Throws `server_refused`. */
async function post(
  target: TrafficTarget,
  body: string,
  signal: AbortSignal,
): Promise<{ readonly rejected: number } | { readonly wait: Milliseconds }> {
  let answer: Response
  let text: string
  try {
    answer = await fetch(`${target.url}/v1/batch`, {
      method: 'POST',
      headers: { ...headersOf(target), 'content-type': 'application/json' },
      body,
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(LONGEST_ANSWER)]),
    })
    text = await answer.text()
  } catch {
    signal.throwIfAborted()
    return { wait: PAUSE }
  }
  const { status, headers } = answer
  if (status === 429 || status >= 500)
    return { wait: readRetryAfter(headers.get('retry-after'), target.now()) ?? PAUSE }
  const rejected = status === 200 ? rejectedOf(text) : null
  if (rejected !== null) return { rejected }
  throw new WonlostError(
    'server_refused',
    `${target.url} answered ${status} to a batch of events: ${text.slice(0, 300)}`,
  )
}

/** null: that is no server of ours. */
function rejectedOf(text: string): number | null {
  const read = z.object({ rejected: z.int() }).safeParse(parseJson(text))
  return read.success ? read.data.rejected : null
}

/** null: it is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
