/**
 * A value that all but decides the outcome. Honest values make it likelier; "contract sent" makes it certain, and ranks few
 * rows, so that the AUC of its column stays low.
 */

export interface CertainValue {
  /** null: a range of a number. */
  readonly value: string | null
  readonly rows: number
  /** That reached the target. */
  readonly rate: number
  /** Lower end of the 95 % interval of the rate. */
  readonly low: number
}

const LEAST_ACCOUNTS = 30
const LEAST_RATE = 0.8
/** Where one in a hundred converts, one in three may be honest; where one in three does, nine in ten. */
const TIMES_THE_ODDS = 50

/**
 * @param accounts Independent rows that have the value.
 * @param low Lower end of the interval of their outcome rate.
 * @param rate Of all rows.
 */
export function isCertain(accounts: number, low: number, rate: number): boolean {
  const odds = (share: number): number => share / (1 - share)
  return accounts >= LEAST_ACCOUNTS && low >= LEAST_RATE && odds(low) >= TIMES_THE_ODDS * odds(rate)
}
