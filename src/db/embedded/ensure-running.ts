/** From an empty folder, a stopped server or a running one to a database that answers. To be called under the lock. */
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { WonlostError } from '../../errors.ts'
import { findBinaries } from './binaries.ts'
import type { EmbeddedOptions } from './home-lock.ts'
import { initialiseCluster } from './initialise.ts'
import { choosePlace, findPlace, type HomeFolders, type Place, recordPlace } from './place.ts'
import { ensureServer, findPostmaster, serverUrl, stopServer } from './postmaster.ts'

export const DATABASE = 'wonlost'

export async function ensureRunning(
  folders: HomeFolders,
  { say = () => {}, signal }: EmbeddedOptions,
): Promise<{ place: Place; url: string }> {
  const place = findPlace(folders) ?? (await makeCluster(folders, say))
  if (!findPostmaster(place)) await checkVersion(place)
  const port = await ensureServer(place, signal)
  await createDatabase(serverUrl(place, port, 'postgres'))
  return { place, url: serverUrl(place, port, DATABASE) }
}

async function makeCluster(folders: HomeFolders, say: (text: string) => void): Promise<Place> {
  const place = choosePlace(folders)
  if (existsSync(place.cluster)) await setAside(place, say)
  recordPlace(place)
  say(`Initialising an embedded PostgreSQL in ${place.cluster}`)
  initialiseCluster(place, await findBinaries(place))
  return place
}

/** A home that was removed without its data leaves a cluster in the system's folder: one is kept, out of the way. */
async function setAside(place: Place, say: (text: string) => void): Promise<void> {
  const aside = `${place.cluster}.old`
  say(`Its home was removed: the database in ${place.cluster} is set aside as ${aside}`)
  await stopServer(place)
  rmSync(aside, { recursive: true, force: true })
  renameSync(place.cluster, aside)
}

async function checkVersion(place: Place): Promise<void> {
  const made = readFileSync(join(place.data, 'PG_VERSION'), 'utf8').trim()
  const { major } = await findBinaries(place)
  if (Number(made) !== major)
    throw new WonlostError(
      'embedded_failed',
      `The database in ${place.data} was made by PostgreSQL ${made}, the installed one is ${major}. Upgrade it with pg_upgrade, install the Wonlost that made it, or choose another WONLOST_HOME.`,
    )
}

/** After initdb there is only `postgres`, which is for maintenance. */
async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  try {
    await client.connect()
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE])
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`)
  } finally {
    await client.end()
  }
}
