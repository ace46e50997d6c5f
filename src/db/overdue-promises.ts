/** Promised responses whose time has run out. */
import type pg from 'pg'
import type { Milliseconds } from '../glossary.ts'
import { isUnanswered } from './response-due.ts'

export interface OverduePromise {
  readonly leadId: string
  readonly band: string
  readonly revision: number
  readonly action: string
  readonly dueAt: Milliseconds
  /** As stored now; null: the model does not apply any more. */
  readonly score: number | null
  readonly verdict: string
}

export interface OverdueQuery {
  readonly now: Milliseconds
  readonly limit: number
  /** That decides. */
  readonly model: string
  /** Types of events that are a response. */
  readonly responseEvents: readonly string[]
}

/**
 * Takes promises that are due, the oldest first, and gives those to which nobody responded: no `contacted`, `accepted` or `rejected`, and
 * no event that is a response, since the lead came into the band. What another process has in hand is left to it. `taken`: of all.
 */
export async function takeOverdue(
  client: pg.ClientBase,
  { now, limit, model, responseEvents }: OverdueQuery,
): Promise<{ readonly taken: number; readonly overdue: readonly OverduePromise[] }> {
  const { rows } = await client.query<
    Omit<OverduePromise, 'dueAt'> & { readonly dueAt: Date; readonly isOpen: boolean }
  >(
    `WITH due AS (
       DELETE FROM wonlost.response_promises WHERE (subject_kind, subject_id, band) IN (
         SELECT subject_kind, subject_id, band FROM wonlost.response_promises WHERE due_at <= $1
         ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED)
       RETURNING subject_id, band, revision, action, entered_at, due_at)
     SELECT due.subject_id AS "leadId", due.band, revision, action, due_at AS "dueAt", s.score, coalesce(s.verdict, 'eligible') AS verdict,
       lead.lead_id IS NOT NULL AND ${isUnanswered('due', '$4')} AS "isOpen"
     FROM due LEFT JOIN wonlost.leads lead ON lead.lead_id = due.subject_id AND lead.merged_into IS NULL
     LEFT JOIN wonlost.scores s ON s.subject_kind = 'lead' AND s.subject_id = due.subject_id AND s.model = $3
     ORDER BY due_at, due.subject_id, due.band`,
    [new Date(now), limit, model, responseEvents],
  )
  const overdue = rows.flatMap(({ isOpen, dueAt, ...row }) =>
    isOpen ? [{ ...row, dueAt: dueAt.getTime() }] : [],
  )
  return { taken: rows.length, overdue }
}
