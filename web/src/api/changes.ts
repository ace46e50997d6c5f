/** Changes of scores as they happen; where there is no stream, a look every so often. */
import { useEffect, useEffectEvent } from 'react'

const LOOK_EVERY = 15_000
/** Changes come in bursts: what follows within this time is one. */
const BURST = 750

export interface Changes {
  readonly subject: 'lead' | 'account'
  /** Only of this one; without it of all. */
  readonly id?: string
  /** Called when something may have changed. */
  readonly onChange: () => void
}

export function useChanges({ subject, id, onChange }: Changes): void {
  const changed = useEffectEvent(onChange)
  useEffect(() => {
    let burst: ReturnType<typeof setTimeout> | undefined
    let looking: ReturnType<typeof setInterval> | undefined
    const later = (): void => {
      burst ??= setTimeout(() => {
        burst = undefined
        if (!document.hidden) changed()
      }, BURST)
    }
    const look = (): void => {
      looking ??= setInterval(later, LOOK_EVERY)
    }
    const stream = new EventSource(`/v1/stream?subject=${subject}`)
    stream.addEventListener('score', ({ data }) => {
      if (id === undefined || isAbout(String(data), `${subject}_id`, id)) later()
    })
    // After a break something may have been missed that the stream does not tell again.
    stream.addEventListener('open', () => {
      clearInterval(looking)
      looking = undefined
    })
    stream.addEventListener('error', look)
    return () => {
      stream.close()
      clearTimeout(burst)
      clearInterval(looking)
    }
  }, [subject, id])
}

function isAbout(data: string, field: string, id: string): boolean {
  const told: Readonly<Record<string, unknown>> = JSON.parse(data)
  return told[field] === id
}
