/** The server process of a cluster: found by its postmaster.pid, started detached, stopped. To be called under the lock. */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync, fchownSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { WonlostError } from '../../errors.ts'
import { isConnectionError } from '../connection-errors.ts'
import { type Binaries, findBinaries } from './binaries.ts'
import { SUPERUSER } from './initialise.ts'
import type { Place } from './place.ts'
import { commandLine, isRunning } from './process-identity.ts'
import { serverEnvironment } from './server-environment.ts'

const POLL_MS = 25
/** Recovery after a crash replays at most max_wal_size: seconds. */
const PATIENCE_MS = 120_000
const LOG_LIMIT = 5_000_000

interface Postmaster {
  readonly pid: number
  readonly port: number
  readonly stopping: boolean
}

/** The running server of the cluster; null when there is none, whatever a stale postmaster.pid says. */
export function findPostmaster(place: Place): Postmaster | null {
  const recorded = readPidFile(place)
  if (!recorded || !isRunning({ pid: recorded.pid, startedAt: null })) return null
  // After a crash the pid may have gone to another program.
  const command = commandLine(recorded.pid)
  return command === null || command.includes(`-D ${place.data} `) ? recorded : null
}

/** For a client on this machine. Says sslmode, so that a PGSSLMODE meant for another server does not apply. */
export function serverUrl(place: Place, port: number, database: string): string {
  const password = readFileSync(place.password, 'utf8')
  return `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}?sslmode=disable`
}

/** Starts the server unless it runs, waits until it answers, and returns its port. */
export async function ensureServer(place: Place, signal?: AbortSignal): Promise<number> {
  const deadline = Date.now() + PATIENCE_MS
  let failure = 'it does not answer'
  let port = preferredPort(place)
  while (Date.now() < deadline) {
    signal?.throwIfAborted()
    const running = findPostmaster(place)
    if (running && !running.stopping && (await answers(place, running.port))) return running.port
    if (running) {
      await sleep(POLL_MS, undefined, { signal })
      continue
    }
    if (!(await isFree(port))) port = await freePort()
    const outcome = await launch(place, await findBinaries(place), port, signal)
    if (outcome === 'ready') return port
    failure = outcome
    // Another program took the port meanwhile; processes of a killed server are still ending; else trying again will not help.
    if (/could not (bind|create any TCP\/IP sockets)/.test(failure)) port = await freePort()
    else if (!/shared memory block|lock file "postmaster.pid" already exists/.test(failure)) break
    await sleep(10 * POLL_MS, undefined, { signal })
  }
  throw new WonlostError(
    'embedded_failed',
    `The embedded PostgreSQL in ${place.cluster} did not start: ${failure}. Its log: ${place.log}`,
  )
}

/** Ends all sessions, writes everything, and waits until the server is gone. Does nothing where none runs. */
export async function stopServer(place: Place): Promise<void> {
  for (const mode of ['fast', 'immediate']) {
    if (!findPostmaster(place)) return
    const binaries = await findBinaries(place)
    control(place, binaries, ['-m', mode, '-w', '-t', String(PATIENCE_MS / 1_000)])
  }
}

/** Tells the server to stop and does not wait: for a process that is exiting. */
export function askServerToStop(place: Place, binaries: Binaries): void {
  if (findPostmaster(place)) control(place, binaries, ['-m', 'fast', '-W'])
}

function control(place: Place, binaries: Binaries, flags: readonly string[]): void {
  spawnSync(binaries.pgCtl, ['stop', '-D', place.data, ...flags], {
    cwd: '/',
    stdio: 'ignore',
    env: serverEnvironment(),
    ...(place.user ? { uid: place.user.uid, gid: place.user.gid } : {}),
  })
}

/** 'ready', or why not. */
async function launch(place: Place, binaries: Binaries, port: number, signal?: AbortSignal): Promise<string> {
  const log = openLog(place)
  const logStart = statSync(place.log).size
  const stale = readPidFile(place)?.pid
  const child = spawn(binaries.postgres, ['-D', place.data, '-p', String(port)], {
    cwd: '/',
    detached: true,
    windowsHide: true,
    stdio: ['ignore', log, log],
    // PostgreSQL takes a postmaster.pid for live when any process has that pid; we know that it is not a server of this cluster,
    // and this is how pg_ctl tells it so. Its other check, for processes that still use the shared memory, stays.
    env: { ...serverEnvironment(), ...(stale ? { PG_GRANDPARENT_PID: String(stale) } : {}) },
    ...(place.user ? { uid: place.user.uid, gid: place.user.gid } : {}),
  })
  closeSync(log)
  let ended: string | null = null
  child.once('error', (error) => {
    ended = error.message
  })
  child.once('exit', (code, signalName) => {
    ended = `it exited with ${code ?? signalName}`
  })
  child.unref()
  const deadline = Date.now() + PATIENCE_MS
  while (ended === null && Date.now() < deadline) {
    if (await answers(place, port)) return 'ready'
    await sleep(POLL_MS, undefined, { signal })
  }
  const said = readFileSync(place.log).subarray(logStart).toString('utf8').trim()
  return `${ended ?? 'it does not answer'}${said ? `\n${said}\n` : ''}`
}

/** True when the server on the port is ours (it knows the password, and we check its proof of that) and takes connections. */
async function answers(place: Place, port: number): Promise<boolean> {
  const client = new pg.Client({
    connectionString: serverUrl(place, port, 'postgres'),
    connectionTimeoutMillis: 5_000,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch (error) {
    if (isConnectionError(error)) return false
    throw error
  } finally {
    await client.end().catch(() => {})
  }
}

function readPidFile(place: Place): Postmaster | null {
  try {
    // Lines: pid, data folder, start, port, socket folder, address, shared memory, status.
    const lines = readFileSync(join(place.data, 'postmaster.pid'), 'utf8').split('\n')
    const pid = Number(lines[0])
    if (!Number.isInteger(pid) || pid <= 0) return null
    return { pid, port: Number(lines[3]), stopping: lines[7]?.trim() === 'stopping' }
  } catch {
    return null
  }
}

function openLog(place: Place): number {
  const log = openSync(place.log, 'a', 0o600)
  if (place.user) fchownSync(log, place.user.uid, place.user.gid)
  if (statSync(place.log).size > LOG_LIMIT) truncateSync(place.log)
  return log
}

/** The same at every start where possible, so that a process whose server was stopped reconnects. Below the range of outgoing connections. */
function preferredPort(place: Place): number {
  return 20_000 + (createHash('sha256').update(place.cluster).digest().readUInt32BE(0) % 12_000)
}

function isFree(port: number): Promise<boolean> {
  return listenOn(port).then(
    () => true,
    () => false,
  )
}

function freePort(): Promise<number> {
  return listenOn(0)
}

function listenOn(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      const taken = typeof address === 'object' && address !== null ? address.port : port
      server.close(() => resolve(taken))
    })
  })
}
