/**
 * From when on we knew of things. What is imported without trusted times is known from the import on, so that training on the past
 * may use none of it: the most common reason why there is nothing to learn from.
 */
import { DAY, type Milliseconds } from '../../src/glossary.ts'
import type { LandmarkPlan } from '../course.ts'
import type { OutcomeCounts } from '../enough-data.ts'
import { scheduleLandmarks } from '../landmarks.ts'
import type { LeadCourses } from '../rows.ts'

export interface KnowledgeTally {
  /** Courses with a first landmark, and those that we did not know of then. */
  readonly entries: number
  readonly entriesNotKnown: number
  /** The ids of one or two of their leads. */
  readonly examples: readonly string[]
  readonly events: number
  /** Learned of more than a week after they happened. */
  readonly lateEvents: number
  /** Subjects of the usable rows, had we known of each from its beginning on. */
  readonly outcomesIfKnown: OutcomeCounts
}

const LATE = 7 * DAY

export function createKnowledgeTally(
  plan: LandmarkPlan,
  asOf: Milliseconds,
): { observe: (lead: LeadCourses) => void; read: () => KnowledgeTally } {
  let entries = 0
  let entriesNotKnown = 0
  let events = 0
  let lateEvents = 0
  let reached = 0
  let notReached = 0
  const examples: string[] = []
  return {
    observe({ lead, courses }) {
      events += lead.events.length
      for (const { occurredAt, knownAt } of lead.events) if (knownAt - occurredAt > LATE) lateEvents += 1
      for (const { course, landmarks } of courses) {
        if (landmarks.length > 0) entries += 1
        const isLate = landmarks[0]?.status === 'not_known'
        if (isLate) {
          entriesNotKnown += 1
          if (examples.length < 2) examples.push(lead.leadId)
        }
        const known = isLate
          ? scheduleLandmarks({ ...course, knownAt: Number.NEGATIVE_INFINITY }, plan, asOf)
          : landmarks
        const usable = known.filter(({ status }) => status === 'usable')
        if (usable.some(({ label }) => label === 1)) reached += 1
        else if (usable.length > 0) notReached += 1
      }
    },
    read: () => ({
      entries,
      entriesNotKnown,
      examples: [...examples],
      events,
      lateEvents,
      outcomesIfKnown: { reached, notReached },
    }),
  }
}
