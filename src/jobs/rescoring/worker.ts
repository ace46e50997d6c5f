/** One worker: batch after batch while there are marks, and looks for more while there are none. Nothing that fails ends it. */
import type pg from 'pg'
import { isConnectionError } from '../../db/connection-errors.ts'
import { markPeopleOfAccounts } from '../../db/dirty-accounts.ts'
import { askForNotice, setAside } from '../../db/dirty-claims.ts'
import { WonlostError } from '../../errors.ts'
import { type Milliseconds, SECOND } from '../../glossary.ts'
import type { Engine } from '../../scoring/engine.ts'
import type { Alarm } from './alarm.ts'
import { type BatchOptions, type BatchOutcome, rescoreBatch } from './rescore-batch.ts'

export interface WorkerOptions {
  readonly pool: pg.Pool
  /** null: none is loaded yet. */
  readonly engine: () => Engine | null
  readonly now: () => Milliseconds
  readonly clock?: BatchOptions['clock']
  readonly alarm: Alarm
  /** Told of a batch, and of what failed; null: all is well again. */
  readonly onBatch: (outcome: BatchOutcome) => void
  readonly onProblem: (error: unknown) => void
  /** More waits than one batch takes. */
  readonly onMore: () => void
  /** Only helps: whoever finds more than it can do wakes it. */
  readonly isHelper: boolean
  /** Called now and then while there is nothing to do. */
  readonly onIdle: () => void
  readonly stopping: AbortSignal
}

/** Marks a batch takes: few when there are few, so that they are quick; many when many wait, so that each costs little. */
const LEAST_MARKS = 16
const MOST_MARKS = 128
/** Of marks that came in bulk: what happens meanwhile waits for no more than these. */
const BULK_MARKS = 32

/** Looking for marks: soon after there were some, then more and more seldom. The last is the sleep that a notice ends. */
const FIRST_LOOK = 5
const LAST_LOOK = SECOND / 2
const HELPER_LOOK = 10 * SECOND

const FIRST_PAUSE = 50
const LONGEST_PAUSE = 5 * SECOND

/** Of a lost race: a deadlock, a serialisation that failed, a lock that was not to be had. */
const RACES = new Set(['40P01', '40001', '55P03'])

export async function runWorker(options: WorkerOptions): Promise<void> {
  const { engine, alarm, onBatch, onProblem, onMore, isHelper, stopping } = options
  let limit = LEAST_MARKS
  /** Batches of a single mark to come: of several that failed together one is to blame. */
  let singles = 0
  let look = FIRST_LOOK
  let hasAsked = false
  let pause = FIRST_PAUSE
  while (!stopping.aborted) {
    const current = engine()
    if (!isHelper) await markCrowds(options)
    const single = singles > 0
    const result = current ? await tryBatch(options, current, single ? 1 : limit) : null
    if (result && 'error' in result) {
      const { error, claimed } = result
      onProblem(error)
      if (claimed.length > 1 && isOwnFault(error)) singles = claimed.length
      else if (claimed.length === 1 && isOwnFault(error)) await keepAside(options, claimed, error)
      else {
        await alarm.sleep(pause)
        pause = Math.min(2 * pause, LONGEST_PAUSE)
      }
      continue
    }
    pause = FIRST_PAUSE
    if (result && result.claimed > 0) {
      onBatch(result)
      const isFull = result.claimed >= limit
      if (single) singles -= 1
      else {
        if (isFull) onMore()
        const most = result.bulk > 0 ? BULK_MARKS : MOST_MARKS
        limit = Math.max(LEAST_MARKS, Math.min(isFull ? 2 * limit : result.claimed, most))
      }
      // What is to come back is not asked for again and again.
      if (result.settled > 0) {
        look = FIRST_LOOK
        continue
      }
    } else singles = 0
    if (isHelper) {
      await alarm.sleep(HELPER_LOOK)
      continue
    }
    if (look === LAST_LOOK && !hasAsked) {
      options.onIdle()
      hasAsked = await tryAsking(options)
      // A mark that came just before gave no notice: it looks once more.
      continue
    }
    hasAsked = false
    look = (await alarm.sleep(look)) ? FIRST_LOOK : Math.min(2 * look, LAST_LOOK)
  }
}

/** With whom it had taken, where it failed. */
async function tryBatch(
  { pool, clock }: WorkerOptions,
  engine: Engine,
  limit: number,
): Promise<BatchOutcome | { readonly error: unknown; readonly claimed: readonly string[] }> {
  let claimed: readonly string[] = []
  const onClaimed: BatchOptions['onClaimed'] = (marks) => {
    claimed = marks.map(({ leadId }) => leadId)
  }
  try {
    return await rescoreBatch(pool, engine, { limit, onClaimed, breathe, ...(clock ? { clock } : {}) })
  } catch (error) {
    return { error, claimed }
  }
}

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Not of the database, and not of somebody else who was at it. */
function isOwnFault(error: unknown): boolean {
  if (isConnectionError(error)) return false
  if (error instanceof WonlostError) return !/^database_/.test(error.code)
  return !(error instanceof Error && 'code' in error && RACES.has(String(error.code)))
}

async function keepAside(
  { pool, now, onProblem }: WorkerOptions,
  leadIds: readonly string[],
  error: unknown,
) {
  const failed = leadIds.map((leadId) => ({ leadId, error: String(error) }))
  await setAside(pool, failed, now()).catch(onProblem)
}

/** The leads of large accounts that are due. */
async function markCrowds({ pool, now, onProblem }: WorkerOptions): Promise<void> {
  await markPeopleOfAccounts(pool, now()).catch(onProblem)
}

/** false: the database does not answer. */
async function tryAsking({ pool, onProblem }: WorkerOptions): Promise<boolean> {
  try {
    await askForNotice(pool)
    return true
  } catch (error) {
    onProblem(error)
    return false
  }
}
