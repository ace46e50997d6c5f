/** What else is kept of a lead and its account, for a look at both: by what they are known, and what was merged. */
import type pg from 'pg'
import type { Milliseconds, SubjectKind } from '../glossary.ts'
import { type MergeRow, type StoredMerge, toMerge } from './merges.ts'

interface StoredIdentity {
  readonly kind: string
  readonly value: string
  readonly subjectKind: SubjectKind
  readonly linkedAt: Milliseconds
  readonly source: string
}

/** $1: the lead, $2: its account or null; with those merged into them. */
const IDS = `(
  SELECT 'lead' AS subject_kind, lead_id AS subject_id FROM wonlost.leads WHERE lead_id = $1 OR merged_into = $1
  UNION ALL SELECT 'account', account_id FROM wonlost.accounts WHERE account_id = $2 OR merged_into = $2) ids`

/** Of the lead first, by kind and value. */
export async function loadIdentities(
  pool: pg.Pool,
  leadId: string,
  accountId: string | null,
): Promise<StoredIdentity[]> {
  const { rows } = await pool.query<{
    kind: string
    value: string
    subject_kind: SubjectKind
    linked_at: Date
    source: string
  }>(
    `SELECT DISTINCT kind, value, subject_kind, linked_at, source FROM wonlost.identities JOIN ${IDS} USING (subject_kind, subject_id)
     ORDER BY subject_kind DESC, kind, value`,
    [leadId, accountId],
  )
  return rows.map(({ subject_kind, linked_at, ...row }) => ({
    ...row,
    subjectKind: subject_kind,
    linkedAt: linked_at.getTime(),
  }))
}

/** Those that were undone too, in order of time. */
export async function loadMerges(
  pool: pg.Pool,
  leadId: string,
  accountId: string | null,
): Promise<StoredMerge[]> {
  const { rows } = await pool.query<MergeRow>(
    `SELECT DISTINCT ON (merge_id) merges.* FROM wonlost.merges
       JOIN ${IDS} ON merges.subject_kind = ids.subject_kind AND ids.subject_id IN (from_id, into_id)
     ORDER BY merge_id`,
    [leadId, accountId],
  )
  return rows.map(toMerge)
}
