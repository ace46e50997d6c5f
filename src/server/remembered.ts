/**
 * What is costly to count and need not be of this very moment: one asks the database, all who ask meanwhile and shortly after have its answer.
 * Different questions are asked one after another: together they would take all connections from everybody else.
 */
import type { Milliseconds } from '../glossary.ts'
import { createTurns } from './stream/turns.ts'

/** Different questions that are remembered at a time. */
const MOST = 100

export function createRemembered<Answer>(
  lifetime: Milliseconds,
  now: () => Milliseconds,
): (key: string, ask: () => Promise<Answer>) => Promise<Answer> {
  const known = new Map<string, { readonly until: Milliseconds; readonly answer: Promise<Answer> }>()
  const inTurn = createTurns()
  return (key, ask) => {
    const found = known.get(key)
    if (found && now() < found.until) return found.answer
    known.delete(key)
    for (const oldest of known.keys()) {
      if (known.size < MOST) break
      known.delete(oldest)
    }
    const answer = inTurn(ask)
    known.set(key, { until: now() + lifetime, answer })
    // Whoever asks next tries again.
    answer.catch(() => {
      if (known.get(key)?.answer === answer) known.delete(key)
    })
    return answer
  }
}
