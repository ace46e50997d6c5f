/** For how many leads each rule holds, as their stored verdicts say. */
import type pg from 'pg'
import { IS_ROOT, scoreSample } from './score-sample.ts'

export interface RuleHits {
  /** Of the stored scores that were looked at, from above 0 to 1; below it, counts are estimates. */
  readonly share: number
  /** That have a verdict. */
  readonly leads: number
  /** By id of the rule. */
  readonly hits: ReadonlyMap<string, number>
}

/** What policies decided from is kept in one row of a lead: that is the one that counts. */
const ONE_A_LEAD = `s.subject_kind = 'lead' AND s.policy_input IS NOT NULL AND ${IS_ROOT}`

export async function countRuleHits(pool: pg.Pool): Promise<RuleHits> {
  const { clause, share } = await scoreSample(pool)
  const { rows } = await pool.query<{ rule: string | null; leads: number }>(
    `SELECT rule.value ->> 'id' AS rule, count(*) AS leads
     FROM wonlost.scores s ${clause} LEFT JOIN LATERAL jsonb_array_elements(s.verdict_rules) rule ON true
     WHERE ${ONE_A_LEAD} GROUP BY 1
     UNION ALL SELECT '', count(*) FROM wonlost.scores s ${clause} WHERE ${ONE_A_LEAD}`,
  )
  const all = (count: number): number => Math.round(count / share)
  return {
    share,
    leads: all(rows.find(({ rule }) => rule === '')!.leads),
    hits: new Map(rows.flatMap(({ rule, leads }) => (rule ? [[rule, all(leads)] as const] : []))),
  }
}
