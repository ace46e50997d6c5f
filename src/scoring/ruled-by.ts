/** What the rules say, of a verdict: without what an override makes of it, and without what was found. */
import type { RulesSay } from './lead-explanation.ts'
import type { Verdict } from './scored-lead.ts'

export function ruledBy({ status, cap, raise, excluded_channels, rules, override }: Verdict): RulesSay {
  return {
    status: override?.without_it.status ?? status,
    cap,
    raise,
    excluded_channels,
    rules: rules.map(({ id }) => id),
  }
}
