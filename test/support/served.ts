/** Sets up, once for a test file, the application with one champion and a few leads, and takes it down again. */
import { afterAll, beforeAll } from 'vitest'
import type { Authentication } from '../../src/server/plugins/authentication.ts'
import type { IdentityProvider } from '../../src/server/sign-in/identity-provider.ts'
import { addLead, createTestApp, keepModel, promote, type TestApp } from './app.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { createModelsFolder, type TestModelsFolder } from './models-folder.ts'

export interface Served extends TestApp {
  readonly database: TestDatabase
  readonly folder: TestModelsFolder
}

/** What it returns may be read inside tests only. `leads`: ids, all of one account. Without `auth` nobody is asked for a key. */
interface ServedOptions {
  readonly ingestOrigins?: readonly string[]
  readonly provider?: () => Promise<IdentityProvider | null>
}

export function serveForTests(
  leads: readonly string[],
  auth: (database: TestDatabase) => Authentication = () => 'off',
  { ingestOrigins = [], provider = async () => null }: ServedOptions = {},
): () => Served {
  let served: Served | undefined
  beforeAll(async () => {
    const database = await createTestDatabase()
    const folder = createModelsFolder()
    await promote(database.pool, await keepModel(database.pool), null)
    for (const lead of leads) await addLead(database.pool, lead, 'a_1')
    const identityProvider = await provider()
    const test = createTestApp(database, folder.path, {
      auth: auth(database),
      identityProvider,
      ingestOrigins,
    })
    await test.app.ready()
    served = { ...test, database, folder }
  })
  afterAll(async () => {
    await served?.app.close()
    await served?.database.drop()
    served?.folder.remove()
  })
  return () => {
    if (!served) throw new Error('read inside tests only')
    return served
  }
}
