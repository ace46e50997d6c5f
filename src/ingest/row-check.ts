/** What becomes of a record, as far as the source and the suppressions can say. */
import { CellFault } from './cell-fault.ts'
import type { ImportRow, KnownTimes } from './define-import.ts'
import { RowCells } from './row-cells.ts'
import { faultInFile, type RowPlan } from './row-plan.ts'
import type { Rejection, RowSource, SourceRecord } from './row-source.ts'
import { createSeenRows } from './seen-rows.ts'
import type { IsSuppressed, SuppressionKind } from './suppressions.ts'

export type RowOutcome = ImportRow | Rejection | 'repeated' | 'suppressed'

/** Remembers which ids the source has named; one check serves all its rows, in their order. */
export function createRowCheck(
  { header, place }: Pick<RowSource, 'header' | 'place'>,
  plan: RowPlan,
  times: KnownTimes,
  isSuppressed: IsSuppressed,
): (record: SourceRecord) => RowOutcome {
  const { kind } = plan
  const cells = new RowCells(plan)
  const seen = createSeenRows()
  const reject = (record: SourceRecord, column: string, fault: CellFault): Rejection => {
    const inFile = faultInFile(plan, { column, fault })
    return { record, column: inFile.column, reason: inFile.fault.reason }
  }
  const check = (record: SourceRecord): RowOutcome => {
    const { fault } = record
    if (fault) {
      const column = fault.column === null ? '' : (header[fault.column] ?? '')
      return { record, column, reason: fault.reason }
    }
    if (record.cells.length !== header.length) {
      const reason = `the row has ${record.cells.length} cells, the header ${header.length}`
      return { record, column: '', reason }
    }
    const cellFault = cells.read(record.cells, times.now)
    if (cellFault) return { record, column: cellFault.column, reason: cellFault.fault.reason }
    const row = kind.readRow(cells, times)
    if ('fault' in row) return reject(record, row.column, row.fault)
    const { leadId = null, otherIds = [], userId = null, anonymousId = null } = row.person ?? {}
    const crmIds = leadId === null ? otherIds : [leadId, ...otherIds]
    if (crmIds.some((id) => isSuppressed('lead_id', id))) return 'suppressed'
    if (row.email !== null && isSuppressed('email', row.email)) return 'suppressed'
    if (userId !== null && isSuppressed('user_id', userId)) return 'suppressed'
    if (anonymousId !== null && isSuppressed('anonymous_id', anonymousId)) return 'suppressed'
    const earlier = row.id === null ? null : seen.see(row.id, record.cells, record.line)
    if (earlier?.same) return 'repeated'
    if (earlier) {
      const reason = `${JSON.stringify(row.id)} is on ${place} ${earlier.line} already, with other values`
      return reject(record, kind.columns[0]!.name, new CellFault(reason))
    }
    if (!row.contacts) return row
    return { ...row, contacts: row.contacts.filter(({ leadId: id }) => !isSuppressed('lead_id', id)) }
  }
  return (record) => {
    const outcome = check(record)
    // What is rejected is written to a file, whole: nothing of who was erased may be in it.
    return typeof outcome === 'object' && 'reason' in outcome && namesErased(record, isSuppressed)
      ? 'suppressed'
      : outcome
  }
}

const KINDS: readonly SuppressionKind[] = ['email', 'lead_id', 'user_id', 'anonymous_id']

/** By any cell, as it could not be read which of them is what; of a record without cells, by any word of it. */
function namesErased({ cells, raw }: SourceRecord, isSuppressed: IsSuppressed): boolean {
  const words = cells.length > 0 ? cells : (Buffer.isBuffer(raw) ? raw.toString() : '').split(/[\s,;|"']+/)
  return words.some((word) => KINDS.some((kind) => isSuppressed(kind, word.trim())))
}
