/** PostgreSQL refuses to run as root. As root it runs as an ordinary user, who must be able to reach what it needs. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { WonlostError } from '../../errors.ts'

export interface ServerUser {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

/**
 * null: the server runs as we do. As root: the owner of the home if that is an ordinary user, else `nobody`.
 * Throws `embedded_failed` when there is no such user.
 */
export function chooseServerUser(home: string): ServerUser | null {
  if (process.getuid?.() !== 0) return null
  const user = ordinaryOwner(home) ?? readUsers().find((candidate) => candidate.name === 'nobody')
  if (user) return user
  throw new WonlostError(
    'embedded_failed',
    'PostgreSQL refuses to run as root, and there is no user "nobody" to run it as. Run as an ordinary user, or set DATABASE_URL.',
  )
}

/** As root: the ordinary user in whose folder we are (the folder itself, or the nearest one that exists); null when it is root's. */
export function ordinaryOwner(folder: string): ServerUser | null {
  if (process.getuid?.() !== 0) return null
  let existing = folder
  while (!existsSync(existing)) existing = dirname(existing)
  const { uid } = statSync(existing)
  return readUsers().find((user) => uid !== 0 && user.uid === uid) ?? null
}

/** The user that owns existing data. As root, data of any user goes on under that user. */
export function ownerOf(folder: string): ServerUser | null {
  const { uid, gid } = statSync(folder)
  const name = readUsers().find((user) => user.uid === uid)?.name ?? String(uid)
  if (process.getuid === undefined || process.getuid() === uid) return null
  if (process.getuid() === 0) return { name, uid, gid }
  throw new WonlostError(
    'embedded_failed',
    `The database in ${folder} belongs to the user ${name}. Run as that user or as root, or choose another WONLOST_HOME.`,
  )
}

/** Whether the user may pass every folder down to this one (itself included) and read in it. */
export function canReach(folder: string, user: ServerUser): boolean {
  let current = resolve(folder)
  for (;;) {
    const { mode, uid, gid } = statSync(current)
    const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0
    const needed = current === resolve(folder) ? 0o5 : 0o1
    if (((mode >> shift) & needed) !== needed) return false
    const parent = dirname(current)
    if (parent === current) return true
    current = parent
  }
}

function readUsers(): ServerUser[] {
  if (!existsSync('/etc/passwd')) return []
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 4)
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
}
