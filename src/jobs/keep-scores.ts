/** Keeps what was said of subjects, and tells of what it crossed, in the caller's transaction: whoever writes scores does it here. */
import type pg from 'pg'
import type { StoredStanding } from '../db/announced.ts'
import { type FormerScore, type SavedScores, type SaveScoresOptions, saveScores } from '../db/save-scores.ts'
import type { ScoreFields } from '../db/scores.ts'
import type { Milliseconds, SubjectKind } from '../glossary.ts'
import type { Engine } from '../scoring/engine.ts'
import type { Decision, ScoredExplanation } from '../scoring/scored-lead.ts'
import type { Standing } from '../scoring/standing.ts'
import { announce, passOver } from './announce.ts'

export interface SaidOfSubjects {
  readonly kind: SubjectKind
  /** All that were scored, also those to whom no model applies, with where each stands now. */
  readonly standings: ReadonlyMap<string, Standing>
  readonly scores: readonly ScoreFields[]
  /** The model that decides about them. */
  readonly decidedBy: string
  /** Why its score is what it is. */
  readonly explain: (subjectId: string) => ScoredExplanation['reasons'] | null
}

export type Tells = boolean | 'quietly'

export interface KeepScoresOptions extends Omit<SaveScoresOptions, 'reasonsOf' | 'minPoints'> {
  readonly now: Milliseconds
  /**
   * false: nobody hears of it, now or later: the first scoring of all, or scores as of another time. `quietly`: nobody hears of it, and
   * the next change is told as one from here. Default true.
   */
  readonly tells?: Tells
}

export async function keepScores(
  client: pg.ClientBase,
  { history, actions }: Engine['policy'],
  { kind, standings, scores, decidedBy, explain }: SaidOfSubjects,
  { now, tells = true, ...options }: KeepScoresOptions,
): Promise<SavedScores> {
  const saved = await saveScores(client, kind, [...standings.keys()], scores, {
    ...options,
    minPoints: history.min_points,
    reasonsOf: (score, former) =>
      score.model === decidedBy && startsAction(score, former) ? explain(score.subjectId) : null,
  })
  const kept = [...standings].filter(([subjectId]) => !saved.refused.has(subjectId))
  if (tells !== false && kept.length > 0) {
    const how = tells === 'quietly' ? passOver : announce
    await how(
      client,
      kind,
      kept.map(([subjectId, current]) => {
        const previous = standingBefore(saved.former.get(subjectId) ?? [], decidedBy)
        return { subjectId, previous, current }
      }),
      { hysteresisPoints: actions.hysteresis_points, asOf: options.asOf, now },
    )
  }
  return saved
}

/** Somebody is to do something else than before: the band of the decision or the verdict changed, or asks for a response from the first. */
function startsAction({ verdict, decision }: ScoreFields, former: FormerScore | null): boolean {
  const { band, respond_within } = decision as Decision
  return former === null
    ? respond_within !== null
    : band !== former.decisionBand || verdict !== former.verdict
}

/** null: never scored. All scores of a subject have one decision. */
function standingBefore(former: readonly FormerScore[], decidedBy: string): StoredStanding | null {
  const deciding = former.find(({ model }) => model === decidedBy)
  const any = deciding ?? former[0]
  if (!any) return null
  return { band: any.decisionBand, verdict: any.verdict, scoreBand: deciding?.band ?? null }
}
