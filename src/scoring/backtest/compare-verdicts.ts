/** Two guardrails on the same lead: what one says and the other does not. snake_case, as the CLI and HTTP answer it. */
import type { AccountRecord, LeadRecord, Milliseconds, VerdictStatus } from '../../glossary.ts'
import type { Guardrails } from '../../guardrails/guardrails.ts'
import type { Judgement } from '../../guardrails/judge.ts'
import { knownSince } from '../applicability.ts'
import type { Engine } from '../engine.ts'
import { judgementsAt } from '../rules-at.ts'

export interface ComparedVerdict {
  readonly status: VerdictStatus
  readonly cap: string | null
  readonly raise: string | null
  readonly excluded_channels: readonly string[]
  /** Ids. */
  readonly rules: readonly string[]
}

export interface ChangedLead {
  readonly lead_id: string
  readonly before: ComparedVerdict
  readonly after: ComparedVerdict
}

/** null: the lead is told the same, and by the same rules; or was not known before `asOf`. */
export function changedVerdict(
  engine: Engine,
  before: Guardrails,
  after: Guardrails,
  account: AccountRecord,
  lead: LeadRecord,
  asOf: Milliseconds,
): ChangedLead | null {
  if (knownSince(lead) >= asOf) return null
  const [one, other] = judgementsAt(engine, [before, after], account, lead, asOf).map(compared)
  if (!one || !other || JSON.stringify(one) === JSON.stringify(other)) return null
  return { lead_id: lead.leadId, before: one, after: other }
}

function compared({ status, cap, raise, excludedChannels, rules }: Judgement): ComparedVerdict {
  return { status, cap, raise, excluded_channels: excludedChannels, rules: rules.map(({ id }) => id).sort() }
}
