/** The tests inside a guardrails file: each lead is judged as scoring would judge it, through facts. */
import { factsAt } from '../features/facts.ts'
import {
  type AccountRecord,
  DAY,
  type Deal,
  type LeadRecord,
  type Milliseconds,
  type Trait,
  type TraitValue,
} from '../glossary.ts'
import type { Guardrails } from '../guardrails/guardrails.ts'
import { type Judgement, judge } from '../guardrails/judge.ts'
import { dateOf } from '../guardrails/reading.ts'
import type { RuleTest } from '../guardrails/rule-test.ts'
import { viewOf } from './subject-view.ts'

export interface FailedTest {
  readonly name: string
  /** In the file. */
  readonly line: number
  /** What was expected, and what came. */
  readonly differences: readonly string[]
}

/** `now`: the moment of those that name none. */
export function runRuleTests(guardrails: Guardrails, now: Milliseconds): FailedTest[] {
  return guardrails.tests.flatMap((test): FailedTest[] => {
    const differences = differencesOf(test, judgedLead(guardrails, test, now))
    return differences.length === 0 ? [] : [{ name: test.name, line: test.line, differences }]
  })
}

function judgedLead(guardrails: Guardrails, test: RuleTest, now: Milliseconds): Judgement {
  const asOf = test.as_of === undefined ? now : dateOf(test.as_of)
  const { account, lead } = recordsOf(test, asOf)
  const view = viewOf(factsAt(account, lead, asOf), {
    score: (model) => test.scores[model],
    probability: (model) => test.probabilities[model],
    grade: () => test.grade,
  })
  return judge(guardrails, view)
}

function recordsOf(test: RuleTest, asOf: Milliseconds): { account: AccountRecord; lead: LeadRecord } {
  // What is known is known just before: at the moment itself would be too late.
  const before = asOf - 1
  const traits = (values: Readonly<Record<string, TraitValue>>): Trait[] =>
    Object.entries(values).map(([name, value]) => ({
      name,
      value,
      occurredAt: before,
      knownAt: before,
      source: 'test',
      undated: false,
    }))
  const lead: LeadRecord = {
    leadId: 'lead',
    accountId: 'account',
    createdAt: asOf - test.created_days_ago * DAY,
    traits: traits(test.lead),
    events: test.events.map(({ type, days_ago, properties }, index) => {
      const time = Math.min(before, asOf - days_ago * DAY)
      return { eventId: String(index), type, occurredAt: time, knownAt: time, source: 'test', properties }
    }),
  }
  const deals = test.customer ? [wonDeal(before)] : []
  return { account: { accountId: 'account', traits: traits(test.account), leads: [lead], deals }, lead }
}

function wonDeal(at: Milliseconds): Deal {
  return {
    dealId: 'deal',
    accountId: 'account',
    pipeline: 'new_business',
    openedAt: at - 1,
    closedAt: at,
    knownAt: at,
    outcome: 'won',
    amount: null,
    currency: null,
    lostReason: null,
    contacts: [],
    stages: [],
  }
}

function differencesOf(test: RuleTest, judged: Judgement): string[] {
  const found = {
    expect: judged.status,
    rules: judged.rules.map(({ id }) => id).sort(),
    cap: judged.cap,
    raise: judged.raise,
    excluded_channels: judged.excludedChannels,
  }
  const wanted = {
    expect: test.expect,
    rules: test.rules?.toSorted(),
    cap: test.cap,
    raise: test.raise,
    excluded_channels: test.excluded_channels?.toSorted(),
  }
  const why = judged.rules.map(({ id, condition }) => `${id}: ${condition}`).join('; ')
  const differences = (Object.keys(found) as (keyof typeof found)[]).flatMap((field) => {
    if (wanted[field] === undefined || JSON.stringify(wanted[field]) === JSON.stringify(found[field]))
      return []
    return [`${field} should be ${shown(wanted[field])}, but is ${shown(found[field])}`]
  })
  return differences.length > 0 && why !== '' ? [...differences, `what held: ${why}`] : differences
}

function shown(value: unknown): string {
  if (value === null) return 'none'
  return Array.isArray(value) ? `[${value.join(', ')}]` : String(value)
}
