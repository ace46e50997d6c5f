/**
 * Training reads the records several times: to find the rows, the vocabularies, the numbers. Up to a limit they are held in
 * memory after the first reading; beyond it every reading streams them from the database again, with flat memory.
 */
import type pg from 'pg'
import { streamRecords } from '../src/db/records.ts'
import { accountSubject } from '../src/features/account-subject.ts'
import type { Definition } from '../src/features/definition.ts'
import type { AccountRecord, ReportProgress } from '../src/glossary.ts'
import { checkpoint } from './checkpoint.ts'

export interface RecordSource {
  /** All records, in the order of the database; the same order each time. */
  read(): AsyncIterable<AccountRecord>
  /** The same order, of the records that hold one of these leads; absent where reading all is as quick. */
  only?(leadIds: readonly string[]): RecordSource
}

/** The records that hold one of these leads. */
export function restrictTo(records: RecordSource, leadIds: readonly string[]): RecordSource {
  if (records.only) return records.only(leadIds)
  const wanted = new Set(leadIds)
  return {
    async *read() {
      for await (const record of records.read())
        if (record.leads.some(({ leadId }) => wanted.has(leadId))) yield record
    },
  }
}

/** The records as a definition asks about them: of accounts, each with the account as its only lead; those of nobody are passed over. */
export function recordsOfEntity(records: RecordSource, { entity }: Pick<Definition, 'entity'>): RecordSource {
  if (entity === 'lead') return records
  return {
    async *read() {
      for await (const record of records.read()) {
        const subject = accountSubject(record)
        if (subject && record.leads.length > 0) yield subject
      }
    },
  }
}

/** Events and traits held at most: about 400 MB. */
const HELD_FACTS = 1_500_000

const RECORDS_A_BREATH = 256

export function createRecordSource(
  pool: pg.Pool,
  options: {
    readonly signal?: AbortSignal
    readonly report?: ReportProgress
    readonly heldFacts?: number
    /** Only the records that hold one of these leads; default: all. */
    readonly leadIds?: readonly string[]
  } = {},
): RecordSource {
  const { signal, report, heldFacts = HELD_FACTS, leadIds } = options
  let held: readonly AccountRecord[] | null = null
  async function* read(): AsyncGenerator<AccountRecord> {
    if (held) {
      for (const [index, record] of held.entries()) {
        if (index % RECORDS_A_BREATH === 0) await checkpoint(signal)
        yield record
      }
      return
    }
    const kept: AccountRecord[] = []
    let facts = 0
    let leads = 0
    let said = 0
    for await (const record of streamRecords(pool, leadIds ? { leadIds } : {})) {
      signal?.throwIfAborted()
      facts += countFacts(record)
      leads += record.leads.length
      if (facts <= heldFacts) kept.push(record)
      else kept.length = 0
      if (leads - said >= 5_000) {
        report?.(`read ${leads} leads`)
        said = leads
      }
      yield record
    }
    if (facts <= heldFacts) held = kept
  }
  return {
    read,
    only: (wanted) =>
      held ? restrictTo({ read }, wanted) : createRecordSource(pool, { ...options, leadIds: wanted }),
  }
}

function countFacts(record: AccountRecord): number {
  return record.leads.reduce(
    (count, lead) => count + lead.events.length + lead.traits.length,
    record.traits.length,
  )
}
