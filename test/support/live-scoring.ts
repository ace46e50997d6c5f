/** Simulated leads, the shipped definitions of leads and accounts in an engine, and a clock that never says the same twice. */

import type pg from 'pg'
import { expect } from 'vitest'
import { generateInto } from '../../data/load.ts'
import { withTransaction } from '../../src/db/database.ts'
import { markDirty } from '../../src/db/dirty-leads.ts'
import { loadScores } from '../../src/db/scores.ts'
import { type Milliseconds, parseTime, type SubjectKind } from '../../src/glossary.ts'
import { scoreOneAccount } from '../../src/jobs/score-account.ts'
import { scoreOneLead } from '../../src/jobs/score-lead.ts'
import { fromStoredScores } from '../../src/jobs/stored-lead.ts'
import type { Engine } from '../../src/scoring/engine.ts'
import { type LoadedModel, loadModel } from '../../src/scoring/load-model.ts'
import { engine } from '../scoring/fixture.ts'
import { richArtifact } from './rich-artifact.ts'

export const LIVE_FROM = parseTime('2025-01-01T00:00:00Z')

export function liveEngine(): Engine {
  const models = ['conversion', 'account'].map((name): LoadedModel => {
    const { artifact, body, sha256 } = richArtifact(name)
    return loadModel({ name: artifact.name, segment: '', version: 3, sha256, body })
  })
  return engine(models)
}

/** Of a simulation that ends when the clock begins. */
export async function addLiveLeads(pool: pg.Pool, leads: number): Promise<void> {
  const simulation = { leads, seed: 5, months: 24, endsAt: LIVE_FROM, drift: true }
  await generateInto(pool, simulation, { reset: false })
}

let time = LIVE_FROM
export const tick = (): Milliseconds => {
  time += 1
  return time
}
export const clock = async (): Promise<Milliseconds> => tick()

let events = 0
/** As ingest does: the event and the mark in one transaction. Returns from when on it is known. */
export async function happens(
  pool: pg.Pool,
  leadId: string,
  type = 'pricing_page_viewed',
): Promise<Milliseconds> {
  const knownAt = tick()
  await withTransaction(pool, async (client) => {
    const now = new Date(knownAt)
    events += 1
    await client.query(
      `INSERT INTO wonlost.events (event_id, lead_id, type, occurred_at, known_at, source) VALUES ($1, $2, $3, $4, $4, 'test')`,
      [`live:${events}`, leadId, type, now],
    )
    await markDirty(client, [leadId], 'event')
  })
  return knownAt
}

/** As of when the scores of a subject are; undefined: it has none. */
export async function asOfOf(
  pool: pg.Pool,
  kind: SubjectKind,
  id: string,
): Promise<Milliseconds | undefined> {
  return (await loadScores(pool, kind, id))[0]?.asOf
}

/** What is stored of every subject is, bit for bit, what its facts say at the moment that it is as of. Returns how many were compared. */
export async function expectStoredAsRecomputed(pool: pg.Pool, engine: Engine): Promise<number> {
  const { rows } = await pool.query<{ kind: SubjectKind; id: string }>(
    'SELECT DISTINCT subject_kind AS kind, subject_id AS id FROM wonlost.scores ORDER BY 1, 2',
  )
  for (const { kind, id } of rows) {
    const stored = await loadScores(pool, kind, id)
    const { asOf } = stored[0]!
    const { lead_id, verdict, ...kept } = fromStoredScores(stored, ['conversion', 'account'])!
    const { override, ...bounds } = verdict
    const fresh =
      kind === 'lead'
        ? await scoreOneLead(pool, engine, id, asOf, { explain: false })
        : await scoreOneAccount(pool, engine, id, asOf, { explain: false })
    const { as_of, policy_version, guardrails_version, scores, decision } = fresh
    const { override: _, ...freshBounds } = { override: null, ...fresh.verdict }
    expect(JSON.stringify([kept, bounds]), `${kind} ${id}`).toBe(
      JSON.stringify([{ as_of, policy_version, guardrails_version, scores, decision }, freshBounds]),
    )
  }
  return rows.length
}
