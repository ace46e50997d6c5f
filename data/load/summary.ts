/** What a simulation brought, for people and for programs. */
import { formatTime } from '../../src/glossary.ts'
import { monthsBefore } from '../simulator/calendar.ts'
import type { SimulationOptions } from '../simulator/process.ts'
import type { Tally } from './tally.ts'

export function summaryJson(
  tally: Tally,
  options: SimulationOptions,
  seconds: number,
): Record<string, unknown> {
  return {
    seed: options.seed,
    drift: options.drift,
    campaign_change_days: options.campaignChangeDays ?? null,
    starts_at: formatTime(monthsBefore(options.endsAt, options.months)),
    ends_at: formatTime(options.endsAt),
    leads: tally.leads,
    accounts: tally.accounts,
    events: tally.events,
    traits: tally.traits,
    deals: { new_business: tally.newBusiness, expansion: tally.expansion },
    leads_won: tally.leadsWon,
    won_within_90_days: baseRate(tally),
    seconds,
  }
}

export function summaryText(tally: Tally, options: SimulationOptions, seconds: number): string {
  const count = (value: number): string => value.toLocaleString('en-GB')
  const { newBusiness, expansion } = tally
  const rate = baseRate(tally)
  return [
    `Simulated ${formatTime(monthsBefore(options.endsAt, options.months))} to ${formatTime(options.endsAt)}, seed ${options.seed}${options.drift ? '' : ', without drift'}${campaignText(options)}, in ${seconds.toFixed(1)} s:`,
    `  ${count(tally.leads)} leads, ${count(tally.accounts)} accounts, ${count(tally.events)} events`,
    `  deals: ${count(newBusiness.won)} won, ${count(newBusiness.lost)} lost, ${count(newBusiness.open)} open; expansion: ${count(expansion.won)} won, ${count(expansion.lost)} lost, ${count(expansion.open)} open`,
    `  ${count(tally.leadsWon)} leads won${rate === null ? '' : `; ${(100 * rate).toFixed(1)} % of leads win within 90 days`}`,
  ].join('\n')
}

function campaignText({ campaignChangeDays: days }: SimulationOptions): string {
  return days === undefined ? '' : `, other campaigns in the last ${days} days`
}

/** null when no lead is 90 days old. */
function baseRate(tally: Tally): number | null {
  return tally.leadsOf90Days === 0 ? null : tally.leadsWonIn90Days / tally.leadsOf90Days
}
