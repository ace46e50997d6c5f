/** The verdict on an account: guardrails are about people, and an account is bound by what binds all of them. */
import { VERDICT_STATUSES } from '../glossary.ts'
import type { ScoredAccount } from './scored-account.ts'
import type { ScoredLead } from './scored-lead.ts'

type AccountVerdict = ScoredAccount['verdict']

const FREE: AccountVerdict = {
  status: 'eligible',
  cap: null,
  raise: null,
  excluded_channels: [],
  rules: [],
}

/** @param bands Of the policy, the lowest first. */
export function accountVerdict(
  people: readonly Pick<ScoredLead, 'verdict'>[],
  bands: readonly string[],
): AccountVerdict {
  const [first] = people
  if (!first) return FREE
  const verdicts = people.map(({ verdict }) => verdict)
  const ofAll = <Value>(valuesOf: (verdict: ScoredLead['verdict']) => readonly Value[]): Value[] =>
    valuesOf(first.verdict).filter((value) => verdicts.every((verdict) => valuesOf(verdict).includes(value)))
  const rules = ofAll(({ rules }) => rules.map(({ id }) => id))
  // Who overrides a verdict lifts its bounds as well.
  const bound = (name: 'cap' | 'raise'): number[] =>
    verdicts.map((verdict) => (verdict.override ? -1 : bands.indexOf(verdict[name] ?? '')))
  const caps = bound('cap')
  const raises = bound('raise')
  return {
    status:
      VERDICT_STATUSES.find((status) => verdicts.some((verdict) => verdict.status === status)) ?? 'eligible',
    cap: caps.includes(-1) ? null : bands[Math.max(...caps)]!,
    raise: raises.includes(-1) ? null : bands[Math.min(...raises)]!,
    excluded_channels: ofAll(({ excluded_channels: channels }) => channels),
    rules: first.verdict.rules.filter(({ id }) => rules.includes(id)),
  }
}
