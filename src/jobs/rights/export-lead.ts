/** Everything that is kept of a person, for whoever asks what is known of them. */
import type pg from 'pg'
import { type ExportedRow, exportPerson } from '../../db/export-person.ts'
import { loadPersonNames } from '../../db/person-names.ts'
import { inSnapshot } from '../../db/snapshot.ts'
import { WonlostError } from '../../errors.ts'
import { formatTime, type Milliseconds } from '../../glossary.ts'

export interface LeadExport {
  /** The id that the person goes by now. */
  readonly lead_id: string
  readonly exported_at: string
  readonly names: {
    readonly lead_ids: string[]
    readonly emails: string[]
    readonly user_ids: string[]
    readonly anonymous_ids: string[]
    readonly crm_ids: string[]
  }
  /** By table. */
  readonly tables: Record<string, ExportedRow[]>
}

/** As of one moment. Throws `lead_not_found`, also for one that was erased. */
export async function exportLead(pool: pg.Pool, leadId: string, now: Milliseconds): Promise<LeadExport> {
  const exported = inSnapshot(pool, async function* (client) {
    const names = await loadPersonNames(client, leadId)
    if (names === null) return
    const tables = await exportPerson(client, names)
    yield { names, tables }
  })
  for await (const { names, tables } of exported)
    return {
      lead_id: names.leadIds[0]!,
      exported_at: formatTime(now),
      names: {
        lead_ids: [...names.leadIds],
        emails: [...names.emails],
        user_ids: [...names.userIds],
        anonymous_ids: [...names.anonymousIds],
        crm_ids: [...names.crmIds],
      },
      tables: Object.fromEntries(Object.entries(tables).map(([table, rows]) => [table, [...rows]])),
    }
  throw new WonlostError('lead_not_found', `There is no lead ${JSON.stringify(leadId)}.`, { field: 'id' })
}
