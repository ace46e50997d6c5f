/** Events at a steady rate, each with its mark, and when the scores of their leads followed. */
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { withTransaction } from '../../src/db/database.ts'
import { markDirty } from '../../src/db/dirty-leads.ts'

export interface Happening {
  readonly leadId: string
  readonly type: string
}

/** Events of so long are written together, as a server does that waits for others while one commit is on its way. */
const A_GROUP = 10
/** How finely it is looked. Half of it is added to every latency. */
const A_LOOK = 10
/** Scores that are not there so long after the last event never come. */
const PATIENCE = 60_000

interface Waiting {
  readonly knownAt: number
  readonly acknowledged: number
}

/** Milliseconds from the acknowledgement of each event to the score that knows of it. At least two connections. */
export async function playTraffic(
  pool: pg.Pool,
  happenings: readonly Happening[],
  rate: number,
  signal: AbortSignal,
): Promise<readonly number[]> {
  const waiting = new Map<string, Waiting[]>()
  const latencies: number[] = []
  let isOver = false
  const looking = (async () => {
    let idleSince = performance.now()
    while (!isOver || waiting.size > 0) {
      if (isOver && performance.now() - idleSince > PATIENCE)
        throw new Error(`${waiting.size} leads were not scored within ${PATIENCE} ms.`)
      const found = await resolve(pool, waiting)
      if (found.length > 0) idleSince = performance.now()
      latencies.push(...found)
      await wait(A_LOOK)
    }
  })()
  try {
    const began = performance.now()
    for (let done = 0; done < happenings.length && !signal.aborted; ) {
      const due = Math.min(happenings.length, Math.floor(((performance.now() - began) / 1_000) * rate))
      if (due > done) await write(pool, happenings.slice(done, due), waiting)
      done = due
      await wait(A_GROUP)
    }
    signal.throwIfAborted()
  } finally {
    isOver = true
    await looking
  }
  return latencies
}

async function write(
  pool: pg.Pool,
  happenings: readonly Happening[],
  waiting: Map<string, Waiting[]>,
): Promise<void> {
  const knownAt = Date.now()
  await withTransaction(pool, async (client) => {
    await client.query(
      `INSERT INTO wonlost.events (event_id, lead_id, type, occurred_at, known_at, source)
       SELECT id, lead_id, type, $4, $4, 'bench' FROM unnest($1::text[], $2::text[], $3::text[]) AS event (id, lead_id, type)`,
      [
        happenings.map(() => randomUUID()),
        happenings.map(({ leadId }) => leadId),
        happenings.map(({ type }) => type),
        new Date(knownAt),
      ],
    )
    await markDirty(client, [...new Set(happenings.map(({ leadId }) => leadId))], 'event')
  })
  const acknowledged = performance.now()
  for (const { leadId } of happenings)
    waiting.set(leadId, [...(waiting.get(leadId) ?? []), { knownAt, acknowledged }])
}

/** Takes those out whose lead has a score that knows of them. */
async function resolve(pool: pg.Pool, waiting: Map<string, Waiting[]>): Promise<number[]> {
  if (waiting.size === 0) return []
  const { rows } = await pool.query<{ lead: string; as_of: Date }>(
    `SELECT subject_id AS lead, min(as_of) AS as_of FROM wonlost.scores
     WHERE subject_kind = 'lead' AND subject_id = ANY($1) GROUP BY subject_id`,
    [[...waiting.keys()]],
  )
  const now = performance.now()
  const found: number[] = []
  for (const { lead, as_of } of rows) {
    const all = waiting.get(lead) ?? []
    const left = all.filter(({ knownAt }) => knownAt >= as_of.getTime())
    for (const one of all) if (!left.includes(one)) found.push(now - one.acknowledged)
    if (left.length > 0) waiting.set(lead, left)
    else waiting.delete(lead)
  }
  return found
}
