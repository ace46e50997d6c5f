/** Won deals of a history, each with its contacts. One with contacts at several companies comes with each of these, and is one deal. */
import type { Deal } from '../../glossary.ts'
import type { Money } from '../../policy/expected-value.ts'

/** A won deal with what held, by place of the rule, for each contact that was known at the hand-off. */
export interface JudgedDeal {
  readonly dealId: string
  /** null: no amount is recorded. */
  readonly money: Money | null
  readonly contacts: readonly Uint8Array[]
}

export class WonDeals {
  readonly #deals = new Map<string, JudgedDeal & { readonly contacts: Uint8Array[] }>()

  /** `contacts`: those of one company, none for a company that knew none of them. */
  add({ dealId, amount, currency }: Deal, contacts: readonly Uint8Array[]): void {
    const known = this.#deals.get(dealId)
    if (known) known.contacts.push(...contacts)
    else {
      const money = amount === null ? null : { amount, currency }
      this.#deals.set(dealId, { dealId, money, contacts: [...contacts] })
    }
  }

  /** In the order in which they came first. */
  get all(): readonly JudgedDeal[] {
    return [...this.#deals.values()]
  }
}
