/** How many rows of one subject a single question may compute: each row walks over all that is known of it. */
import { WonlostError } from '../errors.ts'
import type { ScoredSubject } from './scored-subject.ts'

/** Events and people that all rows together may walk over: some tenths of a second with the definitions of the package. */
const MOST_STEPS = 500_000
/** Between two breaths: some milliseconds. */
const STEPS_A_BREATH = 20_000

interface RowAllowance {
  readonly rows: number
  /** Await it before each row: now and then others get their turn. */
  readonly breathe: () => Promise<void>
}

/** Throws `subject_too_large` where not even two rows may be computed. */
export function rowAllowance({ account }: ScoredSubject, breathe?: () => Promise<void>): RowAllowance {
  const steps = account.leads.reduce(
    (sum, { events, people }) => sum + 1 + events.length + (people?.length ?? 0),
    0,
  )
  const rows = Math.floor(MOST_STEPS / steps)
  if (rows < 2) {
    const message = `Too much is known of this subject to compute it at several moments, or without single events: at most ${MOST_STEPS / 2} events and people. Given: ${steps}.`
    throw new WonlostError('subject_too_large', message)
  }
  let walked = 0
  return {
    rows,
    async breathe() {
      walked += steps
      if (walked < STEPS_A_BREATH) return
      walked = 0
      await breathe?.()
    },
  }
}
