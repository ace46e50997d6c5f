/**
 * Every table that holds data about a person or an account, with the columns that say whose. Export and erasure walk this
 * list; a test fails when the schema has such a column that is not on it. Left out on purpose: `suppressions`, which holds only
 * hashes and must outlive an erasure.
 *
 * A person or an account has every id that was merged into it: whoever walks the list gives it all of them.
 */
export interface PersonalTable {
  readonly table: string
  /** Columns that name a lead or an account, or what leads to one: a user id, an anonymous id, a deal. A row is somebody's when any of them is. */
  readonly idColumns: readonly string[]
  /** Column that says whether the ids are a lead's or an account's, where both are possible. */
  readonly kindColumn?: string
}

export const PERSONAL_TABLES: readonly PersonalTable[] = [
  { table: 'leads', idColumns: ['lead_id', 'account_id', 'merged_into'] },
  { table: 'accounts', idColumns: ['account_id', 'merged_into'] },
  { table: 'traits', idColumns: ['subject_id'], kindColumn: 'subject_kind' },
  { table: 'events', idColumns: ['lead_id', 'anonymous_id'] },
  { table: 'deals', idColumns: ['deal_id', 'account_id'] },
  { table: 'deal_contacts', idColumns: ['deal_id', 'lead_id'] },
  { table: 'deal_stages', idColumns: ['deal_id'] },
  { table: 'identities', idColumns: ['subject_id'], kindColumn: 'subject_kind' },
  { table: 'merges', idColumns: ['from_id', 'into_id'], kindColumn: 'subject_kind' },
  { table: 'scores', idColumns: ['subject_id'], kindColumn: 'subject_kind' },
  { table: 'score_history', idColumns: ['subject_id'], kindColumn: 'subject_kind' },
  // Without one of its rows a scoring that was interrupted begins anew.
  { table: 'scoring_parts', idColumns: ['after_id', 'upto_id'], kindColumn: 'subject_kind' },
  { table: 'rescoring_failures', idColumns: ['lead_id'] },
  { table: 'overrides', idColumns: ['subject_id'], kindColumn: 'subject_kind' },
  { table: 'feedback', idColumns: ['subject_id'], kindColumn: 'subject_kind' },
  { table: 'dirty_leads', idColumns: ['lead_id'] },
  { table: 'dirty_accounts', idColumns: ['account_id'] },
  { table: 'rejected_messages', idColumns: ['user_id', 'anonymous_id'] },
  { table: 'announced', idColumns: ['subject_id'], kindColumn: 'subject_kind' },
  { table: 'response_promises', idColumns: ['subject_id'], kindColumn: 'subject_kind' },
  // With a row go its messages to endpoints, and their attempts.
  { table: 'outbox', idColumns: ['subject_id'], kindColumn: 'subject_kind' },
]
