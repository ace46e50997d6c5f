/**
 * Where the embedded database of a WONLOST_HOME lives. State (lock, leases, log) is always in the home; the cluster too, unless
 * the server's user cannot reach the home: then it is in a folder of the system, and the home says which.
 */
import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { WonlostError } from '../../errors.ts'
import { canReach, chooseServerUser, ordinaryOwner, ownerOf, type ServerUser } from './server-user.ts'

/** What a home holds, whether or not there is a database yet. */
export interface HomeFolders {
  readonly home: string
  readonly state: string
  readonly lock: string
  readonly leases: string
  /** Exists while `db start` keeps the server running. */
  readonly pin: string
  /** Exists after `db stop`, until somebody starts the server again. */
  readonly stopped: string
  readonly log: string
  /** Says where the cluster is, if it is not in the home. */
  readonly pointer: string
}

export interface Place extends HomeFolders {
  /** Holds data/ and the password; made whole, by one rename. */
  readonly cluster: string
  readonly data: string
  readonly password: string
  /** Where a copy of the binaries goes if the server's user cannot run the package's own. */
  readonly copyFolder: () => string
  /** null: the server runs as we do. */
  readonly user: ServerUser | null
}

const SYSTEM_FOLDERS = ['/var/lib/wonlost', '/var/tmp/wonlost']

const pointerSchema = z.object({ home: z.string(), cluster: z.string() })

export function homeFolders(path: string): HomeFolders {
  // One home has one name, by whatever link it was reached: servers are recognised by the path of their data.
  const home = existsSync(path) ? realpathSync(path) : path
  const state = join(home, 'postgres')
  return {
    home,
    state,
    lock: join(state, 'lock'),
    leases: join(state, 'leases'),
    pin: join(state, 'pinned'),
    stopped: join(state, 'stopped'),
    log: join(state, 'server.log'),
    pointer: join(state, 'place.json'),
  }
}

/** Makes the folders of the home, for the user whose home it is. */
export function makeHome(home: string): HomeFolders {
  const owner = ordinaryOwner(home)
  mkdirSync(home, { recursive: true })
  const folders = homeFolders(home)
  for (const folder of [folders.home, folders.state, folders.lock, folders.leases]) {
    mkdirSync(folder, { recursive: true })
    // Root in an ordinary user's folder leaves nothing there that the user could not use afterwards.
    if (owner) chownSync(folder, owner.uid, owner.gid)
  }
  return folders
}

/** The place of an existing cluster; null when there is none. */
export function findPlace(folders: HomeFolders): Place | null {
  const cluster = readPointer(folders) ?? join(folders.state, 'cluster')
  if (!existsSync(cluster)) return null
  return placeAt(folders, cluster, ownerOf(cluster))
}

/** The place for a new cluster. Changes nothing in the home. */
export function choosePlace(folders: HomeFolders): Place {
  const user = chooseServerUser(folders.home)
  if (user === null || canReach(folders.state, user))
    return placeAt(folders, join(folders.state, 'cluster'), user)
  const name = createHash('sha256').update(folders.home).digest('hex').slice(0, 16)
  return placeAt(folders, join(systemFolder(user), name), user)
}

/** Notes in the home where its cluster is. Before the cluster is made: a folder that no home names is one whose home was removed. */
export function recordPlace(place: Place): void {
  if (dirname(place.cluster) === place.state) {
    rmSync(place.pointer, { force: true })
    return
  }
  writeFileSync(`${place.pointer}.new`, JSON.stringify({ home: place.home, cluster: place.cluster }))
  renameSync(`${place.pointer}.new`, place.pointer)
}

function readPointer(folders: HomeFolders): string | null {
  let text: string
  try {
    text = readFileSync(folders.pointer, 'utf8')
  } catch {
    return null
  }
  const pointer = pointerSchema.parse(JSON.parse(text))
  // A home that was moved keeps its database. A copy of a home must not share the server of the original.
  const copied = pointer.home !== folders.home && existsSync(homeFolders(pointer.home).pointer)
  return copied ? null : pointer.cluster
}

function placeAt(folders: HomeFolders, cluster: string, user: ServerUser | null): Place {
  return {
    ...folders,
    cluster,
    data: join(cluster, 'data'),
    password: join(cluster, 'password'),
    copyFolder: () => (user && !canReach(folders.state, user) ? systemFolder(user) : folders.state),
    user,
  }
}

/** A folder that root owns and `user` can reach. */
function systemFolder(user: ServerUser): string {
  for (const folder of SYSTEM_FOLDERS) {
    try {
      mkdirSync(folder, { recursive: true })
      const status = lstatSync(folder)
      // Anybody may write in /var/tmp: what somebody else put there is not ours to use.
      if (!status.isDirectory() || status.uid !== 0) continue
      chmodSync(folder, 0o755)
      if (canReach(folder, user)) return folder
    } catch {
      // Read-only; the next one may do.
    }
  }
  throw new WonlostError(
    'embedded_failed',
    `PostgreSQL refuses to run as root, and the user ${user.name} cannot reach ${SYSTEM_FOLDERS.join(' or ')}. Run as an ordinary user, or set DATABASE_URL.`,
  )
}
