/** What the reader chose on the page of thresholds: where bands would begin, and what the team can take. It stands in the address. */
import { useLocalStorage } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import { useSearch, useSearchParams } from 'wouter'
import { startsFrom } from './band-sums.ts'

export interface Choice {
  /** Where the bands would begin, the lowest, at 0, first. */
  readonly starts: readonly number[]
  /** The lowest band that the team works on. */
  readonly worked: number
  /** Leads a week; 0: not said. */
  readonly capacity: number
}

/** Browsers let an address change some times a second only, and an edge that is dragged moves more often. */
const REST = 300
export const MOST_CAPACITY = 1_000_000

/** `isOther`: the address speaks of other bands than there are. The capacity is kept for the next visit, too. */
export function useChoice(
  now: readonly number[],
  names: readonly string[],
  lowestWorked: number,
): {
  readonly choice: Choice
  readonly isOther: boolean
  readonly choose: (change: Partial<Choice>) => void
} {
  const search = useSearch()
  const [parameters, setParameters] = useSearchParams()
  const [kept, keep] = useLocalStorage<number>({ key: 'wonlost.thresholds.capacity', defaultValue: 0 })
  // What the address does not say yet.
  const [draft, setDraft] = useState<Choice | null>(null)
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined)
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever address it is, it is the newer word.
  useEffect(() => setDraft(null), [search])
  useEffect(() => () => clearTimeout(waiting.current), [])
  const asked = parameters.get('edges')
  const starts = asked === null ? now : startsFrom(asked, now.length)
  const worked = names.indexOf(parameters.get('worked') ?? '')
  const said: Choice = {
    starts: starts ?? now,
    worked: worked > 0 ? worked : lowestWorked,
    capacity: capacityFrom(parameters.get('capacity')) ?? kept,
  }
  const choice = draft ?? said
  const choose = (change: Partial<Choice>): void => {
    const next = { ...choice, ...change }
    setDraft(next)
    if (change.capacity !== undefined) keep(change.capacity)
    clearTimeout(waiting.current)
    waiting.current = setTimeout(
      () =>
        setParameters(
          (before) => {
            const { starts, worked, capacity } = next
            const after = new URLSearchParams(before)
            const say = (name: string, value: string | null): void =>
              value === null ? after.delete(name) : after.set(name, value)
            say('edges', starts.join() === now.join() ? null : starts.slice(1).join())
            say('worked', worked === lowestWorked ? null : (names[worked] ?? null))
            say('capacity', capacity === 0 ? null : String(capacity))
            return after
          },
          { replace: true },
        ),
      REST,
    )
  }
  return { choice, isOther: starts === null, choose }
}

function capacityFrom(text: string | null): number | null {
  const capacity = text === null || !/^\d{1,7}$/.test(text) ? null : Number(text)
  return capacity !== null && capacity <= MOST_CAPACITY ? capacity : null
}
