/**
 * Every table that holds data about a person or an account, with the columns that say whose. Export and erasure walk this
 * list; a test fails when the schema has a table with such a column that is not on it.
 */
interface PersonalTable {
  readonly table: string
  /** Column with a lead id (or, where `kindColumn` is given, with a subject id). */
  readonly idColumn: string
  /** Column that says whether the id is a lead's or an account's. */
  readonly kindColumn?: string
}

export const PERSONAL_TABLES: readonly PersonalTable[] = [
  { table: 'leads', idColumn: 'lead_id' },
  { table: 'accounts', idColumn: 'account_id' },
  { table: 'traits', idColumn: 'subject_id', kindColumn: 'subject_kind' },
  { table: 'events', idColumn: 'lead_id' },
  { table: 'deals', idColumn: 'account_id' },
  { table: 'deal_contacts', idColumn: 'lead_id' },
  { table: 'identities', idColumn: 'subject_id', kindColumn: 'subject_kind' },
  { table: 'merges', idColumn: 'from_id', kindColumn: 'subject_kind' },
  { table: 'scores', idColumn: 'subject_id', kindColumn: 'subject_kind' },
  { table: 'score_history', idColumn: 'subject_id', kindColumn: 'subject_kind' },
  { table: 'overrides', idColumn: 'subject_id', kindColumn: 'subject_kind' },
  { table: 'feedback', idColumn: 'subject_id', kindColumn: 'subject_kind' },
]
