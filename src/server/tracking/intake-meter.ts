/** How much arrives live at this server: messages by minute, over an hour. In memory, because counting events would read all of them. */
import { MINUTE, type Milliseconds } from '../../glossary.ts'

interface IntakeMinute {
  /** When it began. */
  readonly from: Milliseconds
  readonly received: number
  readonly rejected: number
}

export interface IntakeMeter {
  count(received: number, rejected: number): void
  /** The last 60 minutes, the oldest first; the last one is not over yet. */
  minutes(): IntakeMinute[]
  /** When it began to count. */
  readonly since: Milliseconds
  /** Of the last message that was received; null: none was. */
  lastAt(): Milliseconds | null
}

const MINUTES = 60

export function createIntakeMeter(now: () => Milliseconds): IntakeMeter {
  const counted = new Map<number, { received: number; rejected: number }>()
  let lastAt: Milliseconds | null = null
  const minuteOf = (at: Milliseconds): number => Math.floor(at / MINUTE)
  return {
    since: now(),
    lastAt: () => lastAt,
    count(received, rejected) {
      if (received === 0) return
      lastAt = now()
      const minute = minuteOf(lastAt)
      for (const old of counted.keys()) if (old <= minute - MINUTES) counted.delete(old)
      const before = counted.get(minute)
      counted.set(minute, {
        received: (before?.received ?? 0) + received,
        rejected: (before?.rejected ?? 0) + rejected,
      })
    },
    minutes() {
      const present = minuteOf(now())
      return Array.from({ length: MINUTES }, (_, place) => {
        const minute = present - MINUTES + 1 + place
        return { from: minute * MINUTE, ...(counted.get(minute) ?? { received: 0, rejected: 0 }) }
      })
    },
  }
}
