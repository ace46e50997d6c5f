/**
 * Who decides. A deal is decided on once, however many leads it has: half-lives are learned from one subject a decision, seen from
 * its first contact, with what all of its leads did. Rows of each lead would tell the same decision several times.
 */
import type { AccountRecord, Deal, LeadRecord, Milliseconds } from '../../src/glossary.ts'
import { type Course, coursesOf, isLost, type LandmarkPlan } from '../course.ts'

export interface Decider {
  /** Of the deal (population `deals`), or of the account as if it were one lead: from the first entry, with the deals of all leads. */
  readonly course: Course
  /** Who entered first; the others are colleagues. */
  readonly lead: LeadRecord
}

/** Those of one account, or of a lead without an account. */
export function decidersOf(account: AccountRecord, plan: LandmarkPlan): Decider[] {
  const all = account.leads.flatMap((lead) =>
    coursesOf(account, lead, plan).map((course): Decider => ({ course, lead })),
  )
  const [first] = all
  if (plan.population === 'deals' || first === undefined) return all
  return [all.reduce(together, { ...first, course: { ...first.course, deals: [] } })]
}

function together(one: Decider, other: Decider): Decider {
  const first = startsBefore(other, one) ? other : one
  const deals = new Set<Deal>([...one.course.deals, ...other.course.deals])
  const course: Course = {
    ...first.course,
    reachedAt: Math.min(one.course.reachedAt, other.course.reachedAt),
    handedOffAt: Math.min(one.course.handedOffAt, other.course.handedOffAt),
    deals: [...deals],
  }
  return { course, lead: first.lead }
}

function startsBefore(one: Decider, other: Decider): boolean {
  const order = one.course.enteredAt - other.course.enteredAt
  return order < 0 || (order === 0 && one.lead.leadId < other.lead.leadId)
}

/** When it was lost: deals closed without the target, and none was left open. Again, where a later deal gave it another chance. */
export function lostTimes(course: Course): Milliseconds[] {
  const times = course.deals.flatMap(({ closedAt }) =>
    closedAt !== null && closedAt < course.reachedAt && isLost(course, closedAt + 1) ? [closedAt] : [],
  )
  return [...new Set(times)]
}
