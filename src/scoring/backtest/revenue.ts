/** Amounts of deals, added in the currency of the policy. What none of its rates brings into that stands apart, and is added to nothing. */
import { type ExpectedValuePolicy, inCurrency, type Money } from '../../policy/expected-value.ts'

export class Revenue {
  readonly #policy: ExpectedValuePolicy | undefined
  readonly #apart = new Map<string, number>()
  amount = 0

  /** `policy`: without one there are no rates, and only amounts that name no currency are added. */
  constructor(policy: ExpectedValuePolicy | undefined) {
    this.#policy = policy
  }

  add(money: Money): void {
    const { amount, currency } = money
    const converted = this.#policy ? inCurrency(this.#policy, money) : currency === null ? amount : null
    if (converted !== null) this.amount += converted
    else if (currency !== null) this.#apart.set(currency, (this.#apart.get(currency) ?? 0) + amount)
  }

  /** By currency, in order of the alphabet. */
  get unconverted(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#apart].sort(([a], [b]) => (a < b ? -1 : 1)))
  }
}
