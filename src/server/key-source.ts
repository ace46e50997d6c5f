/**
 * The keys in force, kept in memory and up to date: it looks twice a second, and at once when PostgreSQL says that a key was made
 * or revoked. So a check costs no query, and a revoked key is refused within a second: where the last look is older than that,
 * because the process stood still or the database was slow, the check waits for a new one. While the database is away, keys
 * that were known go on: who uses them finds nothing there but what needs no database.
 */
import type pg from 'pg'
import { hashOfKey } from '../api-key.ts'
import { type ApiKey, KEYS_CHANNEL, loadKeys, markKeysUsed } from '../db/api-keys.ts'
import { asDatabaseError } from '../db/connection-errors.ts'
import { WonlostError } from '../errors.ts'
import { HOUR, type Milliseconds, SECOND } from '../glossary.ts'
import { createWatch, type WatchLog } from './watch.ts'

export interface KeySource {
  /** The key that a client sent, if it is in force. Throws `database_unavailable` while the keys were never read. */
  find(key: string): Promise<ApiKey | null>
  /** The key that a session was begun with, by its prefix, if it is in force. Throws as `find`. */
  findNamed(prefix: string): Promise<ApiKey | null>
  /** Whether a key that was found is in force still, as of the last look: for answers that go on for long. */
  isInForce(key: ApiKey): boolean
  /** Tries to read the keys for a few seconds at most, then keeps looking. */
  start(log: WatchLog): Promise<void>
  stop(): Promise<void>
}

export interface KeySourceOptions {
  readonly pool: pg.Pool
  readonly now: () => Milliseconds
  /** How often to look. Default: twice a second. */
  readonly every?: Milliseconds
}

/** A look that is older than this proves nothing any more. */
const OLDEST_LOOK = SECOND

export function createKeySource({ pool, now, every = SECOND / 2 }: KeySourceOptions): KeySource {
  let log: WatchLog = { info() {}, error() {} }
  let keys: ReadonlyMap<string, ApiKey> | null = null
  /** On the clock of the process, that no one sets: when the look began that gave `keys`. */
  let lookedAt = Number.NEGATIVE_INFINITY
  let problem: unknown = null
  let used = new Set<string>()
  const watch = createWatch({ pool, channel: KEYS_CHANNEL, every, look })

  async function look(): Promise<boolean> {
    try {
      // Of a process that stood still the first one times out, whatever the database says; of a line that died silently, too.
      await read().catch(read)
      if (problem !== null) log.info({}, 'keys are read again')
      problem = null
    } catch (error) {
      if (problem === null) log.error({ err: error }, 'keys cannot be read')
      problem = error
      return false
    }
    await keepUse()
    return true
  }

  async function read(): Promise<void> {
    const began = performance.now()
    keys = await loadKeys(pool, OLDEST_LOOK)
    lookedAt = began
  }

  /** What cannot be written now is written later. */
  async function keepUse(): Promise<void> {
    if (used.size === 0) return
    const marked = used
    used = new Set()
    await markKeysUsed(pool, [...marked], hourOf(now())).catch(() => {
      used = new Set([...marked, ...used])
    })
  }

  const isExpired = ({ expiresAt }: ApiKey, at: Milliseconds): boolean =>
    expiresAt !== null && expiresAt <= at

  async function findBy(look: (known: ReadonlyMap<string, ApiKey>) => ApiKey | undefined) {
    if (problem === null && performance.now() - lookedAt > OLDEST_LOOK) await watch.look()
    if (keys === null) throw unread(problem)
    const at = now()
    const key = look(keys)
    if (!key || isExpired(key, at)) return null
    if (key.lastUsedAt === null || key.lastUsedAt < hourOf(at)) used.add(key.prefix)
    return key
  }

  return {
    async find(text) {
      const sha256 = hashOfKey(text)
      return sha256 === null ? null : findBy((known) => known.get(sha256))
    },
    findNamed: (prefix) => findBy((known) => named(known, prefix)),
    isInForce(key) {
      return keys !== null && named(keys, key.prefix) !== undefined && !isExpired(key, now())
    },
    async start(givenLog) {
      log = givenLog
      await watch.start()
    },
    async stop() {
      await watch.stop()
      if (problem === null) await keepUse()
    },
  }
}

function named(keys: ReadonlyMap<string, ApiKey>, prefix: string): ApiKey | undefined {
  return [...keys.values()].find((key) => key.prefix === prefix)
}

function hourOf(time: Milliseconds): Milliseconds {
  return Math.floor(time / HOUR) * HOUR
}

function unread(problem: unknown): WonlostError {
  const known = asDatabaseError(problem)
  if (known instanceof WonlostError) return known
  const message = 'The keys have not been read from the database yet.'
  return new WonlostError('database_unavailable', message, { cause: problem })
}
