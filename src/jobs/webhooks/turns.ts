/** So many at a time of each, first come, first served; who waits for too long gives up, and so does then whoever comes after. */
import type { Milliseconds } from '../../glossary.ts'

export interface Turns {
  /** false: there was none within `patience`, or the last who waited had none and nothing moved since. */
  take(key: string): Promise<boolean>
  /** After a turn that was taken. Of a slow one there is one at a time, until one is quick again. */
  giveBack(key: string, isSlow?: boolean): void
}

interface Line {
  inHand: number
  most: number
  /** Somebody waited in vain, and nobody gave a turn back since: nobody else is kept waiting. */
  isStuck: boolean
  readonly waiting: Set<() => void>
}

export function createTurns(each: number, patience: Milliseconds): Turns {
  const lines = new Map<string, Line>()
  return {
    async take(key) {
      const line = lines.get(key) ?? { inHand: 0, most: each, isStuck: false, waiting: new Set() }
      lines.set(key, line)
      if (line.inHand < line.most) {
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
    giveBack(key, isSlow = false) {
      const line = lines.get(key)
      if (!line) return
      line.isStuck = false
      line.most = isSlow ? 1 : each
      const [next] = line.waiting
      if (next && line.inHand <= line.most) {
        line.waiting.delete(next)
        next()
        return
      }
      line.inHand -= 1
      if (line.inHand === 0 && !isSlow) lines.delete(key)
    },
  }
}
