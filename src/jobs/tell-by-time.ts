/** What changes by time alone, and is told all the same: verdicts by hand that have ended, and responses that nobody gave in time. */
import type pg from 'pg'
import { takePending } from '../db/announced.ts'
import { withTransaction } from '../db/database.ts'
import { writeOutbox } from '../db/outbox.ts'
import { takeOverdue } from '../db/overdue-promises.ts'
import { loadScores, type StoredScore } from '../db/scores.ts'
import type { Milliseconds } from '../glossary.ts'
import { accountModelsOf } from '../scoring/account-models.ts'
import type { Engine } from '../scoring/engine.ts'
import { type Standing, standingOf } from '../scoring/standing.ts'
import { announce } from './announce.ts'
import { endOverridesOfAccounts } from './end-overrides.ts'
import { fromKeptInput } from './kept-input.ts'
import { fromStoredScores } from './stored-lead.ts'

/** In one transaction. */
const BATCH = 200

/** Ends the overrides that have expired, and tells of every stored answer that changed by such an end, whoever noticed it first. */
export async function tellEndedOverrides(pool: pg.Pool, engine: Engine, now: Milliseconds): Promise<void> {
  await endOverridesOfAccounts(pool, engine, now)
  let taken: number
  do {
    taken = await withTransaction(pool, async (client) => {
      const subjects = await takePending(client, BATCH)
      for (const { subjectKind, subjectId } of subjects) {
        const policy = subjectKind === 'lead' ? engine.policy : accountModelsOf(engine).policy
        const current = storedStanding(policy, await loadScores(client, subjectKind, subjectId))
        if (!current) continue
        const { hysteresis_points: hysteresisPoints } = policy.actions
        const options = { hysteresisPoints, asOf: now, now }
        await announce(client, subjectKind, [{ subjectId, previous: null, current }], options)
      }
      return subjects.length
    })
  } while (taken === BATCH)
}

/** null: nothing is said of the subject any more. */
function storedStanding(policy: Engine['policy'], stored: readonly StoredScore[]): Standing | null {
  const scored = fromStoredScores(stored, [])
  if (!scored) return null
  const kept = stored.find(({ policyInput }) => policyInput !== null)?.policyInput
  const { status: verdict } = scored.verdict
  const segments = kept ? fromKeptInput(kept, { scores: {}, verdict }).segments : []
  return standingOf(policy, segments, scored)
}

/** Tells of leads to whom nobody responded within the time that their band promises. Returns of how many. */
export async function tellOverdue(pool: pg.Pool, { policy }: Engine, now: Milliseconds): Promise<number> {
  const query = {
    ...{ now, limit: BATCH, model: policy.decided_by },
    responseEvents: policy.feedback.response_events,
  }
  let told = 0
  let taken: number
  do {
    taken = await withTransaction(pool, async (client) => {
      const due = await takeOverdue(client, query)
      await writeOutbox(
        client,
        due.overdue.map(({ leadId, band, revision, action, dueAt, score, verdict }) => ({
          ...{ subjectKind: 'lead', subjectId: leadId, kind: 'overdue', revision, action, score },
          types: ['lead.response_overdue'],
          bandFrom: band,
          bandTo: band,
          verdictFrom: verdict,
          verdictTo: verdict,
          model: policy.decided_by,
          asOf: now,
          respondBy: dueAt,
          createdAt: now,
        })),
      )
      told += due.overdue.length
      return due.taken
    })
  } while (taken === BATCH)
  return told
}
