/** Changes of scores as they happen, for a part of the page. */
import { useEffect, useEffectEvent } from 'react'
import { type Followed, followScores } from './score-stream.ts'

/** Changes come in bursts: what follows within this time is one. */
const BURST = 750

export interface Changes extends Followed {
  /** Called when something may have changed. */
  readonly onChange: () => void
}

export function useChanges({ subject, id, onChange }: Changes): void {
  const changed = useEffectEvent(onChange)
  useEffect(() => {
    let burst: ReturnType<typeof setTimeout> | undefined
    const unfollow = followScores({ subject, id }, () => {
      burst ??= setTimeout(() => {
        burst = undefined
        changed()
      }, BURST)
    })
    return () => {
      unfollow()
      clearTimeout(burst)
    }
  }, [subject, id])
}
