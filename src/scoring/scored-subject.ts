/** Whom scores are about, a lead or an account as one subject, with the models and the policy that answer for it. */
import { WonlostError } from '../errors.ts'
import { accountSubject } from '../features/account-subject.ts'
import type { Facts } from '../features/facts.ts'
import type { AccountRecord, LeadRecord } from '../glossary.ts'
import type { Policy } from '../policy/policy.ts'
import { accountModelsOf } from './account-models.ts'
import { segmentNamesOf } from './decision.ts'
import type { Engine } from './engine.ts'
import { type Family, familiesOf } from './families.ts'

export interface ScoredSubject {
  readonly account: AccountRecord
  /** One of the leads of `account`; of an account as one subject, itself. */
  readonly lead: LeadRecord
  readonly families: readonly Family[]
  readonly policy: Policy
  /** Those that bands go by. */
  readonly segmentsOf: (facts: Facts) => readonly string[]
}

export function leadAsSubject(engine: Engine, account: AccountRecord, lead: LeadRecord): ScoredSubject {
  const segmentsOf = (facts: Facts) => segmentNamesOf(engine, facts)
  return { account, lead, families: familiesOf(engine.models), policy: engine.policy, segmentsOf }
}

/** Throws `internal` for the record of a lead without an account. */
export function accountAsSubject(engine: Engine, record: AccountRecord): ScoredSubject {
  const account = accountSubject(record)
  if (!account) throw new WonlostError('internal', 'The record of a lead without an account is not one.')
  const { families, policy } = accountModelsOf(engine)
  return { account, lead: account.leads[0], families, policy, segmentsOf: () => [] }
}

/** The models of that name; by default of the one that decides. Throws `model_not_found`. */
export function familyOf({ families, policy }: ScoredSubject, name = policy.decided_by): Family {
  const family = families.find((one) => one.name === name)
  if (family) return family
  const known = families.map((one) => one.name).join(', ') || 'none'
  const message = `There is no model ${JSON.stringify(name)} that scores this. Allowed: ${known}.`
  throw new WonlostError('model_not_found', message, { field: 'model' })
}
