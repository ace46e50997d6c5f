/** A deal that a program tells of, by the same rules as one in a file: read, checked and written by what imports deals. */
import type pg from 'pg'
import { withTransaction } from '../db/database.ts'
import { markDirty } from '../db/dirty-leads.ts'
import { leadsOfAccounts } from '../db/people.ts'
import { WonlostError } from '../errors.ts'
import { formatTime, type Milliseconds } from '../glossary.ts'
import { PLAIN_FORMAT } from './cell-types.ts'
import { DEAL_IMPORT } from './kinds/deals.ts'
import { createRowCheck } from './row-check.ts'
import type { RowPlan } from './row-plan.ts'
import { holdSuppressions } from './suppressions.ts'
import { createBatchWriter } from './write-batch.ts'

export interface LiveDeal {
  readonly dealId: string
  readonly accountId?: string | null | undefined
  readonly pipeline?: string | null | undefined
  readonly openedAt: Milliseconds
  readonly closedAt?: Milliseconds | null | undefined
  readonly outcome: 'won' | 'lost' | 'open'
  readonly amount?: number | null | undefined
  readonly currency?: string | null | undefined
  readonly lostReason?: string | null | undefined
  /** Ids of leads, the primary contact first. None says nothing of the contacts. */
  readonly contacts?: readonly string[] | undefined
  readonly stages?: readonly { readonly stage: string; readonly enteredAt: Milliseconds }[] | undefined
  /** When the outcome was learned of. Default: now. */
  readonly knownAt?: Milliseconds | undefined
}

/** In no name: control characters are refused. */
const DIVIDER = '\u001f'

const PLAN: RowPlan = {
  kind: DEAL_IMPORT,
  object: null,
  columns: DEAL_IMPORT.columns.map((column, position) => ({
    column,
    position,
    constant: '',
    source: column.name,
    format: { ...PLAIN_FORMAT, divider: DIVIDER },
    convert: null,
    deferred: column.name === 'closed_at',
  })),
  outcome: null,
  missing: new Set(),
  notes: [],
}

const HEADER = DEAL_IMPORT.columns.map(({ name }) => name)

/**
 * Keeps the deal; the same again changes nothing. Returns whether anything changed. Leads that it concerns are marked to be scored again.
 * Throws `invalid_request` that names the field, and `lead_not_found` for a contact that nobody knows.
 */
export async function writeDeal(pool: pg.Pool, deal: LiveDeal, now: Milliseconds): Promise<boolean> {
  return withTransaction(pool, async (client) => {
    const isSuppressed = await holdSuppressions(client)
    const check = createRowCheck(
      { header: HEADER, place: 'row' },
      PLAN,
      { now, trusted: false },
      isSuppressed,
    )
    const cells = cellsOf(deal)
    const record = { line: 1, cells, cellCount: cells.length, raw: null, fault: null }
    const row = check(record)
    // It cannot be read, and names who was erased: not a word of it is repeated.
    if (row === 'suppressed') return false
    if (row === 'repeated') throw new WonlostError('internal', 'A single deal is not repeated.')
    if ('reason' in row) throw refused(row.column, row.reason)
    const before = await concerned(client, deal.dealId)
    const result = await createBatchWriter(client, PLAN)([{ row, record }])
    const [missing] = result.rejections
    if (missing)
      throw new WonlostError('lead_not_found', `${missing.column}: ${missing.reason}.`, {
        field: missing.column,
      })
    if (result.changed === 0) return false
    const after = await concerned(client, deal.dealId)
    await markDirty(client, [...new Set([...before, ...after])], 'deal')
    return true
  })
}

/** The contacts of a deal, and the people of its account. */
async function concerned(client: pg.ClientBase, dealId: string): Promise<readonly string[]> {
  const { rows: contacts } = await client.query<{ lead_id: string }>(
    'SELECT lead_id FROM wonlost.deal_contacts WHERE deal_id = $1',
    [dealId],
  )
  const { rows: deals } = await client.query<{ account_id: string | null }>(
    'SELECT account_id FROM wonlost.deals WHERE deal_id = $1',
    [dealId],
  )
  const people = await leadsOfAccounts(
    client,
    deals.flatMap((row) => row.account_id ?? []),
  )
  return [...contacts.map((row) => row.lead_id), ...people]
}

/** In the order of the columns, as a file would write them. */
function cellsOf(deal: LiveDeal): readonly string[] {
  const time = (at: Milliseconds | null | undefined): string => (at == null ? '' : formatTime(at))
  const cells: Readonly<Record<string, string>> = {
    deal_id: deal.dealId,
    account_id: deal.accountId ?? '',
    pipeline: deal.pipeline ?? '',
    opened_at: time(deal.openedAt),
    closed_at: time(deal.closedAt),
    outcome: deal.outcome,
    amount: deal.amount == null ? '' : String(deal.amount),
    currency: deal.currency ?? '',
    lost_reason: deal.lostReason ?? '',
    contacts: deal.contacts === undefined ? '' : JSON.stringify(deal.contacts),
    stages: (deal.stages ?? []).map(({ stage, enteredAt }) => `${stage}@${time(enteredAt)}`).join(DIVIDER),
    known_at: time(deal.knownAt),
  }
  return HEADER.map((name) => {
    const cell = cells[name]
    if (cell === undefined)
      throw new WonlostError('internal', `Deals have a column ${name} that is not told of.`)
    return cell
  })
}

function refused(field: string, reason: string): WonlostError {
  return new WonlostError('invalid_request', `${field} ${reason}.`, { field })
}
