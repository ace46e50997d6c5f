/** Everything that is kept of one person, row by row as the tables have it (personal-data.ts). */
import type pg from 'pg'
import { isOfPerson, PERSON_PARAMETERS, PERSONAL_TABLES, type PersonNames } from './personal-data.ts'

export type ExportedRow = Readonly<Record<string, unknown>>

/** Rows of other tables that belong to those on the list. */
const MORE: readonly (readonly [table: string, condition: string])[] = [
  ['deals', 'deal_id IN (SELECT deal_id FROM wonlost.deal_contacts WHERE lead_id = ANY($1))'],
  ['deal_stages', 'deal_id IN (SELECT deal_id FROM wonlost.deal_contacts WHERE lead_id = ANY($1))'],
  [
    'webhook_messages',
    `outbox_id IN (SELECT outbox_id FROM wonlost.outbox WHERE subject_kind = 'lead' AND subject_id = ANY($1))`,
  ],
  [
    'webhook_attempts',
    `message_id IN (SELECT message_id FROM wonlost.webhook_messages JOIN wonlost.outbox USING (outbox_id)
      WHERE subject_kind = 'lead' AND subject_id = ANY($1))`,
  ],
]

/** By table, in the order of the list; tables without a row about the person are left out. Give it a client in one snapshot. */
export async function exportPerson(
  client: pg.ClientBase,
  { leadIds, anonymousIds, userIds }: PersonNames,
): Promise<Readonly<Record<string, readonly ExportedRow[]>>> {
  const listed = PERSONAL_TABLES.flatMap((entry) => {
    const condition = isOfPerson(entry)
    return condition === null ? [] : [[entry.table, condition] as const]
  })
  const tables: Record<string, readonly ExportedRow[]> = {}
  for (const [table, condition] of [...listed, ...MORE]) {
    const { rows } = await client.query<{ row: ExportedRow }>(
      `SELECT jsonb_strip_nulls(to_jsonb(of_person)) AS row FROM (
         SELECT * FROM wonlost.${table}
          WHERE ${PERSON_PARAMETERS} AND ${condition}) of_person
        ORDER BY of_person::text`,
      [leadIds, anonymousIds, userIds],
    )
    if (rows.length > 0) tables[table] = rows.map(({ row }) => row)
  }
  return tables
}
