import type { Milliseconds } from '../../glossary.ts'

/** A sleep that can be ended. What rings while nobody sleeps ends the next sleep at once. */
export interface Alarm {
  ring(): void
  /** true: it rang. */
  sleep(most: Milliseconds): Promise<boolean>
}

/** For one sleeper. */
export function createAlarm(): Alarm {
  let hasRung = false
  let wake: (() => void) | null = null
  return {
    ring() {
      hasRung = true
      wake?.()
    },
    async sleep(most) {
      if (!hasRung)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, most)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      wake = null
      const rang = hasRung
      hasRung = false
      return rang
    },
  }
}
