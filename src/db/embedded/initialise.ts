/** Makes a new cluster. It is built in a folder beside its place and renamed: a start cut short leaves nothing half-made. */
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { appendFileSync, chownSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { WonlostError } from '../../errors.ts'
import type { Binaries } from './binaries.ts'
import type { Place } from './place.ts'
import { serverEnvironment } from './server-environment.ts'

export const SUPERUSER = 'wonlost'

/**
 * Only TCP on the loopback: a path to a Unix socket may be no longer than about 100 characters, a port has no such limit.
 * fsync and synchronous_commit stay on. Shared memory in files: containers often have a /dev/shm of 64 MB.
 */
const SETTINGS = `
# Wonlost
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
cluster_name = 'wonlost'
max_connections = 200
shared_buffers = '256MB'
work_mem = '16MB'
maintenance_work_mem = '128MB'
max_wal_size = '2GB'
checkpoint_timeout = '15min'
random_page_cost = 1.1
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
`

/** To be called under the lock: what an earlier call left half-made is removed. */
export function initialiseCluster(place: Place, binaries: Binaries): void {
  const parent = dirname(place.cluster)
  const prefix = `${basename(place.cluster)}.new-`
  for (const name of readdirSync(parent))
    if (name.startsWith(prefix)) rmSync(join(parent, name), { recursive: true, force: true })

  const fresh = join(parent, prefix + randomBytes(6).toString('hex'))
  const data = join(fresh, 'data')
  const password = join(fresh, 'password')
  mkdirSync(fresh, { mode: 0o700 })
  writeFileSync(password, randomBytes(24).toString('base64url'), { mode: 0o600 })
  if (place.user) for (const path of [fresh, password]) chownSync(path, place.user.uid, place.user.gid)

  const run = spawnSync(
    binaries.initdb,
    [
      `--pgdata=${data}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${password}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // One order of text on every machine, and letters beyond ASCII still have their lower case.
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
    ],
    {
      cwd: '/',
      encoding: 'utf8',
      env: serverEnvironment(),
      ...(place.user ? { uid: place.user.uid, gid: place.user.gid } : {}),
    },
  )
  if (run.status !== 0) {
    rmSync(fresh, { recursive: true, force: true })
    throw new WonlostError(
      'embedded_failed',
      `The embedded PostgreSQL could not be initialised in ${parent}: ${(run.error?.message ?? run.stderr).trim()}`,
    )
  }
  const extra = process.platform === 'win32' ? '' : `dynamic_shared_memory_type = 'mmap'\n`
  appendFileSync(join(data, 'postgresql.conf'), SETTINGS + extra)
  renameSync(fresh, place.cluster)
}
