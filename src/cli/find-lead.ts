/** A lead as people name it on the command line. */
import type pg from 'pg'
import { nearestLeads } from '../db/nearest-leads.ts'
import { loadLead } from '../db/records.ts'
import { WonlostError } from '../errors.ts'
import type { AccountRecord, LeadRecord } from '../glossary.ts'

/** The lead of that id, or the one that it was merged into. Throws `lead_not_found`, which names those that may have been meant. */
export async function findLead(
  pool: pg.Pool,
  leadId: string,
): Promise<{ readonly account: AccountRecord; readonly lead: LeadRecord }> {
  const found = await loadLead(pool, leadId)
  if (found) return found
  const nearest = await nearestLeads(pool, leadId)
  const allowed =
    nearest.length > 0
      ? `Did you mean ${nearest.join(', ')}?`
      : 'Allowed: the id of a lead that was imported.'
  throw new WonlostError('lead_not_found', `There is no lead "${leadId}". ${allowed}`, { field: 'lead_id' })
}
