/**
 * Erases a person: everything that is kept of it, in one transaction, and for good. What stays is a salted hash of each of its names, so that
 * no import and no message brings it back.
 */
import type pg from 'pg'
import { withTransaction } from '../../db/database.ts'
import { applyReportEdits, editReports } from '../../db/erase-from-reports.ts'
import { erasePerson } from '../../db/erase-person.ts'
import { findMentions, removeMentions } from '../../db/mentions.ts'
import { holdOverrides } from '../../db/overrides.ts'
import { loadPersonNames } from '../../db/person-names.ts'
import type { PersonNames } from '../../db/personal-data.ts'
import { WonlostError } from '../../errors.ts'
import { type Milliseconds, SECOND } from '../../glossary.ts'
import {
  isHeldLong,
  LOCK_TO_SUPPRESS,
  type SuppressedName,
  suppress,
  suppressedAt,
} from '../../ingest/suppressions.ts'

export interface Erasure {
  readonly erasedAt: Milliseconds
  /** The person was erased before; what still mentioned that id went now. */
  readonly isRepeated: boolean
  /** Ids that the person had as a lead: its own, and those that were merged into it. */
  readonly leads: number
  /** Rows that went, by table. */
  readonly rows: ReadonlyMap<string, number>
  /** Reports of models that showed the person. */
  readonly reports: number
}

/** Live data waits behind whoever asks for what it holds, and must not wait for long. An import that holds it is not waited for at all. */
const LOCK_TIMEOUT = 2 * SECOND
/** SQLSTATE: a lock was not got in time; a deadlock. */
const BUSY = new Set(['55P03', '40P01'])

/**
 * Erases the person that has this id, also where the id was merged into another: all of its ids go. Again for one that was erased changes nothing
 * but what has come to mention it since. Throws `lead_not_found`, and `overloaded` while an import runs.
 */
export async function eraseLead(pool: pg.Pool, leadId: string, now: Milliseconds): Promise<Erasure> {
  const known = await loadPersonNames(pool, leadId)
  const before = known ?? (await erasedBefore(pool, leadId))
  const mentions = await findMentions(pool, before)
  const edits = await editReports(pool, before.leadIds)
  if (await isHeldLong(pool, LOCK_TIMEOUT)) throw busy()
  try {
    return await withTransaction(pool, async (client) => {
      // In the order in which everybody takes them.
      await client.query(`SET LOCAL lock_timeout = ${LOCK_TIMEOUT}`)
      await holdOverrides(client)
      await client.query('LOCK TABLE wonlost.merges IN SHARE ROW EXCLUSIVE MODE')
      await client.query(LOCK_TO_SUPPRESS)
      const names = (await loadPersonNames(client, leadId)) ?? (await erasedBefore(client, leadId))
      const suppressed = suppressedNames(names)
      const erasedAt = (await suppressedAt(client, ['lead_id', leadId])) ?? now
      await suppress(client, suppressed, { at: now, reason: 'erasure' })
      const rows = new Map(await erasePerson(client, names))
      const rejected = await removeMentions(client, names, mentions)
      rows.set('rejected_messages', rejected + (rows.get('rejected_messages') ?? 0))
      await applyReportEdits(client, edits)
      const leads = rows.get('leads') ?? 0
      return { erasedAt, isRepeated: leads === 0, leads, rows, reports: edits.length }
    })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && BUSY.has(String(error.code)))) throw error
    throw busy(error)
  }
}

function busy(cause?: Error): WonlostError {
  const message =
    'Somebody else, an import mostly, is writing about people. Nothing was erased: ask again when that has ended.'
  return new WonlostError('overloaded', message, cause ? { cause } : {})
}

/** The one name that is given of whom nothing else is known any more. Throws `lead_not_found` for whoever never was there. */
async function erasedBefore(client: pg.Pool | pg.ClientBase, leadId: string): Promise<PersonNames> {
  if ((await suppressedAt(client, ['lead_id', leadId])) === null)
    throw new WonlostError('lead_not_found', `There is no lead ${JSON.stringify(leadId)} to erase.`, {
      field: 'id',
    })
  return { leadIds: [leadId], emails: [], userIds: [], anonymousIds: [], crmIds: [] }
}

function suppressedNames({
  leadIds,
  emails,
  userIds,
  anonymousIds,
  crmIds,
}: PersonNames): readonly SuppressedName[] {
  return [
    ...[...leadIds, ...crmIds].map((id) => ['lead_id', id] as const),
    ...emails.map((email) => ['email', email] as const),
    ...userIds.map((id) => ['user_id', id] as const),
    ...anonymousIds.map((id) => ['anonymous_id', id] as const),
  ]
}
