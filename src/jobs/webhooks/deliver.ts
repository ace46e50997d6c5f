/**
 * One attempt to deliver one message. It is claimed, sent, and written down with the job of the next attempt in one transaction: a process
 * that is killed before that leaves the message to others, who send it again under the same id.
 */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { Webhook } from 'standardwebhooks'
import { withTransaction } from '../../db/database.ts'
import { disableEndpoint } from '../../db/webhook-endpoints.ts'
import {
  type AttemptOutcome,
  type AttemptPlace,
  type ClaimedMessage,
  claimMessage,
  recordAttempt,
  webhookId,
} from '../../db/webhook-messages.ts'
import { type Milliseconds, SECOND } from '../../glossary.ts'
import { cleanAnswer } from './clean-answer.ts'
import { payloadOf } from './payload.ts'
import { type PostAnswer, post } from './post.ts'
import { nextAttemptAt, readRetryAfter } from './retry-times.ts'
import { readTarget, resolveTarget, type TargetRules } from './target.ts'

export interface DeliveryJob extends AttemptPlace {
  readonly endpointId: string
}

/** Sends the job of an attempt in the transaction of the client. */
type SendJob = (client: pg.ClientBase, job: DeliveryJob, id: string, at: Milliseconds) => Promise<void>

export interface DeliveryParts {
  readonly pool: pg.Pool
  readonly rules: TargetRules
  readonly now: () => Milliseconds
  /** From 0 to 1, exclusive. */
  readonly random: () => number
  readonly sendJob: SendJob
  /** For one attempt, from the look-up of the name to the end of the answer. */
  readonly timeout?: Milliseconds
  readonly delays?: readonly Milliseconds[]
}

export const ATTEMPT_TIMEOUT = 15 * SECOND

/** In attempts: whoever has a message in hand longer than one can take, and as long again, was killed. */
const CLAIM = 2

const GONE = 410

/** In the console, from where it can be replayed. */
const NOT_SENT = 'Nothing was sent: the endpoint was disabled.'

/** Statuses whose Retry-After says when to come again. */
const BUSY: readonly (number | null)[] = [429, 503]

/** Does nothing for an attempt that was made already, or is being made. */
export async function deliver(parts: DeliveryParts, job: DeliveryJob): Promise<void> {
  const { pool, now, timeout = ATTEMPT_TIMEOUT } = parts
  const beganAt = now()
  const claim = { now: beganAt, until: beganAt + CLAIM * timeout }
  const message = await claimMessage(pool, job, claim)
  if (!message) return
  if (message.isDisabled) {
    const outcome = { beganAt, milliseconds: 0, status: null, problem: NOT_SENT, answer: null }
    await withTransaction(pool, (client) => recordAttempt(client, job, outcome, { state: 'failed' }))
    return
  }
  const { answer, problem } = await attempt(parts, message, beganAt)
  const endedAt = now()
  const outcome: AttemptOutcome = {
    beganAt,
    milliseconds: endedAt - beganAt,
    status: answer?.status ?? null,
    problem,
    answer: answer && problem !== null ? cleanAnswer(answer.body, message.subjectId) : null,
  }
  await settle(parts, job, message, { outcome, endedAt, retryAfter: answer?.retryAfter ?? null })
}

interface Attempted {
  readonly answer: PostAnswer | null
  /** null: delivered. */
  readonly problem: string | null
}

async function attempt(
  { rules, timeout = ATTEMPT_TIMEOUT }: DeliveryParts,
  message: ClaimedMessage,
  now: Milliseconds,
): Promise<Attempted> {
  try {
    const late = AbortSignal.timeout(timeout)
    const url = readTarget(message.url, rules)
    const addresses = await inTime(resolveTarget(url, rules), late)
    const body = payloadOf(message)
    const headers = { ...HEADERS, ...signed(message, body, now) }
    const answer = await post(url, { headers, body, addresses, late })
    return { answer, problem: problemOf(answer.status) }
  } catch (error) {
    return { answer: null, problem: reasonOf(error) }
  }
}

const HEADERS = { 'content-type': 'application/json', 'user-agent': 'Wonlost' }

/** Each secret signs while it is valid, so that a receiver may change to the new one at any time. */
function signed({ outboxId, secrets }: ClaimedMessage, body: string, now: Milliseconds) {
  const id = webhookId(outboxId)
  const signatures = secrets.map((secret) => new Webhook(secret).sign(id, new Date(now), body))
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now / SECOND)),
    'webhook-signature': signatures.join(' '),
  }
}

function problemOf(status: number): string | null {
  if (status >= 200 && status < 300) return null
  if (status === GONE) return 'The answer was 410: the endpoint is gone, and gets nothing more.'
  if (status >= 300 && status < 400) return `The answer was ${status}: redirects are not followed.`
  return `The answer was ${status}.`
}

/** What several addresses refused comes as one error without words. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ')
  const text = error instanceof Error ? error.message : String(error)
  return text.slice(0, 300)
}

async function inTime<T>(work: Promise<T>, late: AbortSignal): Promise<T> {
  let stop: () => void = () => {}
  const ended = new Promise<never>((_, reject) => {
    stop = () => reject(new Error('The name was not resolved in time.'))
    late.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([work, ended])
  } finally {
    late.removeEventListener('abort', stop)
  }
}

interface Settlement {
  readonly outcome: AttemptOutcome
  readonly endedAt: Milliseconds
  readonly retryAfter: string | null
}

async function settle(
  { pool, random, sendJob, delays }: DeliveryParts,
  job: DeliveryJob,
  message: ClaimedMessage,
  { outcome, endedAt, retryAfter }: Settlement,
): Promise<void> {
  const { status, problem } = outcome
  await withTransaction(pool, async (client) => {
    if (problem === null) {
      await recordAttempt(client, job, outcome, { state: 'delivered' })
      return
    }
    const asked = BUSY.includes(status) ? readRetryAfter(retryAfter, endedAt) : null
    const options = { now: endedAt, random: random(), retryAfter: asked, ...(delays ? { delays } : {}) }
    const at = status === GONE ? null : nextAttemptAt(job.attempt, options)
    if (at === null) {
      const isRecorded = await recordAttempt(client, job, outcome, { state: 'failed' })
      if (isRecorded && status === GONE)
        await disableEndpoint(client, message.endpointId, 'It answered 410 Gone.', endedAt)
      return
    }
    const jobId = randomUUID()
    if (await recordAttempt(client, job, outcome, { state: 'pending', at, jobId }))
      await sendJob(client, { ...job, attempt: job.attempt + 1 }, jobId, at)
  })
}
