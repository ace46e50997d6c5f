/**
 * What delivers: a relay that turns crossings into messages with jobs, and workers that make the attempts. Any number of servers may run
 * it; whichever is killed, whenever, the others go on from what stands in the database.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import type PgBoss from 'pg-boss'
import { withTransaction } from '../../db/database.ts'
import { forgetRelayed, relayCrossings } from '../../db/outbox.ts'
import { type JoblessAttempt, postponeAttempt, takeLost, takeReplayed } from '../../db/webhook-messages.ts'
import { DAY, formatTime, HOUR, type Milliseconds, SECOND } from '../../glossary.ts'
import type { Engine } from '../../scoring/engine.ts'
import { type BackgroundWork, JOBS_SCHEMA } from '../background.ts'
import { tellEndedOverrides, tellOverdue } from '../tell-by-time.ts'
import { ATTEMPT_TIMEOUT, type DeliveryJob, type DeliveryParts, deliver } from './deliver.ts'
import { createTurns } from './turns.ts'

export interface WebhookWork extends Omit<DeliveryParts, 'sendJob'> {
  /** Throws while there is none yet. */
  readonly engine: () => Engine
  readonly say: (text: string) => void
  /** How often is looked for work. Default: every second. */
  readonly pollEvery?: Milliseconds
}

const WEBHOOK_QUEUE = 'webhook'

/** In hand at a time, of all endpoints and of one: who answers slowly does not hold up the others. */
const AT_A_TIME = 24
const AT_A_TIME_EACH = 8
/** Of the time that an attempt may take: where it took as long as this, there is one at a time. */
const SLOW = 1 / 3

/** A job waits so long for its endpoint to have less in hand; then it comes again after about so long. */
const PATIENCE = SECOND
const PAUSE = 5 * SECOND
/** Of an endpoint for which many wait they come again one after another, so far apart: not all of them again and again. */
const APART = SECOND / 50

/** In one transaction. */
const BATCH = 200

/** In looks for work: so long after it was due an attempt that nobody has in hand counts as lost, and so often is looked for some. */
const LOST_AFTER = 5
const LOOK_FOR_LOST = 10

/** Messages that came to their end are kept so long, with their attempts. */
const KEPT = 30 * DAY

export function webhookWork(work: WebhookWork): BackgroundWork {
  return {
    name: 'webhooks',
    begin: async (boss, stopping) => {
      // One job an attempt: what becomes of it is written by the attempt itself, and pg-boss repeats nothing.
      const expireInSeconds = (2 * ATTEMPT_TIMEOUT) / SECOND
      await boss.createQueue(WEBHOOK_QUEUE, { name: WEBHOOK_QUEUE, retryLimit: 0, expireInSeconds })
      const running = [relay(work, boss, stopping), attempts(work, boss, stopping)]
      return async () => {
        await Promise.all(running)
      }
    },
  }
}

interface WebhookJob {
  readonly id: string
  readonly data: DeliveryJob
  /** Default: now. */
  readonly at?: Milliseconds
}

/** In the transaction of the client: the jobs are there when, and only when, that is committed. */
async function sendJobs(boss: PgBoss, client: pg.ClientBase, jobs: readonly WebhookJob[]): Promise<void> {
  if (jobs.length === 0) return
  const executeSql = (text: string, values: unknown[]) => client.query(text, values)
  const given = jobs.map(({ id, data, at }) => {
    const startAfter = at === undefined ? {} : { startAfter: formatTime(at) }
    return { id, name: WEBHOOK_QUEUE, data, ...startAfter }
  })
  await boss.insert(given, { db: { executeSql } })
}

/** Until it is stopped: what changed by time, what waits in the outbox, what was lost, and what is old. */
async function relay(work: WebhookWork, boss: PgBoss, stopping: AbortSignal): Promise<void> {
  const { pool, now, engine, pollEvery = SECOND } = work
  let looked = 0
  let swept = 0
  await repeat(work, stopping, async () => {
    const at = now()
    const current = loaded(engine)
    if (current) {
      await tellEndedOverrides(pool, current, at)
      await tellOverdue(pool, current, at)
    }
    while (!stopping.aborted && (await relayBatch(pool, boss, at)) === BATCH);
    if (Math.abs(at - looked) >= LOOK_FOR_LOST * pollEvery) {
      await sendLost(pool, boss, at, at - LOST_AFTER * pollEvery)
      looked = at
    }
    if (Math.abs(at - swept) >= HOUR) {
      while (!stopping.aborted && (await forgetRelayed(pool, at - KEPT, BATCH)) === BATCH);
      swept = at
    }
  })
}

