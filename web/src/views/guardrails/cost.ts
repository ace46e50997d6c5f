import { moneyText, percentText, wholeText } from '../../format/numbers.ts'
import type { Backtest, RuleCost } from './rules-of.ts'

type Figures = Pick<RuleCost, 'stopped' | 'rest' | 'won_deals'>

interface CostWords {
  readonly leads: string
  readonly deals: string
}

const HELD: CostWords = { leads: 'would have held for', deals: 'won deals it held for' }
const WORDS: Readonly<Record<string, CostWords>> = {
  disqualify: { leads: 'would have stopped', deals: 'won deals lost' },
  review: { leads: 'would have held up', deals: 'won deals held up' },
  cap: { leads: 'would have capped', deals: 'won deals capped' },
  raise: { leads: 'would have raised', deals: 'won deals raised' },
}

/** What a rule of this action does to leads and deals: only what disqualifies loses them. */
export const costWords = (action: string): CostWords => WORDS[action] ?? HELD

/** `2 won deals, €81,000`: what would have been lost. Amounts in currencies without a rate are added to nothing. */
export function lostText({ won_deals }: Figures, currency: string | null): string {
  const { lost, revenue_lost, revenue_lost_unconverted } = won_deals
  if (lost === 0) return 'none'
  const amounts = [
    ...(revenue_lost > 0
      ? [currency === null ? wholeText(revenue_lost) : moneyText(revenue_lost, currency)]
      : []),
    ...Object.entries(revenue_lost_unconverted).map(([code, amount]) => moneyText(amount, code)),
  ]
  return [`${wholeText(lost)} of ${wholeText(won_deals.judged)}`, ...amounts].join(', ')
}

/** `7.1 % (2.8 to 17)`: of those it would have stopped, how many won all the same. */
export function rateText({ rate, interval }: Figures['stopped']): string {
  if (rate === null) return 'nobody'
  const [low, high] = interval ?? []
  return low === undefined || high === undefined
    ? percentText(rate)
    : `${percentText(rate)} (${percentText(low)} to ${percentText(high)})`
}

/** Over what it was counted. */
export function spanText({ leads, sampled, won_deals, horizon_days }: Backtest['in_force']): string {
  return `${wholeText(leads)} leads${sampled ? ', a part of all,' : ''} and ${wholeText(won_deals)} won deals, each judged by what was known then; a lead has won when it did within ${wholeText(horizon_days)} days.`
}
