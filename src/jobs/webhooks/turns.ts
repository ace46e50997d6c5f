/** So many at a time of each, first come, first served; who waits for too long gives up, and so does then whoever comes after. */
import type { Milliseconds } from '../../glossary.ts'

export interface Turns {
  /** false: there was none within `patience`, or the last who waited had none and nothing moved since. */
  take(key: string): Promise<boolean>
  /** After a turn that was taken. */
  giveBack(key: string): void
}

interface Line {
  inHand: number
  /** Somebody waited in vain, and nobody gave a turn back since: nobody else is kept waiting. */
  isStuck: boolean
  readonly waiting: Set<() => void>
}

export function createTurns(each: number, patience: Milliseconds): Turns {
  const lines = new Map<string, Line>()
  return {
    async take(key) {
      const line = lines.get(key) ?? { inHand: 0, isStuck: false, waiting: new Set() }
      lines.set(key, line)
      if (line.inHand < each) {
        line.inHand += 1
        return true
      }
      if (line.isStuck) return false
      return new Promise((resolve) => {
        // Whoever calls it hands over a turn of its own.
        const next = (): void => {
          clearTimeout(late)
          resolve(true)
        }
        const late = setTimeout(() => {
          line.waiting.delete(next)
          line.isStuck = true
          resolve(false)
        }, patience)
        line.waiting.add(next)
      })
    },
    giveBack(key) {
      const line = lines.get(key)
      if (!line) return
      line.isStuck = false
      const [next] = line.waiting
      if (next) {
        line.waiting.delete(next)
        next()
        return
      }
      line.inHand -= 1
      if (line.inHand === 0) lines.delete(key)
    },
  }
}
