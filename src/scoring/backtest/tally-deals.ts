/** Won deals, judged at their hand-off: which of them a rule would have cost. */
import type { ExpectedValuePolicy } from '../../policy/expected-value.ts'
import type { WonDealCost } from './backtest-report.ts'
import { Revenue } from './revenue.ts'
import type { JudgedDeal } from './won-deals.ts'

const MOST_EXAMPLES = 10

export class DealTally {
  #judged = 0
  #lost = 0
  #touched = 0
  #alone = 0
  readonly #examples: string[] = []
  readonly #revenueLost: Revenue

  constructor(policy: ExpectedValuePolicy | undefined) {
    this.#revenueLost = new Revenue(policy)
  }

  /** @param deal With a contact at least. @param isLostWithout Lost to the other rules that disqualify. */
  add(
    { dealId, money, contacts }: JudgedDeal,
    holds: (contact: Uint8Array) => boolean,
    isLostWithout: () => boolean,
  ): void {
    this.#judged += 1
    const held = contacts.filter(holds).length
    if (held > 0 && held < contacts.length) this.#touched += 1
    if (held < contacts.length) return
    this.#lost += 1
    if (money) this.#revenueLost.add(money)
    if (!isLostWithout()) this.#alone += 1
    if (this.#examples.length < MOST_EXAMPLES) this.#examples.push(dealId)
  }

  get cost(): WonDealCost {
    return {
      judged: this.#judged,
      lost: this.#lost,
      revenue_lost: this.#revenueLost.amount,
      revenue_lost_unconverted: this.#revenueLost.unconverted,
      touched: this.#touched,
      lost_by_this_alone: this.#alone,
      examples: this.#examples,
    }
  }
}
