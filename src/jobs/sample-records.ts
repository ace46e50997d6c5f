/** Records of about so many leads, spread evenly over all that there are. */
import type pg from 'pg'
import { cutRecords, rangeReader } from '../db/records.ts'
import { inSnapshot } from '../db/snapshot.ts'
import type { AccountRecord, ReportProgress } from '../glossary.ts'

export interface SampleOptions {
  /** Default: all. */
  readonly mostLeads?: number | undefined
  readonly report?: ReportProgress
}

export interface RecordSample {
  readonly records: AsyncGenerator<AccountRecord, void, undefined>
  /** Not all of them; known when the first record is there. */
  readonly isSampled: () => boolean
}

/** Accounts are not cut: as many leads more may come. */
const LEADS_A_RANGE = 250

export function sampleRecords(pool: pg.Pool, { mostLeads, report }: SampleOptions): RecordSample {
  let isSampled = false
  const records = inSnapshot(pool, async function* (client) {
    const ranges = await cutRecords(client, LEADS_A_RANGE)
    const wanted =
      mostLeads === undefined ? ranges.length : Math.max(1, Math.floor(mostLeads / LEADS_A_RANGE))
    const count = Math.min(wanted, ranges.length)
    isSampled = count < ranges.length
    const read = rangeReader()
    for (let i = 0; i < count; i++) {
      report?.('reading history', i, count)
      yield* read(client, ranges[Math.floor((i * ranges.length) / count)]!)
    }
    report?.('reading history', count, count)
  })
  return { records, isSampled: () => isSampled }
}
