/** Imports files with a map, as the command line does, and shows what is in the tables then. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { streamRecords } from '../../src/db/records.ts'
import type { AccountRecord } from '../../src/glossary.ts'
import { importSource } from '../../src/ingest/import-file.ts'
import type { ImportMap } from '../../src/ingest/import-map.ts'
import type { ImportSummary } from '../../src/ingest/import-summary.ts'
import { IMPORT_KINDS } from '../../src/ingest/kinds/index.ts'
import { openSource } from '../../src/ingest/open-source.ts'
import type { EncodingName } from '../../src/ingest/sources/encodings.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

export const NOW = Date.UTC(2026, 10, 21)
const TABLES = [
  ...['accounts', 'leads', 'traits', 'identities', 'merges'],
  ...['deals', 'deal_contacts', 'deal_stages', 'events'],
]

export interface CrmFiles {
  readonly database: TestDatabase
  readonly folder: string
  import(kind: string, file: string, options?: CrmOptions): Promise<ImportSummary>
  /** Writes a file of these lines and imports it. */
  importLines(kind: string, lines: readonly string[], options?: CrmOptions): Promise<ImportSummary>
  query(text: string): Promise<unknown[]>
  /** The database as training reads it. */
  records(): Promise<AccountRecord[]>
  /** Every row of every table that an import writes, by table. */
  dump(): Promise<Record<string, unknown[]>>
  empty(): Promise<void>
  close(): Promise<void>
}

interface CrmOptions {
  readonly map?: ImportMap
  readonly zone?: string
  readonly encoding?: EncodingName
  readonly trustedTimes?: boolean
  readonly now?: number
  /** Of the file that `importLines` writes. */
  readonly name?: string
}

export async function openCrmFiles(): Promise<CrmFiles> {
  const database = await createTestDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'wonlost-crm-'))
  const files: CrmFiles = {
    database,
    folder,
    async import(kindName, file, { encoding, ...options } = {}) {
      const kind = IMPORT_KINDS.find(({ name }) => name === kindName)!
      const source = await openSource({ file, ...(encoding && { encoding }) })
      try {
        return await importSource(database.pool, kind, source, { now: NOW, trustedTimes: true, ...options })
      } finally {
        await source.close()
      }
    },
    importLines(kind, lines, { name = `${kind}.csv`, ...options } = {}) {
      const file = join(folder, name)
      writeFileSync(file, lines.join('\n'))
      return files.import(kind, file, options)
    },
    async query(text) {
      return (await database.pool.query(text)).rows
    },
    async records() {
      const records: AccountRecord[] = []
      for await (const record of streamRecords(database.pool)) records.push(record)
      return records
    },
    async dump() {
      const tables: Record<string, unknown[]> = {}
      for (const table of TABLES) {
        const rows = await files.query(
          `SELECT row_to_json(t)::text AS row FROM wonlost.${table} t ORDER BY 1`,
        )
        tables[table] = rows.map((row) => JSON.parse((row as { row: string }).row))
      }
      return tables
    },
    async empty() {
      await database.pool.query(`TRUNCATE ${TABLES.map((name) => `wonlost.${name}`).join(', ')} CASCADE`)
    },
    async close() {
      await database.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  return files
}
