/** Won deals, judged at their hand-off: which of them a rule would have cost. */
import type { WonDealCost } from './backtest-report.ts'

/** A won deal with what held, by place of the rule, for each contact that was known at the hand-off: at least one. */
export interface JudgedDeal {
  readonly dealId: string
  readonly amount: number
  readonly contacts: readonly Uint8Array[]
}

const MOST_EXAMPLES = 10

export class DealTally {
  #judged = 0
  #lost = 0
  #revenueLost = 0
  #touched = 0
  #alone = 0
  readonly #examples: string[] = []

  /** @param isLostWithout Lost to the other rules that disqualify. */
  add(
    { dealId, amount, contacts }: JudgedDeal,
    holds: (contact: Uint8Array) => boolean,
    isLostWithout: boolean,
  ): void {
    this.#judged += 1
    const held = contacts.filter(holds).length
    if (held > 0 && held < contacts.length) this.#touched += 1
    if (held < contacts.length) return
    this.#lost += 1
    this.#revenueLost += amount
    if (!isLostWithout) this.#alone += 1
    if (this.#examples.length < MOST_EXAMPLES) this.#examples.push(dealId)
  }

  get cost(): WonDealCost {
    return {
      judged: this.#judged,
      lost: this.#lost,
      revenue_lost: this.#revenueLost,
      touched: this.#touched,
      lost_by_this_alone: this.#alone,
      examples: this.#examples,
    }
  }
}
