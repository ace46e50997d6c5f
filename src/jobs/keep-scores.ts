/** Keeps scores and tells of what they crossed, in one transaction: whoever writes scores does it here. */
import type pg from 'pg'
import { loadStandings } from '../db/announced.ts'
import { type StoredScore, saveScores } from '../db/scores.ts'
import type { Milliseconds, SubjectKind } from '../glossary.ts'
import type { Engine } from '../scoring/engine.ts'
import type { Standing } from '../scoring/standing.ts'
import { announce } from './announce.ts'

export interface NewScores {
  readonly subjectId: string
  /** All that apply to the subject. */
  readonly scores: readonly Omit<StoredScore, 'subjectKind'>[]
  readonly standing: Standing
}

export interface KeepOptions {
  /** Kept in the history: why scores moved. */
  readonly cause: string
  readonly asOf: Milliseconds
  readonly now: Milliseconds
  /** false: nobody hears of it, now or later: the first scoring of all, or scores as of another time. Default true. */
  readonly tells?: boolean
}

/** Returns how many history entries were written. Give it a client in a transaction. */
export async function keepScores(
  client: pg.ClientBase,
  policy: Engine['policy'],
  subjectKind: SubjectKind,
  given: readonly NewScores[],
  { cause, asOf, now, tells = true }: KeepOptions,
): Promise<number> {
  const ids = given.map(({ subjectId }) => subjectId)
  const scores = given.flatMap((one) => one.scores)
  const [first] = given
  if (!tells || !first) return saveScores(client, subjectKind, ids, scores, cause)
  const previous = await loadStandings(client, subjectKind, ids, first.standing.model)
  const changed = await saveScores(client, subjectKind, ids, scores, cause)
  await announce(
    client,
    subjectKind,
    given.map(({ subjectId, standing }) => ({
      subjectId,
      previous: previous.get(subjectId) ?? null,
      current: standing,
    })),
    { hysteresisPoints: policy.actions.hysteresis_points, asOf, now },
  )
  return changed
}
