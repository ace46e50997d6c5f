/** Takes tracking messages and keeps them: durable before they are acknowledged. */
import type pg from 'pg'
import { withTransaction } from '../../db/database.ts'
import { WonlostError } from '../../errors.ts'
import { type Milliseconds, SECOND } from '../../glossary.ts'
import { MOST_MESSAGE_BYTES, type TrackingMessage } from '../wire/message.ts'
import { createGroupCommit } from './group-commit.ts'
import type { TurnedDown } from './prepare-messages.ts'
import { beginGroup, type Group, NamesChanged, writeMessages } from './write-messages.ts'

export interface TrackingWriter {
  /** Resolves when all is committed. Throws `overloaded` at once when too much waits already, and the errors of the database. */
  write(group: Group): Promise<void>
  /** When nothing is left to be written. */
  idle(): Promise<void>
}

export interface TrackingWriterOptions {
  readonly pool: pg.Pool
  readonly now: () => Milliseconds
  /** Messages that may wait. Default: 20,000, of 3 KiB each. */
  readonly mostWaiting?: number
}

const LANES = 2
/** Messages in one transaction. */
const MOST_TOGETHER = 5_000
const MOST_WAITING = 20_000
/** One that is larger counts for several. */
const BYTES_OF_A_MESSAGE = 3 * 1024
const TRIES = 5
/**
 * Whoever scores a lead holds it for moments, but an import that is running may hold a name or a lead for minutes: that must not stop
 * all others.
 */
const LOCK_TIMEOUT = 2 * SECOND
/** Of those whose group waited in vain. */
const LOCK_TIMEOUT_AGAIN = SECOND / 4

/** Of a lost race: a deadlock, or a serialisation that failed. */
const RACES = new Set(['40P01', '40001'])
const LOCK_NOT_AVAILABLE = '55P03'

export function createTrackingWriter(options: TrackingWriterOptions): TrackingWriter {
  const { pool, now, mostWaiting = MOST_WAITING } = options

  async function writeTogether(groups: readonly Group[], again: boolean): Promise<void> {
    const group: Group = {
      bytes: groups.reduce((sum, { bytes }) => sum + bytes, 0),
      messages: groups.flatMap(({ messages }) => messages),
      rejected: groups.flatMap(({ rejected }) => rejected),
      // The newest: the file may have changed meanwhile.
      map: groups.at(-1)!.map,
    }
    const begin = beginGroup(group, again ? LOCK_TIMEOUT_AGAIN : LOCK_TIMEOUT)
    for (let tried = 1; ; tried++)
      try {
        return await withTransaction(pool, (client) => writeMessages(client, group, now()), begin)
      } catch (error) {
        if (tried < TRIES && (error instanceof NamesChanged || RACES.has(codeOf(error)))) continue
        throw error
      }
  }

  const commit = createGroupCommit<Group>({
    write: writeTogether,
    lanes: LANES,
    sizeOf: ({ messages, rejected, bytes }) =>
      Math.max(messages.length + rejected.length, Math.ceil(bytes / BYTES_OF_A_MESSAGE)),
    mostTogether: MOST_TOGETHER,
    mostWaiting,
    isFaultOfOne: (error) => !(error instanceof WonlostError),
    overloaded: () =>
      new WonlostError(
        'overloaded',
        `More arrives than can be written: ${mostWaiting} messages wait already. Send the same again later.`,
      ),
  })
  /** What PostgreSQL cannot keep harms no other message: it is looked for by halves, and turned down. */
  async function write(group: Group): Promise<void> {
    try {
      await commit.submit(group)
    } catch (error) {
      const { messages, rejected, map, bytes } = group
      if (!isDataFault(error) || messages.length === 0) throw busyOr(error)
      const [only] = messages
      if (only && messages.length === 1)
        return write({ messages: [], rejected: [...rejected, refusal(only, error)], map, bytes })
      const half = Math.ceil(messages.length / 2)
      await write({ messages: messages.slice(0, half), rejected, map, bytes: bytes / 2 })
      await write({ messages: messages.slice(half), rejected: [], map, bytes: bytes / 2 })
    }
  }

  return { write, idle: commit.idle }
}

/** Classes of SQLSTATE: data exceptions, constraints, limits of the program (an entry too long for its index). */
function isDataFault(error: unknown): error is Error {
  return /^(22|23|54)[0-9A-Z]{3}$/.test(codeOf(error))
}

function refusal(message: TrackingMessage, error: Error): TurnedDown {
  const { receivedAt, source, userId, anonymousId, previousId, email, properties, ...rest } = message
  return {
    receivedAt,
    source,
    reason: `cannot be kept (PostgreSQL says ${codeOf(error)})`,
    userId,
    anonymousId,
    previousId,
    email: email?.address ?? null,
    message: JSON.stringify({ ...rest, properties: JSON.parse(properties) }).slice(0, MOST_MESSAGE_BYTES),
  }
}

/** Whoever waited in vain for somebody else may try again. */
function busyOr(error: unknown): unknown {
  const code = codeOf(error)
  if (code !== LOCK_NOT_AVAILABLE && !RACES.has(code) && !(error instanceof NamesChanged)) return error
  const message =
    'Somebody else, an import mostly, is writing about the same people. Send the same again later.'
  return new WonlostError('overloaded', message, { cause: error })
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
