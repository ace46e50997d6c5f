/**
 * The moments that half-lives are learned from: a case for every subject that reached the target, at that moment, and a base of
 * random moments at which subjects were at risk. The log loss of case against base estimates the pace at which the target is reached
 * (case-base sampling: Hanley & Miettinen 2009, Fitting smooth-in-time prognostic risk functions via logistic regression).
 *
 * Landmarks would do worse. Within 90 days after a landmark a lead does much else, so that the label says little of what had
 * been done before it: the same history tells half-lives two to three times less exactly.
 */
import { BEHAVIOUR_LIFETIME, DAY, HOUR, type Milliseconds } from '../../src/glossary.ts'
import type { Course, LandmarkPlan } from '../course.ts'
import { landmarkAt } from '../landmarks.ts'
import { randomIntegers } from '../random.ts'
import type { Row } from '../rows.ts'

interface Moment {
  readonly at: Milliseconds
  readonly label: 0 | 1
}

/** Base moments for each case: more of them would tell next to nothing more. */
const BASE_PER_CASE = 25

/** Rows at most; of more, those of a sample of the accounts. */
const MOST_MOMENTS = 50_000

/** Followed for so long after entry: nothing is older than a behaviour gets. */
const FOLLOWED = BEHAVIOUR_LIFETIME

/** One part in so many is the finest that is drawn. */
const GRAIN = 1_000_000_000

export interface MomentSampler {
  /** Whether the account is in the sample. Ask once an account, in the order of the records. */
  takes(group: number): boolean
  /** The moments of a course, in no particular order. */
  momentsOf(course: Course): readonly Moment[]
}

/**
 * @param learning Rows of the learning part: their subjects are looked at, and no others.
 * @param knownUntil Where the learning part ends: nothing from there on is looked at.
 */
export function createMomentSampler(
  plan: LandmarkPlan,
  learning: readonly Row[],
  knownUntil: Milliseconds,
  seed: number,
  mostMoments = MOST_MOMENTS,
): MomentSampler {
  const draw = randomIntegers(seed)
  const share = (): number => draw(GRAIN) / GRAIN
  const { cases, followed } = expectations(plan, learning, knownUntil)
  const accountShare = Math.min(1, mostMoments / Math.max(1, cases * (1 + BASE_PER_CASE)))
  const baseRate = followed > 0 ? (cases * BASE_PER_CASE) / followed : 0
  return {
    takes: () => accountShare === 1 || share() < accountShare,
    momentsOf(course) {
      const from = entryOf(course.enteredAt, plan)
      const until = Math.min(from + FOLLOWED, knownUntil)
      const moments: Moment[] = []
      const add = (at: Milliseconds, label: 0 | 1): void => {
        const { status } = landmarkAt(course, at, 0, plan, Number.POSITIVE_INFINITY)
        // Whether the label is known has been seen to: the moment itself is before the end.
        if (status === 'usable' || status === 'not_elapsed') moments.push({ at, label })
      }
      if (course.reachedAt >= from && course.reachedAt < until) add(course.reachedAt, 1)
      const expected = Math.max(0, until - from) * baseRate
      const count = Math.floor(expected) + (share() < expected % 1 ? 1 : 0)
      for (let i = 0; i < count; i++) add(from + Math.floor((until - from) * share()), 0)
      return moments
    },
  }
}

/** Subjects that reached the target, and for how long all are followed, as the rows tell it before anything is read again. */
function expectations(
  plan: LandmarkPlan,
  learning: readonly Row[],
  knownUntil: Milliseconds,
): { cases: number; followed: Milliseconds } {
  const entered = new Map<string, Milliseconds>()
  const reached = new Set<string>()
  for (const { leadId, dealId, asOf, day, label } of learning) {
    const subject = dealId ?? leadId
    if (!entered.has(subject)) entered.set(subject, asOf - day * DAY - plan.entryDelayHours * HOUR)
    if (label === 1) reached.add(subject)
  }
  let followed = 0
  for (const enteredAt of entered.values()) {
    const from = entryOf(enteredAt, plan)
    followed += Math.max(0, Math.min(from + FOLLOWED, knownUntil) - from)
  }
  return { cases: reached.size, followed }
}

function entryOf(enteredAt: Milliseconds, plan: LandmarkPlan): Milliseconds {
  return enteredAt + plan.entryDelayHours * HOUR
}
