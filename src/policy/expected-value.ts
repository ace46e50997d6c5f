/**
 * What a lead is worth before anybody knows: probability x expected amount, another order of the queue. The amount is that of the open
 * deal of the lead, or else the median of what was won in its segment.
 */
import { z } from 'zod'
import { type Fault, strictFields } from '../checked-yaml.ts'

const currencyCode = z.string().regex(/^[A-Z]{3}$/, 'must be a currency code of three capitals, such as EUR')

export const expectedValueSchema = strictFields({
  /** Values are in it, so that they can be compared. */
  currency: currencyCode,
  /** What one unit of another currency is worth in it. */
  rates: z.record(currencyCode, z.number().gt(0).max(1e9)).default({}),
  /** A segment with fewer won deals takes the median of everyone. */
  least_won_deals: z.int().min(1).max(1_000_000).default(20),
}).optional()

export type ExpectedValuePolicy = Readonly<NonNullable<z.infer<typeof expectedValueSchema>>>

export function expectedValueFaults({ currency, rates }: ExpectedValuePolicy): Fault[] {
  const own = rates[currency]
  if (own === undefined || own === 1) return []
  const message = `must be 1 or be left out: values are in ${currency} as it is. Given: ${own}.`
  return [{ path: ['expected_value', 'rates', currency], message }]
}

/** An amount of a deal as it is recorded. Without a currency it is taken to be in that of the policy. */
export interface Money {
  readonly amount: number
  readonly currency: string | null
}

/** Won amounts of a segment ('': of everyone) in one currency. */
interface WonAmounts {
  readonly segment: string
  readonly currency: string | null
  /** Ascending. */
  readonly amounts: readonly number[]
}

/** What won deals came to, segment by segment, as it was looked at some time. */
export interface AmountTable {
  readonly version: number
  readonly segments: readonly WonAmounts[]
}

export interface ExpectedValue {
  readonly amount: number
  readonly currency: string
  readonly basis: 'open deal' | 'median of segment'
  /** probability x amount. */
  readonly value: number
  /** Of the median: the segment whose deals it is of, null for those of everyone; and the version of the table of amounts. */
  readonly segment: string | null
  readonly amounts_version: string | null
}

/** null without a probability or an amount, or where no rate brings the amount into the currency of the policy. */
export function expectedValueOf(
  policy: ExpectedValuePolicy,
  amounts: AmountTable | null,
  lead: {
    readonly probability: number | null
    readonly openDeal: Money | null
    readonly segments: readonly string[]
  },
): ExpectedValue | null {
  const { probability, openDeal } = lead
  if (probability === null) return null
  const { currency } = policy
  const amount = openDeal && inCurrency(policy, openDeal)
  if (amount !== null) {
    const value = probability * amount
    return { amount, currency, basis: 'open deal', value, segment: null, amounts_version: null }
  }
  const found = amounts && medianFor(policy, amounts, lead.segments)
  if (!found) return null
  return {
    amount: found.median,
    currency,
    basis: 'median of segment',
    value: probability * found.median,
    segment: found.segment === '' ? null : found.segment,
    amounts_version: String(amounts.version),
  }
}

/** The amount in the currency of the policy; null where it has no rate for it. */
export function inCurrency(
  { currency, rates }: ExpectedValuePolicy,
  { amount, currency: own }: Money,
): number | null {
  const rate = own === null || own === currency ? 1 : Object.hasOwn(rates, own) ? rates[own]! : null
  return rate === null ? null : amount * rate
}

export interface SegmentMedian {
  readonly segment: string
  readonly median: number
  readonly deals: number
}

const computed = new WeakMap<AmountTable, WeakMap<ExpectedValuePolicy, readonly SegmentMedian[]>>()

/** The most specific segment with enough deals, else everyone, however few. */
function medianFor(
  policy: ExpectedValuePolicy,
  table: AmountTable,
  segments: readonly string[],
): SegmentMedian | undefined {
  const medians = mediansOf(policy, table)
  for (const name of segments) {
    const own = medians.find(({ segment }) => segment === name)
    if (own && own.deals >= policy.least_won_deals) return own
  }
  return medians.find(({ segment }) => segment === '')
}

/** Worked out once for a policy and a table: scoring asks for every lead. Of segments without a deal that can be counted: none. */
export function mediansOf(policy: ExpectedValuePolicy, table: AmountTable): readonly SegmentMedian[] {
  let ofTable = computed.get(table)
  if (!ofTable) {
    ofTable = new WeakMap()
    computed.set(table, ofTable)
  }
  let medians = ofTable.get(policy)
  if (!medians) {
    medians = computeMedians(policy, table)
    ofTable.set(policy, medians)
  }
  return medians
}

function computeMedians(policy: ExpectedValuePolicy, { segments }: AmountTable): SegmentMedian[] {
  const names = [...new Set(segments.map(({ segment }) => segment))]
  return names.flatMap((segment) => {
    const converted = segments
      .filter((one) => one.segment === segment)
      .flatMap(({ amounts, currency }) =>
        amounts.flatMap((amount) => inCurrency(policy, { amount, currency }) ?? []),
      )
      .sort((a, b) => a - b)
    const deals = converted.length
    if (deals === 0) return []
    const middle = (deals - 1) / 2
    const median = (converted[Math.floor(middle)]! + converted[Math.ceil(middle)]!) / 2
    return [{ segment, median, deals }]
  })
}