async function relayBatch(pool: pg.Pool, boss: PgBoss, now: Milliseconds): Promise<number> {
  return withTransaction(pool, async (client) => {
    const { taken, messages } = await relayCrossings(client, BATCH, now)
    const first = messages.map((message) => ({ ...message, round: 1, attempt: 1 }))
    await sendJobs(boss, client, [...first, ...(await takeReplayed(client, BATCH))].map(jobOf))
    return taken
  })
}

async function sendLost(
  pool: pg.Pool,
  boss: PgBoss,
  now: Milliseconds,
  dueBefore: Milliseconds,
): Promise<void> {
  await withTransaction(pool, async (client) => {
    const lost = await takeLost(client, `${JOBS_SCHEMA}.job`, { dueBefore, now, limit: BATCH })
    await sendJobs(boss, client, lost.map(jobOf))
  })
}

function jobOf({ jobId, ...data }: JoblessAttempt): WebhookJob {
  return { id: jobId, data }
}

/** Until it is stopped; then what is in hand is still finished. */
async function attempts(work: WebhookWork, boss: PgBoss, stopping: AbortSignal): Promise<void> {
  const running = new Set<Promise<void>>()
  const turns = createTurns(AT_A_TIME_EACH, PATIENCE)
  const comingAgain = createQueues()
  const parts: DeliveryParts = {
    ...work,
    sendJob: (client, data, id, at) => sendJobs(boss, client, [{ id, data, at }]),
  }

  async function run(job: DeliveryJob, jobId: string): Promise<void> {
    try {
      if (await turns.take(job.endpointId)) {
        const beganAt = work.now()
        await deliver(parts, job).finally(() => {
          const isSlow = work.now() - beganAt >= (work.timeout ?? ATTEMPT_TIMEOUT) * SLOW
          turns.giveBack(job.endpointId, isSlow)
        })
      } else await postpone(work, boss, job, comingAgain.next(job.endpointId, work.now()))
    } catch (error) {
      // It is found again as lost.
      work.say(`A webhook was not delivered: ${error instanceof Error ? error.message : String(error)}`)
    }
    await boss.complete(WEBHOOK_QUEUE, jobId)
  }

  await repeat(work, stopping, async () => {
    for (;;) {
      const batchSize = AT_A_TIME - running.size
      const jobs = stopping.aborted ? [] : await boss.fetch<DeliveryJob>(WEBHOOK_QUEUE, { batchSize })
      for (const { id, data } of jobs) {
        const one: Promise<void> = run(data, id).finally(() => running.delete(one))
        running.add(one)
      }
      if (jobs.length === 0 || stopping.aborted) return
      if (running.size >= AT_A_TIME) await Promise.race(running)
    }
  })
  await Promise.all(running)
}

async function postpone(
  { pool }: WebhookWork,
  boss: PgBoss,
  job: DeliveryJob,
  at: Milliseconds,
): Promise<void> {
  const jobId = randomUUID()
  await withTransaction(pool, async (client) => {
    if (await postponeAttempt(client, job, { at, jobId }))
      await sendJobs(boss, client, [{ id: jobId, data: job, at }])
  })
}

/** When what was postponed comes again: after a pause, and behind all of its endpoint that were postponed before. */
function createQueues() {
  const lastAt = new Map<string, Milliseconds>()
  return {
    next(endpointId: string, now: Milliseconds): Milliseconds {
      const at = Math.max(now + PAUSE, (lastAt.get(endpointId) ?? 0) + APART)
      lastAt.set(endpointId, at)
      return at
    },
  }
}

/** null: there is none yet. What it says of that is said by whoever asks for scores. */
function loaded(engine: () => Engine): Engine | null {
  try {
    return engine()
  } catch {
    return null
  }
}

/** Again and again, with a pause between: what fails is told once, and tried again. */
async function repeat(
  { say, pollEvery = SECOND }: WebhookWork,
  stopping: AbortSignal,
  once: () => Promise<void>,
): Promise<void> {
  let lastProblem = ''
  while (!stopping.aborted) {
    try {
      await once()
      lastProblem = ''
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error)
      if (problem !== lastProblem && !stopping.aborted) say(`Webhooks wait: ${problem}`)
      lastProblem = problem
    }
    await wait(pollEvery, undefined, { signal: stopping }).catch(() => {})
  }
}
