/**
 * Replays history against guardrails, record by record: what each rule would have stopped, had it been there all the time, by what was
 * known at each moment. Leads are asked at the landmarks of the model that decides, won deals at their hand-off.
 */
import type { Definition } from '../../features/definition.ts'
import {
  type AccountRecord,
  DAY,
  type Deal,
  formatTime,
  HOUR,
  type LeadRecord,
  type Milliseconds,
} from '../../glossary.ts'
import type { Guardrails } from '../../guardrails/guardrails.ts'
import { knownSince, wasOver, whyNotApplicable } from '../applicability.ts'
import type { Engine } from '../engine.ts'
import { rulesAt } from '../rules-at.ts'
import type { GuardrailsBacktest, RuleFigures, WonDealCost } from './backtest-report.ts'
import { Revenue } from './revenue.ts'
import { DealTally } from './tally-deals.ts'
import { type JudgedMoment, LeadTally } from './tally-leads.ts'
import { type JudgedDeal, WonDeals } from './won-deals.ts'

/** Of a model without a horizon: what training takes for one in the definitions that come with the program. */
const USUAL_HORIZON_DAYS = 90

export interface BacktestPlan {
  readonly engine: Engine
  readonly guardrails: Guardrails
  /** Of the model that decides. */
  readonly definition: Definition
  /** Where the data ends: what came after that is not known. */
  readonly until: Milliseconds
}

export class Backtest {
  readonly #plan: BacktestPlan
  readonly #horizonDays: number
  readonly #places: ReadonlyMap<string, number>
  readonly #disqualifying: readonly number[]
  readonly #leadTallies: readonly LeadTally[]
  readonly #allLeads = new LeadTally()
  readonly #wonDeals = new WonDeals()
  #leads = 0
  #moments = 0

  constructor(plan: BacktestPlan) {
    const { rules } = plan.guardrails
    this.#plan = plan
    this.#horizonDays = plan.definition.horizonDays ?? USUAL_HORIZON_DAYS
    this.#places = new Map(rules.map(({ id }, place) => [id, place]))
    this.#disqualifying = rules.flatMap(({ action }, place) => (action.kind === 'disqualify' ? [place] : []))
    this.#leadTallies = rules.map(() => new LeadTally())
  }

