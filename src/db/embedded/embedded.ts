/**
 * The embedded PostgreSQL of a WONLOST_HOME. Whoever needs it first starts it, detached; every user holds a lease; the last one
 * to give its lease back stops it. A user that was killed gives nothing back: the next command finds the server running, takes
 * it over, and stops it in the end.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { WonlostError } from '../../errors.ts'
import { type Binaries, findBinaries } from './binaries.ts'
import { DATABASE, ensureRunning } from './ensure-running.ts'
import { type EmbeddedOptions, underLock } from './home-lock.ts'
import { addLease, type Lease, liveLeases, removeLease } from './leases.ts'
import { tryLock } from './lock.ts'
import { findPlace, type HomeFolders, homeFolders, type Place } from './place.ts'
import { askServerToStop, findPostmaster, serverUrl, stopServer } from './postmaster.ts'

export interface EmbeddedServer {
  readonly url: string
  /** Starts the server again if it has died; not if `db stop` has stopped it. */
  revive(): Promise<void>
  /** Gives the lease back; the last one stops the server, unless `db start` pinned it. */
  release(): Promise<void>
}

export interface EmbeddedStatus {
  readonly running: boolean
  /** `db start` keeps it running when nobody uses it. */
  readonly pinned: boolean
  readonly url: string | null
  readonly version: string | null
  /** null: nothing has been initialised yet. */
  readonly dataFolder: string | null
  readonly log: string
  readonly leases: readonly Lease[]
}

/** Starts the server unless it runs, and holds a lease. Throws `embedded_unsupported`, `embedded_failed`. */
export async function acquireEmbedded(home: string, options: EmbeddedOptions = {}): Promise<EmbeddedServer> {
  return underLock(home, options, async (folders) => {
    const lease = addLease(folders.leases, describeProcess())
    try {
      rmSync(folders.stopped, { force: true })
      const { place, url } = await ensureRunning(folders, options)
      const binaries = await findBinaries(place)
      const onExit = (): void => releaseAtExit(place, binaries, lease)
      process.once('exit', onExit)
      const revive = (): Promise<void> =>
        underLock(home, options, async () => {
          if (!existsSync(folders.stopped)) await ensureRunning(folders, options)
        })
      const release = async (): Promise<void> => {
        process.off('exit', onExit)
        await underLock(home, {}, async () => {
          removeLease(lease)
          if (isUnused(folders)) await stopServer(place)
        })
      }
      return { url, revive, release }
    } catch (error) {
      removeLease(lease)
      const place = findPlace(folders)
      if (place && isUnused(folders)) await stopServer(place)
      throw error
    }
  })
}

/** Starts the server and keeps it running until `stopEmbedded`. */
export async function pinEmbedded(home: string, options: EmbeddedOptions = {}): Promise<void> {
  const server = await acquireEmbedded(home, options)
  await underLock(home, options, async (folders) => writeFileSync(folders.pin, ''))
  await server.release()
}

/** Returns whether it ran. Throws `usage` when others use it and `force` is false. */
export async function stopEmbedded(
  home: string,
  options: EmbeddedOptions & { readonly force: boolean },
): Promise<boolean> {
  if (!existsSync(homeFolders(home).state)) return false
  return underLock(home, options, async (folders) => {
    const users = liveLeases(folders.leases)
    if (users.length > 0 && !options.force)
      throw new WonlostError(
        'usage',
        `The embedded PostgreSQL is in use by ${users.map((user) => `${user.command} (pid ${user.pid})`).join(', ')}. End them first, or give --force.`,
      )
    rmSync(folders.pin, { force: true })
    writeFileSync(folders.stopped, '')
    const place = findPlace(folders)
    if (!place || !findPostmaster(place)) return false
    await stopServer(place)
    return true
  })
}

/** Changes nothing, except that leases of ended processes are swept. */
export function embeddedStatus(home: string): EmbeddedStatus {
  const folders = homeFolders(home)
  const place = findPlace(folders)
  const running = place ? findPostmaster(place) : null
  return {
    running: running !== null,
    pinned: existsSync(folders.pin),
    url: place && running ? serverUrl(place, running.port, DATABASE) : null,
    version: place ? readFileSync(join(place.data, 'PG_VERSION'), 'utf8').trim() : null,
    dataFolder: place?.data ?? null,
    log: folders.log,
    leases: existsSync(folders.leases) ? liveLeases(folders.leases) : [],
  }
}

function isUnused(folders: HomeFolders): boolean {
  return liveLeases(folders.leases).length === 0 && !existsSync(folders.pin)
}

/** For a process that exits without closing: an error nobody caught, a second Ctrl-C. Only what can be done at once. */
function releaseAtExit(place: Place, binaries: Binaries, lease: string): void {
  removeLease(lease)
  // Where another process holds the lock, it or the one after it stops the server.
  const unlock = tryLock(place.lock)
  if (!unlock) return
  if (isUnused(place)) askServerToStop(place, binaries)
  unlock()
}

/** `wonlost serve`, for people who ask who uses the server. Only the verb: flags may hold what is not for others. */
function describeProcess(): string {
  const verb = process.argv[2] ?? ''
  return /^[a-z][a-z-]*$/.test(verb) ? `wonlost ${verb}` : 'wonlost'
}
