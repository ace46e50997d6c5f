/** The grid of a policy as plain data: where grades begin, and what each pair means. */
import { GRADE_PAIRS, type GradePolicy, gradeActionOf, quadrantOf } from '../policy/grade.ts'

export interface GradeGrid {
  readonly fit: { readonly model: string; readonly A: number; readonly B: number; readonly C: number }
  readonly intent: { readonly model: string; readonly 1: number; readonly 2: number; readonly 3: number }
  readonly grades: readonly {
    readonly grade: string
    readonly action: string | null
    readonly quadrant: string | null
  }[]
}

export function gradeGrid(policy: GradePolicy): GradeGrid {
  return {
    fit: policy.fit,
    intent: policy.intent,
    grades: GRADE_PAIRS.map((grade) => ({
      grade,
      action: gradeActionOf(policy, grade),
      quadrant: quadrantOf(policy, grade),
    })),
  }
}
