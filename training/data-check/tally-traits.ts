/** How often each trait is there: today, at the first landmark, and for those who reached the target; and when it was first filled. */
import { traitsBefore } from '../../src/features/facts.ts'
import { DAY, type Milliseconds, type SubjectKind, type Trait } from '../../src/glossary.ts'
import type { Course } from '../course.ts'
import type { LeadCourses } from '../rows.ts'

export interface TraitTally {
  readonly of: SubjectKind
  readonly name: string
  /** Values that were ever recorded, and those of them without a date. */
  readonly values: number
  readonly undated: number
  /** Leads that have it today, themselves or by their account. */
  readonly leads: number
  /** Courses whose first landmark it was known at. */
  readonly atEntry: number
  /** Of courses that reached the target, and of the others: those that have it today. */
  readonly ofReached: number
  readonly ofOthers: number
  /** Courses that reached the target and had it before. */
  readonly beforeReached: number
  /** Courses that reached the target, and courses whose deals were all lost: those that it was first known of just then. */
  readonly filledAtReached: number
  readonly filledAtLost: number
}

export interface TraitTallies {
  readonly leads: number
  /** Courses with a first landmark, whatever became of it. */
  readonly entries: number
  readonly reached: number
  readonly others: number
  /** Of the others: those that had deals, all of which were lost. */
  readonly lost: number
  /** Most leads first. */
  readonly traits: readonly TraitTally[]
  /** There are more traits than are told here. */
  readonly isCut: boolean
}

/** Names that are told apart. */
const MOST_TRAITS = 1_000

/** Just then: from a day before the end of a course to a week after it, when people get round to what they fill in because of it. */
const FILLED_EARLIEST = DAY
const FILLED_LATEST = 7 * DAY

type Counts = { -readonly [Key in keyof TraitTally]: TraitTally[Key] }

export function createTraitTally(): {
  observe: (lead: LeadCourses) => void
  read: () => TraitTallies
} {
  let leads = 0
  let entries = 0
  let reached = 0
  let others = 0
  let lost = 0
  let isCut = false
  let account = -1
  const tallies = new Map<string, Counts>()
  const tallyOf = (of: SubjectKind, name: string): Counts | undefined => {
    const key = `${of}.${name}`
    const known = tallies.get(key)
    if (known) return known
    if (tallies.size >= MOST_TRAITS) {
      isCut = true
      return undefined
    }
    const fresh = {
      of,
      name,
      values: 0,
      undated: 0,
      leads: 0,
      atEntry: 0,
      ofReached: 0,
      ofOthers: 0,
      beforeReached: 0,
      filledAtReached: 0,
      filledAtLost: 0,
    }
    tallies.set(key, fresh)
    return fresh
  }
  const countValues = (of: SubjectKind, traits: readonly Trait[]): void => {
    for (const { name, undated } of traits) {
      const tally = tallyOf(of, name)
      if (!tally) continue
      tally.values += 1
      if (undated) tally.undated += 1
    }
  }
  const countSubjects = ({ courses }: LeadCourses, of: SubjectKind, traits: readonly Trait[]): void => {
    for (const name of traitsBefore(traits, Number.POSITIVE_INFINITY).keys()) {
      const tally = tallyOf(of, name)
      if (!tally) continue
      tally.leads += 1
      for (const { course } of courses) {
        if (hasReached(course)) tally.ofReached += 1
        else tally.ofOthers += 1
      }
    }
    for (const { course, landmarks } of courses) {
      if (landmarks[0])
        for (const name of traitsBefore(traits, landmarks[0].asOf).keys()) add(tallyOf(of, name), 'atEntry')
      if (hasReached(course))
        for (const name of traitsBefore(traits, course.reachedAt).keys())
          add(tallyOf(of, name), 'beforeReached')
      const endsAt = endOf(course)
      if (endsAt === null) continue
      const key = hasReached(course) ? 'filledAtReached' : 'filledAtLost'
      for (const [name, knownAt] of firstKnown(traits))
        if (knownAt >= endsAt - FILLED_EARLIEST && knownAt < endsAt + FILLED_LATEST)
          add(tallyOf(of, name), key)
    }
  }
  return {
    observe(seen) {
      leads += 1
      for (const { course, landmarks } of seen.courses) {
        if (landmarks.length > 0) entries += 1
        if (hasReached(course)) reached += 1
        else others += 1
        if (!hasReached(course) && endOf(course) !== null) lost += 1
      }
      if (seen.group !== account) countValues('account', seen.account.traits)
      account = seen.group
      countValues('lead', seen.lead.traits)
      countSubjects(seen, 'lead', seen.lead.traits)
      countSubjects(seen, 'account', seen.account.traits)
    },
    read: () => ({
      leads,
      entries,
      reached,
      others,
      lost,
      isCut,
      traits: [...tallies.values()].sort((a, b) => b.leads - a.leads || compare(a, b)),
    }),
  }
}

/** As far as is recorded, also after the cut-off: traits are looked at as they are today. */
export function hasReached({ reachedAt }: Course): boolean {
  return reachedAt < Number.POSITIVE_INFINITY
}

/** When the target was reached, or the last of its deals lost; null while it is undecided. */
function endOf(course: Course): Milliseconds | null {
  if (hasReached(course)) return course.reachedAt
  const closed = course.deals.map(({ closedAt }) => closedAt ?? Number.POSITIVE_INFINITY)
  const last = closed.reduce((latest, at) => Math.max(latest, at), Number.NEGATIVE_INFINITY)
  return Number.isFinite(last) ? last : null
}

/** When each trait was first known, by its name. */
function firstKnown(traits: readonly Trait[]): ReadonlyMap<string, Milliseconds> {
  const first = new Map<string, Milliseconds>()
  for (const { name, knownAt } of traits) first.set(name, Math.min(knownAt, first.get(name) ?? knownAt))
  return first
}

function add(
  tally: Counts | undefined,
  key: 'atEntry' | 'beforeReached' | 'filledAtReached' | 'filledAtLost',
): void {
  if (tally) tally[key] += 1
}

function compare(a: TraitTally, b: TraitTally): number {
  return `${a.of}.${a.name}` < `${b.of}.${b.name}` ? -1 : 1
}
