/** Rules in force: who holds for whom, from the server's counts, beside how each is written. */

import type { components } from '../../api/openapi.ts'
import { isRecord } from '../../api/policy-content.ts'
import { actionWords, type ConditionWords, conditionWords } from './condition-words.ts'
import type { useBacktest } from './use-guardrails.ts'

export type RuleHits = components['schemas']['RuleHits']
/** As it is answered: an interval is a list to the client. */
export type Backtest = NonNullable<ReturnType<typeof useBacktest>['data']>
export type RuleCost = Backtest['in_force']['rules'][number]

export type ShownRule = RuleHits['rules'][number] & {
  /** null: the file has changed since it was counted. */
  readonly condition: ConditionWords | null
  readonly actionText: string
  readonly validFrom: string | null
  readonly validUntil: string | null
}

export function rulesOf({ rules }: RuleHits, content: unknown): readonly ShownRule[] {
  const written: unknown = isRecord(content) ? content['rules'] : null
  const byId = new Map(
    (Array.isArray(written) ? written : []).filter(isRecord).map((rule) => [rule['id'], rule] as const),
  )
  return rules.map((rule) => {
    const found = byId.get(rule.id)
    return {
      ...rule,
      condition: found ? conditionWords(found['when']) : null,
      actionText: found ? actionWords(found['then']) : rule.action,
      validFrom: textOr(found?.['valid_from']),
      validUntil: textOr(found?.['valid_until']),
    }
  })
}

const textOr = (value: unknown): string | null => (typeof value === 'string' ? value : null)
