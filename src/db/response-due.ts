/** Promised responses that nobody has given yet. */
import type pg from 'pg'
import type { Milliseconds } from '../glossary.ts'

/**
 * Of a row `promise` of response_promises of a lead: no `contacted`, `accepted` or `rejected` since it was made, and no event that is a
 * response. `events`: the parameter with the types of those.
 */
export const isUnanswered = (promise: string, events: string): string => `NOT EXISTS (
         SELECT FROM wonlost.leads own JOIN wonlost.feedback said ON said.subject_kind = 'lead' AND said.subject_id = own.lead_id
         WHERE (own.lead_id = ${promise}.subject_id OR own.merged_into = ${promise}.subject_id)
           AND said.kind IN ('contacted', 'accepted', 'rejected') AND said.occurred_at >= ${promise}.entered_at)
       AND NOT EXISTS (
         SELECT FROM wonlost.leads own JOIN wonlost.events event ON event.lead_id = own.lead_id
         WHERE (own.lead_id = ${promise}.subject_id OR own.merged_into = ${promise}.subject_id)
           AND event.type = ANY(${events}) AND event.occurred_at >= ${promise}.entered_at)`

/** When the first response to the lead `lead` is due; null: none is promised. */
const respondBy = (lead: string, events: string): string => `(
  SELECT min(promise.due_at) FROM wonlost.response_promises promise
   WHERE promise.subject_kind = 'lead' AND promise.subject_id = ${lead} AND ${isUnanswered('promise', events)})`

/** By lead, when the first response to it is due; those to whom none is are left out. `responseEvents`: types of events that are a response. */
export async function dueResponses(
  pool: pg.Pool,
  ids: readonly string[],
  responseEvents: readonly string[],
): Promise<ReadonlyMap<string, Milliseconds>> {
  const { rows } = await pool.query<{ id: string; due: Date | null }>(
    `SELECT id, ${respondBy('id', '$2')} AS due FROM unnest($1::text[]) AS id`,
    [ids, responseEvents],
  )
  return new Map(rows.flatMap(({ id, due }) => (due ? [[id, due.getTime()] as const] : [])))
}
