/** Verdicts that people set by hand. */
import type pg from 'pg'
import type { Milliseconds, SubjectKind } from '../glossary.ts'

export interface StoredOverride {
  readonly status: 'eligible' | 'disqualified' | 'review'
  readonly reason: string
  readonly setBy: string
  readonly setAt: Milliseconds
  /** null: until it is taken back. */
  readonly expiresAt: Milliseconds | null
}

interface OverrideRow {
  subject_id: string
  status: StoredOverride['status']
  reason: string
  set_by: string
  set_at: Date
  expires_at: Date | null
}

/** By subject, the latest of all that was merged into it; expired ones too, since scoring asks as of any moment. */
export async function loadOverrides(
  client: pg.Pool | pg.ClientBase,
  subjectKind: SubjectKind,
  subjectIds: readonly string[],
): Promise<ReadonlyMap<string, StoredOverride>> {
  const { rows } = await client.query<OverrideRow>(
    `SELECT DISTINCT ON (root) root AS subject_id, status, reason, set_by, set_at, expires_at
     FROM (SELECT id COLLATE "C" AS id, id COLLATE "C" AS root FROM unnest($2::text[]) AS id
           UNION ALL SELECT ${subjectKind}_id, merged_into FROM wonlost.${subjectKind}s WHERE merged_into = ANY($2)) subject
     JOIN wonlost.overrides ON subject_kind = $1 AND subject_id = subject.id
     ORDER BY root, set_at DESC, subject_id`,
    [subjectKind, subjectIds],
  )
  return new Map(
    rows.map(({ subject_id, status, reason, set_by, set_at, expires_at }) => [
      subject_id,
      { status, reason, setBy: set_by, setAt: set_at.getTime(), expiresAt: expires_at?.getTime() ?? null },
    ]),
  )
}
