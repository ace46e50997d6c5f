/** Changes of scores as they happen, for a part of the page. */
import { useEffect, useEffectEvent } from 'react'
import { followScores, type Subject } from './score-stream.ts'

/** Changes come in bursts: what follows within this time is one. */
const BURST = 750

export interface Changes {
  readonly subject: Subject
  /** Called when something may have changed. */
  readonly onChange: () => void
}

export function useChanges({ subject, onChange }: Changes): void {
  const changed = useEffectEvent(onChange)
  useEffect(() => {
    let burst: ReturnType<typeof setTimeout> | undefined
    const unfollow = followScores(subject, () => {
      burst ??= setTimeout(() => {
        burst = undefined
        changed()
      }, BURST)
    })
    return () => {
      unfollow()
      clearTimeout(burst)
    }
  }, [subject])
}
