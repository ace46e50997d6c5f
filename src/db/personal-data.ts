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
  { table: 'objections', idColumns: ['lead_id'] },
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

/** Every name of one person. */
export interface PersonNames {
  /** The id that the person goes by now, then those that were merged into it. */
  readonly leadIds: readonly string[]
  /** Normalised, and as they were written, in lower case. */
  readonly emails: readonly string[]
  readonly userIds: readonly string[]
  /** Of visitors that are nobody else. */
  readonly anonymousIds: readonly string[]
  /** Further ids of the CRM. */
  readonly crmIds: readonly string[]
}

/**
 * SQL that is true for the rows of a table that are a person's own: $1 its lead ids, $2 its visitors, $3 its user ids, each text[]. null: a table
 * of accounts and deals.
 */
export function isOfPerson({ table, idColumns, kindColumn }: PersonalTable): string | null {
  if (kindColumn !== undefined)
    return `${kindColumn} = 'lead' AND (${idColumns.map((column) => `${column} = ANY($1)`).join(' OR ')})`
  // Whoever else used the same machine keeps its events.
  if (table === 'events') return '(lead_id = ANY($1) OR (lead_id IS NULL AND anonymous_id = ANY($2)))'
  const own = idColumns.flatMap((column) => {
    const names = PERSON_COLUMNS[column]
    return names === undefined ? [] : [`${column} = ANY(${names})`]
  })
  return own.length === 0 ? null : `(${own.join(' OR ')})`
}

/** True: says of what types the parameters of `isOfPerson` are, for a condition that does not use all of them. */
export const PERSON_PARAMETERS = '($1::text[], $2::text[], $3::text[]) IS NOT NULL'

const PERSON_COLUMNS: Readonly<Record<string, string>> = {
  lead_id: '$1',
  anonymous_id: '$2',
  user_id: '$3',
}
