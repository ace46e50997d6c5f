/** The score of one subject at many moments, by the models that answer now: as it was, and as it will be if nothing new happens. */
import { factsAt } from '../features/facts.ts'
import { knownRecord } from '../features/known-record.ts'
import { formatTime, type Milliseconds } from '../glossary.ts'
import { scoreWith } from './engine.ts'
import { rowAllowance } from './row-allowance.ts'
import { familyOf, type ScoredSubject } from './scored-subject.ts'

export interface ScoreCourse {
  readonly model: string
  /** Fewer moments than were asked for: there are very many events. */
  readonly is_thinned: boolean
  readonly moments: readonly (
    | {
        readonly as_of: string
        readonly applies: true
        readonly probability: number | null
        readonly raw_points: number
        readonly score: number
        readonly band: string
      }
    | { readonly as_of: string; readonly applies: false; readonly why: string }
  )[]
}

export interface CourseOptions {
  readonly model?: string | undefined
  readonly from: Milliseconds
  readonly to: Milliseconds
  /** Moments, both ends included; at least two. */
  readonly count: number
  readonly now: Milliseconds
  /** Called now and then, so that others get their turn. */
  readonly breathe?: () => Promise<void>
}

/**
 * At moments up to `now`, by what was known strictly before each; after it, by what was known before `now`, which grows older. Fewer
 * moments where there are very many events. Throws `model_not_found` and `subject_too_large`.
 */
export async function scoreCourse(
  subject: ScoredSubject,
  { model: name, from, to, count, now, breathe }: CourseOptions,
): Promise<ScoreCourse> {
  const family = familyOf(subject, name)
  const known = knownRecord(subject.account, subject.lead, now)
  const allowed = rowAllowance(subject, breathe)
  const moments: ScoreCourse['moments'][number][] = []
  for (const at of evenMoments(from, to, Math.min(count, allowed.rows))) {
    await allowed.breathe()
    const { account, lead } = at <= now ? subject : known
    const facts = factsAt(account, lead, at)
    const segments = subject.segmentsOf(facts)
    const score = scoreWith(family, subject.policy, account, lead, facts, segments, false)
    const as_of = formatTime(at)
    if (score.applies) {
      const { probability, raw_points, score: shown, band } = score
      moments.push({ as_of, applies: true, probability, raw_points, score: shown, band })
    } else moments.push({ as_of, applies: false, why: score.why })
  }
  return { model: family.name, is_thinned: moments.length < count, moments }
}

/** As far apart as each other, to the millisecond. */
function evenMoments(from: Milliseconds, to: Milliseconds, count: number): Milliseconds[] {
  return Array.from({ length: count }, (_, place) => Math.round(from + ((to - from) * place) / (count - 1)))
}
