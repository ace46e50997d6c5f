/** Verdicts that people set by hand, for a time: each is kept after it has ended. Expiry needs nobody: see expired-overrides.ts. */
import type pg from 'pg'
import type { Milliseconds, SubjectKind, VerdictStatus } from '../glossary.ts'
import { prepared } from './prepared.ts'

export interface StoredOverride {
  readonly status: VerdictStatus
  readonly reason: string
  readonly setBy: string
  readonly setAt: Milliseconds
  /** null: until it is taken back. */
  readonly expiresAt: Milliseconds | null
}

/** With how it ended. */
export interface PastOverride extends StoredOverride {
  /** The lead or account as it was named then. */
  readonly subjectId: string
  /** Taken back, or another one took its place; null: neither. It may have expired. */
  readonly endedAt: Milliseconds | null
  readonly endedBy: string | null
}

interface OverrideRow {
  subject_id: string
  status: StoredOverride['status']
  reason: string
  set_by: string
  set_at: Date
  expires_at: Date | null
}

/** The ids of $2, each with those that were merged into it, as `root` and `id`. */
const subjectsOf = (kind: SubjectKind): string => `
  (SELECT id COLLATE "C" AS id, id COLLATE "C" AS root FROM unnest($2::text[]) AS id
   UNION ALL SELECT ${kind}_id, merged_into FROM wonlost.${kind}s WHERE merged_into = ANY($2)) subject`

/**
 * By subject, the override in force as of a moment: set before it, not expired, not ended before it. Of all that was merged into the
 * subject, the one that was set last.
 */
export async function loadOverrides(
  client: pg.Pool | pg.ClientBase,
  subjectKind: SubjectKind,
  subjectIds: readonly string[],
  asOf: Milliseconds,
): Promise<ReadonlyMap<string, StoredOverride>> {
  const { rows } = await client.query<OverrideRow>(
    prepared(
      `SELECT DISTINCT ON (root) root AS subject_id, status, reason, set_by, set_at, expires_at
     FROM ${subjectsOf(subjectKind)} JOIN wonlost.overrides ON subject_kind = $1 AND subject_id = subject.id
     WHERE set_at < $3 AND (expires_at IS NULL OR $3 < expires_at) AND (ended_at IS NULL OR $3 <= ended_at)
     ORDER BY root, set_at DESC, override_id DESC`,
      [subjectKind, subjectIds, new Date(asOf)],
    ),
  )
  return new Map(rows.map((row) => [row.subject_id, toOverride(row)]))
}

/** The latest of one subject and all that was merged into it, in force or not, the newest first. */
export async function listOverrides(
  client: pg.Pool | pg.ClientBase,
  subjectKind: SubjectKind,
  subjectId: string,
  limit: number,
): Promise<PastOverride[]> {
  const { rows } = await client.query<OverrideRow & { ended_at: Date | null; ended_by: string | null }>(
    `SELECT subject_id, status, reason, set_by, set_at, expires_at, ended_at, ended_by
     FROM ${subjectsOf(subjectKind)} JOIN wonlost.overrides ON subject_kind = $1 AND subject_id = subject.id
     ORDER BY set_at DESC, override_id DESC LIMIT $3`,
    [subjectKind, [subjectId], limit],
  )
  return rows.map((row) => ({
    subjectId: row.subject_id,
    ...toOverride(row),
    endedAt: row.ended_at?.getTime() ?? null,
    endedBy: row.ended_by,
  }))
}

/** One change of overrides at a time, and none while scores of many leads are written: see `overriddenSince`. Take it first. */
export async function holdOverrides(client: pg.ClientBase): Promise<void> {
  await client.query('LOCK TABLE wonlost.overrides IN EXCLUSIVE MODE')
}

/** Puts an override in the place of those that are there. Give it a client in a transaction that holds overrides. */
export async function saveOverride(
  client: pg.ClientBase,
  subjectKind: SubjectKind,
  subjectId: string,
  override: StoredOverride,
): Promise<void> {
  const { status, reason, setBy, setAt, expiresAt } = override
  await endOverrides(client, subjectKind, subjectId, { by: setBy, at: setAt })
  await client.query(
    `INSERT INTO wonlost.overrides (subject_kind, subject_id, status, reason, set_by, set_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      subjectKind,
      subjectId,
      status,
      reason,
      setBy,
      new Date(setAt),
      expiresAt === null ? null : new Date(expiresAt),
    ],
  )
}

/** Ends those of a subject, and of all that was merged into it, that were not ended yet. Give it a client in a transaction that holds overrides. */
export async function endOverrides(
  client: pg.ClientBase,
  subjectKind: SubjectKind,
  subjectId: string,
  act: { readonly by: string; readonly at: Milliseconds },
): Promise<void> {
  await client.query(
    `UPDATE wonlost.overrides SET ended_at = $3, ended_by = $4
     WHERE subject_kind = $1 AND ended_at IS NULL AND subject_id IN (SELECT subject.id FROM ${subjectsOf(subjectKind)})`,
    [subjectKind, [subjectId], new Date(act.at), act.by],
  )
}

/**
 * Those of `subjectIds` whose override was set or ended at that time or later, and that have been scored anew by whoever did so: what was
 * computed before must not take the place of that. Until the transaction of `client` ends, no override changes.
 */
export async function overriddenSince(
  client: pg.ClientBase,
  subjectKind: SubjectKind,
  subjectIds: readonly string[],
  since: Milliseconds,
): Promise<ReadonlySet<string>> {
  await client.query('LOCK TABLE wonlost.overrides IN ROW SHARE MODE')
  const { rows } = await client.query<{ root: string }>(
    `SELECT DISTINCT root FROM ${subjectsOf(subjectKind)} JOIN wonlost.overrides ON subject_kind = $1 AND subject_id = subject.id
     WHERE set_at >= $3 OR ended_at >= $3`,
    [subjectKind, subjectIds, new Date(since)],
  )
  return new Set(rows.map(({ root }) => root))
}

function toOverride({ status, reason, set_by, set_at, expires_at }: OverrideRow): StoredOverride {
  return {
    status,
    reason,
    setBy: set_by,
    setAt: set_at.getTime(),
    expiresAt: expires_at?.getTime() ?? null,
  }
}
