/** The time by the server's clock: that of a computer may be wrong by a day, and a response would be late that is not due yet. */

/** Smaller differences are those of the way, and of a header that counts whole seconds. */
const LEAST_WRONG = 60_000

/** How far the server is ahead of this computer. */
let ahead = 0

interface Answered {
  /** By the clock of this computer. */
  readonly askedAt: number
  readonly answeredAt: number
  /** The header `Date`. */
  readonly date: string | null
}

/** How far ahead whoever answered is; 0: no further than the clocks of two computers are apart. null: it did not say. */
export function aheadBy({ askedAt, answeredAt, date }: Answered): number | null {
  const told = Date.parse(date ?? '')
  if (Number.isNaN(told)) return null
  if (told < askedAt - LEAST_WRONG) return told - askedAt
  return told > answeredAt + LEAST_WRONG ? told - answeredAt : 0
}

/** What is shown does not waver by the seconds that answers differ by. */
export function noteServerTime(answered: Answered): void {
  const by = aheadBy(answered)
  if (by !== null && (by === 0 || Math.abs(by - ahead) > LEAST_WRONG)) ahead = by
}

export function serverNow(): number {
  return Date.now() + ahead
}
