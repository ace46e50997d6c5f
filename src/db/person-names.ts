/** Every name that one person is known by. */
import type pg from 'pg'
import type { PersonNames } from './personal-data.ts'

/** null: nobody has this id. */
export async function loadPersonNames(
  client: pg.Pool | pg.ClientBase,
  leadId: string,
): Promise<PersonNames | null> {
  const { rows: leads } = await client.query<{ lead_id: string }>(
    `SELECT lead_id FROM wonlost.leads,
       (SELECT coalesce(merged_into, lead_id) AS root FROM wonlost.leads WHERE lead_id = $1) person
     WHERE lead_id = root OR merged_into = root ORDER BY lead_id <> root, lead_id`,
    [leadId],
  )
  if (leads.length === 0) return null
  const leadIds = leads.map((row) => row.lead_id)
  const { rows } = await client.query<{ kind: string; value: string }>(
    `SELECT kind, value FROM wonlost.identities WHERE subject_kind = 'lead' AND subject_id = ANY($1)
     -- An address, or a machine, that several use stays that of the first who was found by it.
     UNION SELECT used.kind, used.value FROM (
         SELECT 'email' AS kind, lower(btrim(value #>> '{}')) AS value FROM wonlost.traits
          WHERE subject_kind = 'lead' AND subject_id = ANY($1) AND name = 'email' AND value #>> '{}' LIKE '%_@_%'
         UNION SELECT 'anonymous_id', anonymous_id FROM wonlost.events
          WHERE lead_id = ANY($1) AND anonymous_id IS NOT NULL) used
      WHERE NOT EXISTS (
        SELECT FROM wonlost.identities other WHERE other.kind = used.kind AND other.value = used.value
          AND other.subject_kind = 'lead' AND other.subject_id <> ALL($1))
     ORDER BY 1, 2`,
    [leadIds],
  )
  const of = (kind: string): string[] => rows.filter((row) => row.kind === kind).map((row) => row.value)
  return {
    leadIds,
    emails: of('email'),
    userIds: of('user_id'),
    anonymousIds: of('anonymous_id'),
    crmIds: of('crm_id'),
  }
}

export function allNames({ leadIds, emails, userIds, anonymousIds, crmIds }: PersonNames): readonly string[] {
  return [...new Set([...leadIds, ...emails, ...userIds, ...anonymousIds, ...crmIds])]
}
