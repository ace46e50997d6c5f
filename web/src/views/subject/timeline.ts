/** Events as a timeline shows them: the latest first, day by day, each as large as it is worth. */
import type { EventWorth } from './subject-answers.ts'

export interface TimelineDay {
  /** Of its first event: the latest. */
  readonly at: number
  readonly events: readonly EventWorth[]
}

const SMALLEST = 3
const LARGEST = 11

/** `dayOf`: the same for two times of one day of the reader. */
export function timelineDays(
  events: readonly EventWorth[],
  dayOf: (time: number) => string,
): readonly TimelineDay[] {
  const days = new Map<string, { at: number; events: EventWorth[] }>()
  for (const event of events.toReversed()) {
    const at = Date.parse(event.occurred_at)
    const day = days.get(dayOf(at))
    if (day) day.events.push(event)
    else days.set(dayOf(at), { at, events: [event] })
  }
  return [...days.values()]
}

/** Radius of a dot whose area grows with the points; `most` are those of the largest one. */
export function dotRadius(points: number, most: number): number {
  const share = most > 0 ? Math.min(1, Math.abs(points) / most) : 0
  return SMALLEST + (LARGEST - SMALLEST) * Math.sqrt(share)
}

export function isBehind({ adds }: EventWorth, group: string | null): boolean {
  return group !== null && adds.some((added) => added.group === group)
}
