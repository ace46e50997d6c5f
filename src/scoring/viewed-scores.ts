/** Scores as the guardrails see them. */
import { gradeOf } from '../policy/grade.ts'
import type { Policy } from '../policy/policy.ts'
import type { ModelScore } from './scored-lead.ts'
import type { ViewedScores } from './subject-view.ts'

/** `scoreOf` is asked only for what a rule asks for. */
export function viewedScores(
  { grade }: Policy,
  scoreOf: (model: string) => ModelScore | undefined,
): ViewedScores {
  const score = (model: string): number | undefined => {
    const found = scoreOf(model)
    return found?.applies ? found.score : undefined
  }
  return {
    score,
    probability(model) {
      const found = scoreOf(model)
      return found?.applies ? (found.probability ?? undefined) : undefined
    },
    grade: () => (grade && gradeOf(grade, (model) => score(model) ?? null)) ?? undefined,
  }
}
