/**
 * One PostgreSQL for all `db` tests: the one that DATABASE_URL names, or else an embedded one in a folder of its own. A migrated
 * template database is made once; each test file clones it (see database.ts).
 */
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { acquireEmbedded, embeddedStatus } from '../../src/db/embedded/embedded.ts'
import { migrate } from '../../src/db/migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Administers the test databases. */
    serverUrl: string
    /** Name of the migrated database to clone. */
    templateDatabase: string
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['DATABASE_URL']
  const server = given ? { url: given, release: async () => {} } : await startEmbedded()
  const template = `wonlost_template_${randomBytes(4).toString('hex')}`
  await administer(server.url, `CREATE DATABASE ${template} TEMPLATE template0 ENCODING 'UTF8'`)
  await migrate(databaseUrl(server.url, template))
  project.provide('serverUrl', server.url)
  project.provide('templateDatabase', template)
  return async () => {
    await administer(server.url, `DROP DATABASE ${template} WITH (FORCE)`)
    await server.release()
  }
}

async function startEmbedded(): Promise<{ url: string; release: () => Promise<void> }> {
  const home = mkdtempSync(join(tmpdir(), 'wonlost-test-'))
  // As root the server runs as another user, who must be able to enter.
  chmodSync(home, 0o755)
  const server = await acquireEmbedded(home)
  // Nothing here outlives the machine: half the time of making and dropping a database was waiting for the disk.
  for (const setting of ['fsync', 'full_page_writes'])
    await administer(server.url, `ALTER SYSTEM SET ${setting} = off`)
  await administer(server.url, 'SELECT pg_reload_conf()')
  const { dataFolder } = embeddedStatus(home)
  const release = async (): Promise<void> => {
    await server.release()
    rmSync(home, { recursive: true, force: true })
    // Elsewhere when root has a temporary folder that only root can enter.
    if (dataFolder) rmSync(dirname(dataFolder), { recursive: true, force: true })
  }
  return { url: server.url, release }
}

export function databaseUrl(serverUrl: string, database: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${database}`
  return url.href
}

export async function administer(serverUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
