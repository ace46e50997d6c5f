/** Whether there is enough to train a model for each segment of the definition, counted while leads are read, as training counts. */
import type { Definition } from '../../src/features/definition.ts'
import { factsAt } from '../../src/features/facts.ts'
import { isInSegment, type Segment } from '../../src/features/segments.ts'
import type { Milliseconds } from '../../src/glossary.ts'
import { assessRows, type Sufficiency } from '../divide-rows.ts'
import { type LeadCourses, type Row, toRow } from '../rows.ts'

export interface SegmentSufficiency {
  readonly segment: Segment
  readonly sufficiency: Pick<Sufficiency, 'outcomes' | 'shortage'>
}

/** Given every lead; `read` may be asked at the end. */
export function createSegmentTally({ segments }: Pick<Definition, 'segments'>): {
  observe: (lead: LeadCourses) => void
  read: (asOf: Milliseconds) => SegmentSufficiency[]
} {
  const tallies = segments.map((segment) => ({ segment, rows: [] as Row[] }))
  return {
    observe({ account, lead, group, courses }) {
      if (tallies.length === 0) return
      for (const landmark of courses.flatMap(({ landmarks }) => landmarks)) {
        const facts = factsAt(account, lead, landmark.asOf)
        for (const { segment, rows } of tallies)
          if (isInSegment(segment, facts)) rows.push(toRow(landmark, group))
      }
    },
    read: (asOf) =>
      tallies.map(({ segment, rows }) => {
        const { outcomes, shortage } = assessRows({ rows }, asOf)
        return { segment, sufficiency: { outcomes, shortage } }
      }),
  }
}
