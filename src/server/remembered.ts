/** What is costly to count and need not be of this very moment: one asks the database, all who ask meanwhile and shortly after have its answer. */
import type { Milliseconds } from '../glossary.ts'

/** Different questions that are remembered at a time. */
const MOST = 100

export function createRemembered<Answer>(
  lifetime: Milliseconds,
  now: () => Milliseconds,
): (key: string, ask: () => Promise<Answer>) => Promise<Answer> {
  const known = new Map<string, { readonly until: Milliseconds; readonly answer: Promise<Answer> }>()
  return (key, ask) => {
    const found = known.get(key)
    if (found && now() < found.until) return found.answer
    known.delete(key)
    for (const oldest of known.keys()) {
      if (known.size < MOST) break
      known.delete(oldest)
    }
    const answer = ask()
    known.set(key, { until: now() + lifetime, answer })
    // Whoever asks next tries again.
    answer.catch(() => {
      if (known.get(key)?.answer === answer) known.delete(key)
    })
    return answer
  }
}
