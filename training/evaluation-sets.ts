/**
 * The moments at which a model is judged, all in the test part and of its accounts only: every landmark, entry, the hand-off to
 * sales, and a random calendar day. A score is used at all of these, and a figure of one says little about another.
 */
import type { Segment } from '../src/features/segments.ts'
import { DAY, type Milliseconds } from '../src/glossary.ts'
import { type Course, coursesOf, type LandmarkPlan } from './course.ts'
import { landmarkAt } from './landmarks.ts'
import { randomIntegers } from './random.ts'
import type { RecordSource } from './record-source.ts'
import { eachLead, type Row, toRow } from './rows.ts'
import { isMember } from './segment.ts'
import type { Part, Split } from './split.ts'

export const EVALUATION_SETS = ['all_landmarks', 'at_entry', 'at_hand_off', 'on_a_random_day'] as const
export type EvaluationSetName = (typeof EVALUATION_SETS)[number]

export type EvaluationSets = Readonly<Record<EvaluationSetName, readonly Row[]>>

/** One result for each set. */
export function mapSets<Result>(map: (name: EvaluationSetName) => Result): Record<EvaluationSetName, Result> {
  return Object.fromEntries(EVALUATION_SETS.map((name) => [name, map(name)])) as Record<
    EvaluationSetName,
    Result
  >
}

export async function evaluationSets(
  records: RecordSource,
  plan: LandmarkPlan,
  testRows: readonly Row[],
  split: Split,
  seed: number,
  segment: Segment | null = null,
): Promise<EvaluationSets> {
  const { test } = split.parts
  const draw = randomIntegers(seed)
  const atHandOff: Row[] = []
  const onARandomDay: Row[] = []
  for await (const { account, lead, group } of eachLead(records)) {
    if (split.partOfGroup.get(group) !== 'test') continue
    for (const course of coursesOf(account, lead, plan)) {
      const add = (set: Row[], asOf: Milliseconds | null): void => {
        if (asOf === null || asOf < test.startsAt || asOf >= test.endsAt) return
        const day = (asOf - course.enteredAt) / DAY
        const row = toRow(landmarkAt(course, asOf, day, plan, test.endsAt), group)
        if (row.usable && isMember(segment, account, lead, asOf)) set.push(row)
      }
      if (hasHandOff(plan)) add(atHandOff, course.handedOffAt)
      add(onARandomDay, randomDay(course, test, plan, draw))
    }
  }
  return {
    all_landmarks: testRows,
    at_entry: testRows.filter((row) => row.day === 0),
    at_hand_off: atHandOff,
    on_a_random_day: onARandomDay,
  }
}

/** A deal enters at its own hand-off; and where the target is the opening, the answer is known at the hand-off. */
function hasHandOff(plan: LandmarkPlan): boolean {
  return plan.population !== 'deals' && plan.target !== 'opened'
}

/** A midnight (UTC) between entry and the last moment whose label is known, each equally likely; null when there is none. */
function randomDay(
  course: Course,
  test: Part,
  plan: LandmarkPlan,
  draw: (days: number) => number,
): Milliseconds | null {
  const first = Math.ceil(Math.max(course.enteredAt, test.startsAt) / DAY)
  const last = Math.floor((test.endsAt - (plan.horizonDays ?? 0) * DAY) / DAY)
  return last < first ? null : (first + draw(last - first + 1)) * DAY
}
