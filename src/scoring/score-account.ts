/** An account as scoring sees it: its own models, its people ranked, and what each of them contributed. */
import { WonlostError } from '../errors.ts'
import { accountSubject } from '../features/account-subject.ts'
import { type Facts, factsAt, type Person } from '../features/facts.ts'
import { type AccountRecord, formatTime, type LeadRecord, type Milliseconds } from '../glossary.ts'
import { accountModelsOf } from './account-models.ts'
import { accountVerdict } from './account-verdict.ts'
import { type BehaviourShares, behaviourShares } from './behaviour-shares.ts'
import { decisionOf, policyInputOf } from './decision.ts'
import { type Engine, scoreWith } from './engine.ts'
import { chooseModel } from './families.ts'
import { listedPeople, rankPeople } from './rank-people.ts'
import type { ScoredAccount } from './scored-account.ts'
import type { ModelScore, ScoredLead } from './scored-lead.ts'

export interface ScoreAccountOptions {
  /** Reasons, and what each of the people contributed. */
  readonly explain: boolean
  /** One of its people, scored as of the same time by the same engine. */
  readonly scoreLead: (lead: LeadRecord) => ScoredLead
}

/** Scores an account with what was known strictly before `asOf`. Throws `internal` for the record of a lead without one. */
export function scoreAccount(
  engine: Engine,
  account: AccountRecord,
  asOf: Milliseconds,
  { explain, scoreLead }: ScoreAccountOptions,
): ScoredAccount {
  const view = accountSubject(account)
  if (!view) throw new WonlostError('internal', 'The record of a lead without an account is not one.')
  const [subject] = view.leads
  const { models, families, policy } = accountModelsOf(engine)
  const facts = factsAt(view, subject, asOf)
  const scores = new Map<string, ModelScore>()
  for (const family of families)
    scores.set(family.name, scoreWith(family, policy, view, subject, facts, [], explain))

  const recordOf = new Map(account.leads.map((lead) => [lead.leadId, lead] as const))
  const listed = listedPeople(facts)
  const scoreOf = ({ leadId }: Person): ScoredLead => scoreLead(recordOf.get(leadId)!)
  const people = new Map(listed.map((person) => [person.leadId, scoreOf(person)] as const))
  // The list is cut, the verdict is of everybody.
  const everybody = function* (): Generator<ScoredLead> {
    yield* people.values()
    for (const person of facts.people ?? []) if (!people.has(person.leadId)) yield scoreOf(person)
  }
  const verdict = accountVerdict(
    everybody(),
    policy.bands.map(({ name }) => name),
  )
  const input = policyInputOf({ models, policy }, view, subject, facts, [], scores, verdict)
  const shares = explain ? sharesOf(engine, facts, scores, listed) : null
  return {
    account_id: subject.leadId,
    as_of: formatTime(asOf),
    policy_version: String(policy.version),
    guardrails_version: String(engine.guardrails.version),
    scores: Object.fromEntries(scores),
    verdict,
    decision: decisionOf(policy, engine.amounts ?? null, input),
    people: rankPeople(engine, facts, listed, (leadId) => people.get(leadId), shares),
  }
}

/** Of the first model that applies; null where none does. */
function sharesOf(
  engine: Engine,
  facts: Facts,
  scores: ReadonlyMap<string, ModelScore>,
  listed: readonly Person[],
): (BehaviourShares & { readonly model: string }) | null {
  const { families, policy } = accountModelsOf(engine)
  const family = families.find(({ name }) => scores.get(name)?.applies)
  const model = family && chooseModel(family, facts).model
  return model ? { model: model.name, ...behaviourShares(model, policy, facts, listed) } : null
}
