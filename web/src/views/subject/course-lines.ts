/** What the plot of a score over time shows: the course by the model of now, what was said at the time, and what changed beside the subject. */
import type { Course, HistoryEntry } from './subject-answers.ts'

export interface CourseLines {
  readonly now: number
  readonly course: readonly CoursePoint[]
  /** In order of time. */
  readonly said: readonly SaidPoint[]
  /** Where another model, policy or other rules answered than before. */
  readonly marks: readonly CourseMark[]
}

interface CoursePoint {
  readonly at: number
  readonly points: number
  readonly band: string
}

interface SaidPoint extends CoursePoint {
  readonly cause: string
}

interface CourseMark {
  readonly at: number
  readonly name: string
}

/** `entries`: newest first, as the history gives them. Those before the first moment of the course are left out. */
export function courseLines({ now, moments }: Course, entries: readonly HistoryEntry[]): CourseLines {
  const from = Math.min(...moments.map(({ as_of }) => Date.parse(as_of)))
  const oldestFirst = entries.toReversed()
  const marks = oldestFirst.flatMap((entry, index) => {
    const before = oldestFirst[index - 1]
    const name = before === undefined ? '' : changedVersions(before, entry).join(', ')
    return name === '' ? [] : [{ at: Date.parse(entry.as_of), name }]
  })
  return {
    now: Date.parse(now),
    course: moments.flatMap((moment) =>
      moment.applies ? [{ at: Date.parse(moment.as_of), points: moment.raw_points, band: moment.band }] : [],
    ),
    said: oldestFirst
      .map(({ as_of, raw_points, decision_band, band, cause }) => ({
        ...{ at: Date.parse(as_of), points: raw_points, band: decision_band ?? band, cause },
      }))
      .filter(({ at }) => at >= from),
    marks: marks.filter(({ at }) => at >= from),
  }
}

function changedVersions(before: HistoryEntry, after: HistoryEntry): readonly string[] {
  return [
    before.version === after.version && before.segment === after.segment ? '' : `model ${after.version}`,
    before.policy_version === after.policy_version ? '' : `policy ${after.policy_version}`,
    before.guardrails_version === after.guardrails_version ? '' : `rules ${after.guardrails_version}`,
  ].filter(Boolean)
}