  add(account: AccountRecord): void {
    const { until } = this.#plan
    const people = account.leads
      .filter((lead) => knownSince(lead) < until)
      .map((lead) => this.#momentsOf(account, lead))
    this.#leads += people.length
    for (const moments of people) this.#moments += moments.length
    this.#leadTallies.forEach((tally, place) => {
      tally.addAccount(people, ({ holds }) => holds[place] === 1)
    })
    this.#allLeads.addAccount(people, ({ holds }) => this.#isDisqualified(holds, -1))
    for (const deal of account.deals) this.#addDeal(account, deal)
  }

  report(sampled: boolean): GuardrailsBacktest {
    const { engine, guardrails, definition, until } = this.#plan
    const { expected_value } = engine.policy
    const deals = this.#wonDeals.all
    const revenue = new Revenue(expected_value)
    for (const { money } of deals) if (money) revenue.add(money)
    const judged = deals.filter(({ contacts }) => contacts.length > 0)
    return {
      pipeline: definition.pipeline,
      horizon_days: this.#horizonDays,
      landmark_days: definition.landmarkDays,
      until: formatTime(until),
      leads: this.#leads,
      sampled,
      won_deals: deals.length,
      currency: expected_value?.currency ?? null,
      revenue: revenue.amount,
      revenue_unconverted: revenue.unconverted,
      rules: guardrails.rules.map(({ id, action, reason }, place) => {
        const leads = this.#leadTallies[place]!
        return {
          id,
          action: action.kind,
          reason,
          fired: { moments: leads.moments, of: this.#moments },
          ...figuresOf(
            leads,
            this.#costOf(judged, (holds) => holds[place] === 1, place),
          ),
        }
      }),
      disqualified: figuresOf(
        this.#allLeads,
        this.#costOf(judged, (holds) => this.#isDisqualified(holds, -1), null),
      ),
      notes: this.#notes(deals, Object.keys(revenue.unconverted)),
    }
  }

  #momentsOf(account: AccountRecord, lead: LeadRecord): JudgedMoment[] {
    const { definition, until } = this.#plan
    const entry = lead.createdAt + definition.entryDelayHours * HOUR
    const horizon = this.#horizonDays * DAY
    return definition.landmarkDays.flatMap((day): JudgedMoment[] => {
      const asOf = entry + day * DAY
      if (asOf + horizon > until || wasOver(definition, account, lead, asOf)) return []
      if (whyNotApplicable(definition, account, lead, asOf) !== null) return []
      const isWon = account.deals.some(
        (deal) =>
          isWonIn(deal, definition.pipeline) &&
          deal.closedAt >= asOf &&
          deal.closedAt < asOf + horizon &&
          isContact(deal, lead),
      )
      return [{ holds: this.#holdsAt(account, lead, asOf), isWon }]
    })
  }

  #addDeal(account: AccountRecord, deal: Deal): void {
    const { definition, until } = this.#plan
    if (!isWonIn(deal, definition.pipeline) || deal.closedAt >= until) return
    const contacts = account.leads
      .filter((lead) => isContact(deal, lead) && knownSince(lead) < deal.openedAt)
      .map((lead) => this.#holdsAt(account, lead, deal.openedAt))
    this.#wonDeals.add(deal, contacts)
  }

  /** `place`: of the rule; null of all that disqualify, beside which there is no other. */
  #costOf(
    deals: readonly JudgedDeal[],
    holds: (contact: Uint8Array) => boolean,
    place: number | null,
  ): WonDealCost {
    const tally = new DealTally(this.#plan.engine.policy.expected_value)
    for (const deal of deals) {
      const isLostWithout = (): boolean =>
        place !== null && deal.contacts.every((contact) => this.#isDisqualified(contact, place))
      tally.add(deal, holds, isLostWithout)
    }
    return tally.cost
  }

  /** By place of the rule, 1 where it holds. */
  #holdsAt(account: AccountRecord, lead: LeadRecord, asOf: Milliseconds): Uint8Array {
    const { engine, guardrails } = this.#plan
    const held = rulesAt(engine, guardrails, account, lead, asOf)
    if (held.length === 0) return NOTHING
    const holds = new Uint8Array(guardrails.rules.length)
    for (const { id } of held) holds[this.#places.get(id)!] = 1
    return holds
  }

  #isDisqualified(holds: Uint8Array, but: number): boolean {
    return this.#disqualifying.some((place) => place !== but && holds[place] === 1)
  }

  #notes(deals: readonly JudgedDeal[], unconverted: readonly string[]): string[] {
    const { guardrails } = this.#plan
    const some = (count: number, text: string): string[] => (count > 0 ? [`${count} ${text}`] : [])
    return [
      ...(guardrails.asksScores
        ? [
            'Rules ask for scores: those of the models that serve today, which have learned from this history. They know it too well.',
          ]
        : []),
      ...some(
        deals.filter(({ contacts }) => contacts.length === 0).length,
        'won deals had no contact that was known before they were opened: no rule could have stopped them.',
      ),
      ...some(
        deals.filter(({ money }) => money === null).length,
        'won deals have no amount: they count nothing in the revenue.',
      ),
      ...(unconverted.length > 0
        ? [
            `The policy has no rate for ${unconverted.join(', ')} (expected_value.rates): these amounts stand apart.`,
          ]
        : []),
    ]
  }
}

/** Of rules that do not hold; an index that there is not reads as undefined, which is not 1. */
const NOTHING = new Uint8Array(0)

function figuresOf({ stopped, rest }: LeadTally, won_deals: WonDealCost): RuleFigures {
  return { stopped, rest, won_deals }
}

function isWonIn(deal: Deal, pipeline: string): deal is Deal & { readonly closedAt: Milliseconds } {
  return deal.outcome === 'won' && deal.pipeline === pipeline && deal.closedAt !== null
}

function isContact({ contacts }: Deal, { leadId }: LeadRecord): boolean {
  return contacts.some((contact) => contact.leadId === leadId)
}
