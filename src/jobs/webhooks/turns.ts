/** So many at a time of each, first come, first served; who waits for too long gives up. */
import type { Milliseconds } from '../../glossary.ts'

export interface Turns {
  /** false: there was none within `patience`. */
  take(key: string): Promise<boolean>
  /** After a turn that was taken. */
  giveBack(key: string): void
}

interface Line {
  inHand: number
  readonly waiting: Set<() => void>
}

export function createTurns(each: number, patience: Milliseconds): Turns {
  const lines = new Map<string, Line>()
  return {
    async take(key) {
      const line = lines.get(key) ?? { inHand: 0, waiting: new Set() }
      lines.set(key, line)
      if (line.inHand < each) {
        line.inHand += 1
        return true
      }
      return new Promise((resolve) => {
        // Whoever calls it hands over a turn of its own.
        const next = (): void => {
          clearTimeout(late)
          resolve(true)
        }
        const late = setTimeout(() => {
          line.waiting.delete(next)
          resolve(false)
        }, patience)
        line.waiting.add(next)
      })
    },
    giveBack(key) {
      const line = lines.get(key)
      if (!line) return
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
