/** Whether every stored score is what the facts say at the moment that it is as of, and no fact is newer: computed by no process that serves. */
import type pg from 'pg'
import { loadScores } from '../src/db/scores.ts'
import { formatTime, type Milliseconds, type SubjectKind } from '../src/glossary.ts'
import { scoreOneAccount } from '../src/jobs/score-account.ts'
import { scoreOneLead } from '../src/jobs/score-lead.ts'
import { fromStoredScores } from '../src/jobs/stored-lead.ts'
import type { Engine } from '../src/scoring/engine.ts'
import type { ScoredLead } from '../src/scoring/scored-lead.ts'
import type { Findings } from './findings.ts'

export interface CheckedScores {
  /** Subjects whose stored answer was computed anew. */
  readonly compared: number
  /** Subjects whose stored answer is of other versions than those that answer now: a sweep has not come to them yet. */
  readonly outdated: number
  readonly findings: Findings
}

/**
 * Call it when no mark waits. `known`: by subject, as of when it was found to be right before; these are passed over. What is right is
 * added.
 */
export async function checkScores(
  pool: pg.Pool,
  engine: Engine,
  known: Map<string, Milliseconds>,
  signal: AbortSignal,
): Promise<CheckedScores> {
  const { rows } = await pool.query<{ kind: SubjectKind; id: string }>(
    'SELECT DISTINCT subject_kind AS kind, subject_id AS id FROM wonlost.scores ORDER BY 1, 2',
  )
  const order = engine.models.map(({ name }) => name)
  const wrong: string[] = []
  let compared = 0
  let outdated = 0
  for (const { kind, id } of rows) {
    signal.throwIfAborted()
    const key = `${kind} ${id}`
    const rows = await loadScores(pool, kind, id)
    const stored = fromStoredScores(rows, order)
    const asOf = rows[0]?.asOf
    // A sweep may have found that nothing applies to it any more.
    if (!stored || asOf === undefined || known.get(key) === asOf) continue
    const score = kind === 'lead' ? scoreOneLead : scoreOneAccount
    const fresh = await score(pool, engine, id, asOf, { explain: false })
    if (versionsOf(stored) !== versionsOf(fresh)) {
      outdated += 1
      continue
    }
    compared += 1
    if (textOf(stored) === textOf(fresh)) known.set(key, asOf)
    else
      wrong.push(
        `${key} as of ${formatTime(asOf)}: stored is ${textOf(stored)}; its facts say ${textOf(fresh)}`,
      )
  }
  return {
    compared,
    outdated,
    findings: { lost: await behindFacts(pool, engine), duplicated: [], wrong },
  }
}

type Said = Pick<ScoredLead, 'policy_version' | 'guardrails_version' | 'scores' | 'decision'> & {
  readonly verdict: Omit<ScoredLead['verdict'], 'override'>
}

function versionsOf({ policy_version, guardrails_version, scores }: Said): string {
  const models = Object.entries(scores).map(([name, score]) => [name, score.applies && score.model.sha256])
  return JSON.stringify([policy_version, guardrails_version, models])
}

/** Every digit of it. Expected values go by what deals were won for when everybody was scored, not by facts of the subject. */
function textOf({ scores, verdict: { status, cap, raise, rules }, decision }: Said): string {
  return JSON.stringify([scores, status, cap, raise, rules, { ...decision, expected_value: null }])
}

/** Leads of whom something is known that their score, made earlier, cannot know: a mark was lost. */
async function behindFacts(pool: pg.Pool, engine: Engine): Promise<string[]> {
  const { rows: behind } = await pool.query<{ id: string }>(
    `SELECT lead_id AS id FROM wonlost.leads
     JOIN (SELECT subject_id AS lead_id, min(as_of) AS as_of FROM wonlost.scores WHERE subject_kind = 'lead' GROUP BY 1) score USING (lead_id)
     WHERE EXISTS (SELECT FROM wonlost.events e WHERE e.lead_id = leads.lead_id AND e.known_at >= as_of)
        OR EXISTS (SELECT FROM wonlost.traits t WHERE t.subject_kind = 'lead' AND t.subject_id = leads.lead_id AND t.known_at >= as_of)`,
  )
  const { rows: unscored } = await pool.query<{ id: string }>(
    `SELECT lead_id AS id FROM wonlost.leads
     WHERE merged_into IS NULL AND lead_id NOT IN (SELECT subject_id FROM wonlost.scores WHERE subject_kind = 'lead')`,
  )
  const found = behind.map(({ id }) => `lead ${id}: its score does not know what was learned of it`)
  for (const { id } of unscored) {
    // Of those whose deal was lost no model speaks.
    const { scores } = await scoreOneLead(pool, engine, id, Date.now(), { explain: false })
    if (Object.values(scores).some(({ applies }) => applies)) found.push(`lead ${id}: it has no score`)
  }
  return found
}
