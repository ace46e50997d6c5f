/** What policies decide from, as it is stored: page by page, in order of lead, in one snapshot. */
import type pg from 'pg'
import { inSnapshot } from './snapshot.ts'

export interface StoredPolicyInput {
  readonly leadId: string
  /** By name of the model. */
  readonly scores: Readonly<Record<string, { readonly score: number; readonly probability: number | null }>>
  readonly verdict: string
  /** As kept beside the scores; null: scored before it was. */
  readonly input: unknown
  /** Of the policy that made the stored decision. */
  readonly policyVersion: number
}

const PAGE = 2_000

/** Pages of leads that have scores. */
export function streamPolicyInputs(
  pool: pg.Pool,
): AsyncGenerator<readonly StoredPolicyInput[], void, undefined> {
  return inSnapshot(pool, async function* (client) {
    let last = ''
    for (;;) {
      const { rows } = await client.query<{
        subject_id: string
        scores: StoredPolicyInput['scores']
        verdict: string
        input: unknown
        policy_version: number
      }>(
        `SELECT subject_id, scores.*
         FROM (SELECT lead_id AS subject_id FROM wonlost.leads WHERE lead_id > $1 AND merged_into IS NULL ORDER BY lead_id LIMIT ${PAGE}) lead
         CROSS JOIN LATERAL (
           SELECT json_object_agg(model, json_build_object('score', score, 'probability', probability)) AS scores,
             min(verdict) AS verdict, (array_agg(policy_input) FILTER (WHERE policy_input IS NOT NULL))[1] AS input,
             min(policy_version) AS policy_version
           FROM wonlost.scores WHERE subject_kind = 'lead' AND scores.subject_id = lead.subject_id) scores
         ORDER BY subject_id`,
        [last],
      )
      if (rows.length === 0) return
      last = rows.at(-1)!.subject_id
      yield rows
        .filter(({ scores }) => scores !== null)
        .map((row) => ({
          leadId: row.subject_id,
          scores: row.scores,
          verdict: row.verdict,
          input: row.input,
          policyVersion: row.policy_version,
        }))
    }
  })
}
