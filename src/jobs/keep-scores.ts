/** Keeps what was said of subjects, in the caller's transaction: live, in a sweep, and after an override alike. */
import type pg from 'pg'
import { type FormerScore, type SavedScores, type SaveScoresOptions, saveScores } from '../db/save-scores.ts'
import type { ScoreFields } from '../db/scores.ts'
import type { SubjectKind } from '../glossary.ts'
import type { Decision, ScoredExplanation } from '../scoring/scored-lead.ts'

export interface SaidOfSubjects {
  readonly kind: SubjectKind
  /** All that were scored, also those to whom no model applies. */
  readonly subjectIds: readonly string[]
  readonly scores: readonly ScoreFields[]
  /** The model that decides about them. */
  readonly decidedBy: string
  /** Why its score is what it is. */
  readonly explain: (subjectId: string) => ScoredExplanation['reasons'] | null
}

export async function keepScores(
  client: pg.ClientBase,
  said: SaidOfSubjects,
  options: Omit<SaveScoresOptions, 'reasonsOf'>,
): Promise<SavedScores> {
  const { kind, subjectIds, scores, decidedBy, explain } = said
  return saveScores(client, kind, subjectIds, scores, {
    ...options,
    reasonsOf: (score, former) =>
      score.model === decidedBy && startsAction(score, former) ? explain(score.subjectId) : null,
  })
}

/** Somebody is to do something else than before: the band of the decision or the verdict changed, or asks for a response from the first. */
function startsAction({ verdict, decision }: ScoreFields, former: FormerScore | null): boolean {
  const { band, respond_within } = decision as Decision
  return former === null
    ? respond_within !== null
    : band !== former.decisionBand || verdict !== former.verdict
}
