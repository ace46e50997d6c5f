/** Takes tracking messages and keeps them: durable before they are acknowledged. */
import type pg from 'pg'
import { withTransaction } from '../../db/database.ts'
import { WonlostError } from '../../errors.ts'
import { type Milliseconds, SECOND } from '../../glossary.ts'
import { createGroupCommit } from './group-commit.ts'
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
  /** Messages that may wait. Default: 20,000. */
  readonly mostWaiting?: number
}

/** Messages in one transaction. */
const MOST_TOGETHER = 5_000
const MOST_WAITING = 20_000
const TRIES = 5
/** An import that is running may hold a name or a lead for minutes: that must not stop all others. */
const LOCK_TIMEOUT = 2 * SECOND
const LOCK_TIMEOUT_ALONE = SECOND / 4

/** Of a lost race: a deadlock, or a serialisation that failed. */
const RACES = new Set(['40P01', '40001'])
const LOCK_NOT_AVAILABLE = '55P03'

export function createTrackingWriter(options: TrackingWriterOptions): TrackingWriter {
  const { pool, now, mostWaiting = MOST_WAITING } = options

  async function writeTogether(groups: readonly Group[]): Promise<void> {
    const group = {
      messages: groups.flatMap(({ messages }) => messages),
      rejected: groups.flatMap(({ rejected }) => rejected),
      // The newest: the file may have changed meanwhile.
      map: groups.at(-1)!.map,
    }
    const begin = beginGroup(group, groups.length > 1 ? LOCK_TIMEOUT : LOCK_TIMEOUT_ALONE)
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
    sizeOf: ({ messages, rejected }) => messages.length + rejected.length,
    mostTogether: MOST_TOGETHER,
    mostWaiting,
    isFaultOfOne: (error) => !(error instanceof WonlostError),
    overloaded: () =>
      new WonlostError(
        'overloaded',
        `More arrives than can be written: ${mostWaiting} messages wait already. Send the same again later.`,
      ),
  })
  return {
    async write(group) {
      try {
        await commit.submit(group)
      } catch (error) {
        if (
          codeOf(error) !== LOCK_NOT_AVAILABLE &&
          !RACES.has(codeOf(error)) &&
          !(error instanceof NamesChanged)
        )
          throw error
        const message =
          'Somebody else, an import mostly, is writing about the same people. Send the same again later.'
        throw new WonlostError('overloaded', message, { cause: error })
      }
    },
    idle: commit.idle,
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
