/** How often each trait is there: today, at the first landmark, and for those who reached the target. */
import { traitsBefore } from '../../src/features/facts.ts'
import type { SubjectKind, Trait } from '../../src/glossary.ts'
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
}

export interface TraitTallies {
  readonly leads: number
  /** Courses with a first landmark, whatever became of it. */
  readonly entries: number
  readonly reached: number
  readonly others: number
  /** Most leads first. */
  readonly traits: readonly TraitTally[]
  /** There are more traits than are told here. */
  readonly isCut: boolean
}

/** Names that are told apart. */
const MOST_TRAITS = 1_000

type Counts = { -readonly [Key in keyof TraitTally]: TraitTally[Key] }

export function createTraitTally(): {
  observe: (lead: LeadCourses) => void
  read: () => TraitTallies
} {
  let leads = 0
  let entries = 0
  let reached = 0
  let others = 0
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
    }
  }
  return {
    observe(seen) {
      leads += 1
      for (const { course, landmarks } of seen.courses) {
        if (landmarks.length > 0) entries += 1
        if (hasReached(course)) reached += 1
        else others += 1
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
      isCut,
      traits: [...tallies.values()].sort((a, b) => b.leads - a.leads || compare(a, b)),
    }),
  }
}

/** As far as is recorded, also after the cut-off: traits are looked at as they are today. */
function hasReached({ reachedAt }: Course): boolean {
  return reachedAt < Number.POSITIVE_INFINITY
}

function add(tally: Counts | undefined, key: 'atEntry' | 'beforeReached'): void {
  if (tally) tally[key] += 1
}

function compare(a: TraitTally, b: TraitTally): number {
  return `${a.of}.${a.name}` < `${b.of}.${b.name}` ? -1 : 1
}
