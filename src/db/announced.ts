/** What was told of subjects last, and the responses that were promised. Whose row is missing here is as its stored score says. */
import type pg from 'pg'
import type { Milliseconds, SubjectKind } from '../glossary.ts'
import { OBJECTING } from './objections.ts'

export interface Announced {
  readonly band: string
  readonly verdict: string
  readonly byScore: boolean
  /** Counts what was told; 0: nothing yet. */
  readonly revision: number
}

/** As stored: the band of the decision, and that of the score of a model; null: the model said nothing. */
export interface StoredStanding {
  readonly band: string
  readonly verdict: string
  readonly scoreBand: string | null
}

/** By subject, locked until the transaction ends. Take the scores before. */
export async function lockAnnounced(
  client: pg.ClientBase,
  subjectKind: SubjectKind,
  subjectIds: readonly string[],
): Promise<ReadonlyMap<string, Announced>> {
  const { rows } = await client.query<Announced & { id: string }>(
    `SELECT subject_id AS id, band, verdict, by_score AS "byScore", revision FROM wonlost.announced
     WHERE subject_kind = $1 AND subject_id = ANY($2) ORDER BY subject_id FOR UPDATE`,
    [subjectKind, subjectIds],
  )
  return new Map(rows.map(({ id, ...announced }) => [id, announced]))
}

/** Of `subjectIds` those that are there, were not merged into others, and did not object to being scored. */
export async function presentSubjects(
  client: pg.ClientBase,
  subjectKind: SubjectKind,
  subjectIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT ${subjectKind}_id AS id FROM wonlost.${subjectKind}s WHERE ${subjectKind}_id = ANY($1) AND merged_into IS NULL
      ${subjectKind === 'lead' ? `AND lead_id NOT IN ${OBJECTING}` : ''}`,
    [subjectIds],
  )
  return new Set(rows.map(({ id }) => id))
}

/**
 * Writes rows that were locked, and new ones. Returns those of the new ones that somebody else wrote meanwhile: they are to be looked at
 * again.
 */
export async function saveAnnounced(
  client: pg.ClientBase,
  subjectKind: SubjectKind,
  told: readonly (Announced & { readonly subjectId: string; readonly isNew: boolean })[],
): Promise<ReadonlySet<string>> {
  if (told.length === 0) return new Set()
  const { rows } = await client.query<{ id: string }>(
    `WITH given AS (
       SELECT * FROM json_to_recordset($2) AS given ("subjectId" text, band text, verdict text, "byScore" boolean, revision integer, "isNew" boolean)),
     locked AS (
       UPDATE wonlost.announced old
       SET band = given.band, verdict = given.verdict, by_score = "byScore", revision = given.revision, is_pending = false
       FROM given WHERE NOT "isNew" AND subject_kind = $1 AND subject_id = "subjectId"),
     added AS (
       INSERT INTO wonlost.announced (subject_kind, subject_id, band, verdict, by_score, revision)
       SELECT $1, "subjectId", band, verdict, "byScore", revision FROM given WHERE "isNew" ORDER BY "subjectId"
       ON CONFLICT (subject_kind, subject_id) DO NOTHING RETURNING subject_id)
     SELECT "subjectId" AS id FROM given WHERE "isNew" AND NOT EXISTS (SELECT FROM added WHERE subject_id = "subjectId" COLLATE "C")`,
    [subjectKind, JSON.stringify(told)],
  )
  return new Set(rows.map(({ id }) => id))
}

/** A crossing, and what it does to the promises of its subject. */
export interface PromiseChange {
  readonly subjectId: string
  readonly revision: number
  readonly action: string
  readonly band: string
  readonly enteredAt: Milliseconds
  /** null: it begins none. */
  readonly dueAt: Milliseconds | null
  /** Bands whose promises hold on; all others are withdrawn. */
  readonly staying: readonly string[]
}

export async function changePromises(
  client: pg.ClientBase,
  subjectKind: SubjectKind,
  changes: readonly PromiseChange[],
): Promise<void> {
  if (changes.length === 0) return
  const given = JSON.stringify(
    changes.map((change) => ({
      ...change,
      enteredAt: new Date(change.enteredAt),
      dueAt: change.dueAt === null ? null : new Date(change.dueAt),
    })),
  )
  const rows = `json_to_recordset($2) AS given ("subjectId" text, revision integer, action text, band text,
    "enteredAt" timestamptz, "dueAt" timestamptz, staying text[])`
  await client.query(
    `DELETE FROM wonlost.response_promises promise USING ${rows}
     WHERE subject_kind = $1 AND subject_id = "subjectId" AND promise.band <> ALL(staying)`,
    [subjectKind, given],
  )
  await client.query(
    `INSERT INTO wonlost.response_promises (subject_kind, subject_id, band, revision, action, entered_at, due_at)
     SELECT $1, "subjectId", band, revision, action, "enteredAt", "dueAt" FROM ${rows} WHERE "dueAt" IS NOT NULL ORDER BY "subjectId"
     ON CONFLICT (subject_kind, subject_id, band) DO UPDATE
     SET revision = excluded.revision, action = excluded.action, entered_at = excluded.entered_at, due_at = excluded.due_at`,
    [subjectKind, given],
  )
}

/** Subjects whose stored answer changed by itself, locked until the transaction ends; what another process has in hand is left out. */
export async function takePending(
  client: pg.ClientBase,
  limit: number,
): Promise<readonly { readonly subjectKind: SubjectKind; readonly subjectId: string }[]> {
  const { rows } = await client.query<{ subjectKind: SubjectKind; subjectId: string }>(
    `UPDATE wonlost.announced SET is_pending = false
     WHERE (subject_kind, subject_id) IN (
       SELECT subject_kind, subject_id FROM wonlost.announced WHERE is_pending
       ORDER BY subject_kind, subject_id LIMIT $1 FOR UPDATE SKIP LOCKED)
     RETURNING subject_kind AS "subjectKind", subject_id AS "subjectId"`,
    [limit],
  )
  return rows
}
