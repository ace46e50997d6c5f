/**
 * Who decides. An account decides once, however many leads it has: half-lives are learned from one subject a decision, seen from
 * its first contact, with what all of its people did. Rows of each lead would tell the same decision several times. Where deals are
 * followed, each deal is a subject of its own.
 */
import type { AccountRecord, Deal, LeadRecord, Milliseconds } from '../../src/glossary.ts'
import { type Course, coursesOf, isLost, type LandmarkPlan } from '../course.ts'

export interface Decider {
  /** Of the deal (population `deals`), or of the account as if it were one lead: from the first entry, with the deals of all leads. */
  readonly course: Course
  /** Apart from all others, whatever the order of the records. */
  readonly name: string
  /** Of those who had entered and were known by then, the first to enter; before anybody was known, the first to be known. */
  leadAt(time: Milliseconds): LeadRecord
}

interface Member {
  readonly course: Course
  readonly lead: LeadRecord
}

/** Those of one account, or of a lead without an account. */
export function decidersOf(account: AccountRecord, plan: LandmarkPlan): Decider[] {
  const members = account.leads.flatMap((lead) =>
    coursesOf(account, lead, plan).map((course): Member => ({ course, lead })),
  )
  if (plan.population === 'deals')
    return members.map(({ course, lead }) => ({ course, name: `deal ${course.dealId}`, leadAt: () => lead }))
  // Somebody of whom nothing is ever known decides nothing, and does not say when an account was first heard of.
  const known = members.filter(({ course }) => course.knownAt < Number.POSITIVE_INFINITY)
  const inOrder = (known.length > 0 ? known : members).sort(byEntry)
  const [first] = inOrder
  if (first === undefined) return []
  const name = account.accountId === null ? `lead ${first.lead.leadId}` : `account ${account.accountId}`
  const earliestKnown = inOrder.reduce((one, other) =>
    other.course.knownAt < one.course.knownAt ? other : one,
  )
  return [
    {
      course: together(inOrder, first),
      name,
      leadAt(time) {
        const isThere = ({ course }: Member): boolean => Math.max(course.enteredAt, course.knownAt) <= time
        return (inOrder.find(isThere) ?? earliestKnown).lead
      },
    },
  ]
}

function together(members: readonly Member[], first: Member): Course {
  const courses = members.map(({ course }) => course)
  const least = (of: (course: Course) => Milliseconds): Milliseconds => Math.min(...courses.map(of))
  return {
    ...first.course,
    knownAt: least(({ knownAt }) => knownAt),
    reachedAt: least(({ reachedAt }) => reachedAt),
    handedOffAt: least(({ handedOffAt }) => handedOffAt),
    deals: [...new Set<Deal>(courses.flatMap(({ deals }) => deals))],
  }
}

function byEntry(one: Member, other: Member): number {
  return one.course.enteredAt - other.course.enteredAt || (one.lead.leadId < other.lead.leadId ? -1 : 1)
}

/** When it was lost: deals closed without the target, and none was left open. Again, where a later deal gave it another chance. */
export function lostTimes(course: Course): Milliseconds[] {
  const times = course.deals.flatMap(({ closedAt }) =>
    closedAt !== null && closedAt < course.reachedAt && isLost(course, closedAt + 1) ? [closedAt] : [],
  )
  return [...new Set(times)]
}
