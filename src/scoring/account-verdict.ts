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

/**
 * Whoever more is asked can only free the account further: people are taken one by one, until nothing binds it any more.
 * @param people All of it.
 * @param bands Of the policy, the lowest first.
 */
export function accountVerdict(
  people: Iterable<Pick<ScoredLead, 'verdict'>>,
  bands: readonly string[],
): AccountVerdict {
  let shared: AccountVerdict | null = null
  for (const { verdict } of people) {
    shared = shared ? sharedBy(shared, ownOf(verdict), bands) : ownOf(verdict)
    if (isFree(shared)) break
  }
  return shared ?? FREE
}

/** Who overrides a verdict lifts its bounds as well. */
function ownOf({ override, ...verdict }: ScoredLead['verdict']): AccountVerdict {
  return override ? { ...verdict, cap: null, raise: null } : verdict
}

function sharedBy(one: AccountVerdict, other: AccountVerdict, bands: readonly string[]): AccountVerdict {
  const weaker = Math.min(VERDICT_STATUSES.indexOf(one.status), VERDICT_STATUSES.indexOf(other.status))
  const bothOf = (bound: 'cap' | 'raise', choose: (a: number, b: number) => number): string | null => {
    const [a, b] = [one[bound], other[bound]]
    return a === null || b === null ? null : bands[choose(bands.indexOf(a), bands.indexOf(b))]!
  }
  return {
    status: VERDICT_STATUSES[weaker]!,
    cap: bothOf('cap', Math.max),
    raise: bothOf('raise', Math.min),
    excluded_channels: one.excluded_channels.filter((channel) => other.excluded_channels.includes(channel)),
    rules: one.rules.filter(({ id }) => other.rules.some((rule) => rule.id === id)),
  }
}

function isFree({ status, cap, raise, excluded_channels: channels, rules }: AccountVerdict): boolean {
  return status === 'eligible' && cap === null && raise === null && channels.length + rules.length === 0
}
