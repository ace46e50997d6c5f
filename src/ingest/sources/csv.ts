/** CSV as a source of rows. */
import type { RowSource } from '../row-source.ts'
import { openCsv } from './csv-file.ts'
import { readRecords } from './csv-records.ts'
import { createCsvRejected } from './csv-rejected.ts'
import type { EncodingChoice } from './text-file.ts'

/** Throws as `openCsv` does; while rows are read, `table_invalid` when the quotes show that it is no CSV. */
export async function openCsvSource(path: string, encoding?: EncodingChoice): Promise<RowSource> {
  const file = await openCsv(path, encoding)
  return {
    format: 'csv',
    path,
    header: file.header,
    place: 'line',
    unit: 'bytes',
    async *records() {
      for await (const { records, end } of readRecords(file))
        yield { records, done: file.text.bytesBefore(end), total: file.text.size }
    },
    createRejected: () => createCsvRejected(file),
    close: () => file.text.close(),
  }
}
