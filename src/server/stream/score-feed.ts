/**
 * Follows the history of scores for all streams of this process: one connection listens, one query reads what is new, and each stream has
 * no more than its place. A slow stream costs no memory; it reads from the database what is no longer at hand. While nobody
 * follows, nothing is asked.
 */
import type pg from 'pg'
import {
  type HistoryStep,
  type Horizon,
  readHorizon,
  readSteps,
  SCORES_CHANNEL,
} from '../../db/score-changes.ts'
import { WonlostError } from '../../errors.ts'
import { type Milliseconds, SECOND } from '../../glossary.ts'
import { LIMITS } from '../limits.ts'
import { createWatch, type Watch, type WatchLog } from '../watch.ts'
import { createTurns } from './turns.ts'

export interface ScoreFeed {
  /** Steps after a place, in order. Ends when `stopping` is aborted, by its owner or by closing the feed: abort it in any case. Throws `overloaded`. */
  follow(options: FollowOptions): AsyncGenerator<FeedPage, void, undefined>
  /** Ends all streams; from then on there are none. */
  close(): Promise<void>
}

interface FollowOptions {
  /** The last history id that was seen; null: from now on. */
  readonly after: number | null
  readonly stopping: AbortController
  /** A page without steps comes after so long, if nothing else does. */
  readonly heartbeat: Milliseconds
}

export interface FeedPage {
  readonly steps: readonly HistoryStep[]
  /** Nothing up to here is missing. null: where the present is has not been found out yet. */
  readonly place: number | null
}

/** Steps at hand, for all streams, and how long: who was erased or objected since is not told of. Who is further behind reads for itself. */
const AT_HAND = 2_000
const FRESH = SECOND
const PAGE = 500
const LOOK_EVERY = SECOND / 2
/** An id whose entry does not come is given up once all who wrote to the history at its time have ended, or after so long. */
const LONGEST_GAP = 2 * LIMITS.query

export function createScoreFeed(pool: pg.Pool, log: WatchLog): ScoreFeed {
  let isClosed = false
  const streams = new Set<AbortController>()
  /** Called at each change of `place`. */
  const waiting = new Set<() => void>()
  let watch: Watch | null = null
  let ending: Promise<void> = Promise.resolve()
  /** Where the feed is; null: it has not found out yet where the present is. */
  let place: number | null = null
  /** All steps after `handFrom` up to `place`, the last of them read at `handAt`. */
  let hand: readonly HistoryStep[] = []
  let handFrom = 0
  let handAt = 0
  /** Ids up to `latest` are settled once none of `writers` writes any more. */
  let pending: {
    readonly latest: number
    readonly writers: ReadonlySet<string>
    readonly since: number
  } | null = null
  let settled = 0
  let hasFailed = false
  const inTurn = createTurns()
  /** That is asked for, and has not begun to be read. */
  let nextHorizon: Promise<Horizon> | null = null

  function settle({ latest, writers }: Horizon): void {
    const now = performance.now()
    if (
      pending &&
      (![...pending.writers].some((writer) => writers.has(writer)) || now - pending.since > LONGEST_GAP)
    ) {
      settled = pending.latest
      pending = null
    }
    if (latest <= settled) return
    if (writers.size === 0) settled = latest
    else pending ??= { latest, writers, since: now }
  }

  async function look(): Promise<boolean> {
    try {
      await read()
      hasFailed = false
      return true
    } catch (error) {
      if (!hasFailed) log.error({ err: error }, 'the history of scores cannot be followed')
      hasFailed = true
      return false
    }
  }

  async function read(): Promise<void> {
    const horizon = await readHorizon(pool)
    settle(horizon)
    if (place === null) {
      // Streams begin where nothing is missing: until then they wait.
      if (settled < horizon.latest && pending !== null) return
      place = settled
      handFrom = settled
      wake()
    }
    if (performance.now() - handAt > FRESH) {
      hand = []
      handFrom = place
    }
    for (;;) {
      const from: number = place
      const steps = await readSteps(pool, from, null, PAGE)
      const isAll = steps.length < PAGE
      const gap = steps.findIndex(
        ({ historyId }, i) => historyId > settled && historyId !== (steps[i - 1]?.historyId ?? from) + 1,
      )
      const sure = gap === -1 ? steps : steps.slice(0, gap)
      const last = sure.at(-1)?.historyId ?? from
      // What was settled and is not there will never be.
      const reached = gap !== -1 || isAll ? Math.max(last, settled) : last
      if (reached > from) {
        hand = [...hand, ...sure]
        handAt = performance.now()
        if (hand.length > AT_HAND) {
          const dropped = hand.length - AT_HAND
          handFrom = hand[dropped - 1]!.historyId
          hand = hand.slice(dropped)
        }
        place = reached
        wake()
      }
      if (gap !== -1 || isAll) break
    }
  }

  function wake(): void {
    for (const move of waiting) move()
  }

  /** `moved` away from `seen`, a `beat` without that, or the `end`. */
  function change(
    seen: number | null,
    heartbeat: Milliseconds,
    signal: AbortSignal,
  ): Promise<'moved' | 'beat' | 'end'> {
    return new Promise((resolve) => {
      const done = (what: 'moved' | 'beat' | 'end'): void => {
        clearTimeout(timer)
        waiting.delete(move)
        signal.removeEventListener('abort', end)
        resolve(what)
      }
      const move = (): void => done('moved')
      const end = (): void => done('end')
      const timer = setTimeout(() => done('beat'), heartbeat)
      waiting.add(move)
      signal.addEventListener('abort', end)
      if (signal.aborted) end()
      else if (place !== seen) move()
    })
  }

  async function begin(): Promise<void> {
    await ending
    if (watch || streams.size === 0) return
    place = null
    hand = []
    pending = null
    settled = 0
    watch = createWatch({ pool, channel: SCORES_CHANNEL, every: LOOK_EVERY, look })
    await watch.start()
  }

  function end(): void {
    if (streams.size > 0 || !watch) return
    const ended = watch
    watch = null
    ending = ended.stop()
  }

  /** The next page after `at`, none of it beyond `place`. */
  async function pageAfter(at: number): Promise<(FeedPage & { readonly place: number }) | null> {
    const reached = place
    if (reached === null || at >= reached) return null
    if (at >= handFrom) {
      const first = hand.findLastIndex(({ historyId }) => historyId <= at) + 1
      const steps = hand.slice(first, first + PAGE)
      const isRest = first + PAGE >= hand.length
      return { steps, place: isRest ? reached : steps.at(-1)!.historyId }
    }
    const steps = await inTurn(() => readSteps(pool, at, reached, PAGE))
    return { steps, place: steps.length < PAGE ? reached : steps.at(-1)!.historyId }
  }

  /** Where a stream begins. What was seen before the database was put back to an older state, or was made up, is no place. */
  async function beginning(after: number | null): Promise<number> {
    // All that come at once ask once.
    nextHorizon ??= inTurn(() => {
      nextHorizon = null
      return readHorizon(pool)
    })
    const { latest } = await nextHorizon
    return after !== null && after <= latest ? after : latest
  }

  async function* pages({
    after,
    stopping,
    heartbeat,
  }: FollowOptions): AsyncGenerator<FeedPage, void, undefined> {
    const { signal } = stopping
    await begin()
    let at = await beginning(after)
    // Who hears its place and looks at the scores then misses nothing: all that is older is there.
    let isTold = false
    while (!signal.aborted) {
      const seen = place
      const page = await pageAfter(at)
      if (signal.aborted) return
      if (page || (!isTold && seen !== null && seen >= at)) {
        isTold = true
        at = page?.place ?? at
        yield page ?? { steps: [], place: at }
        continue
      }
      const what = await change(seen, heartbeat, signal)
      if (what === 'beat') yield { steps: [], place: isTold ? at : null }
    }
  }

  /** A database that is away ends a stream that has to read it: its client comes again, and says where it was. */
  async function* untilAway(options: FollowOptions): AsyncGenerator<FeedPage, void, undefined> {
    try {
      yield* pages(options)
    } catch (error) {
      log.error({ err: error }, 'a stream of scores ended: the history could not be read')
    }
  }

  return {
    follow(options) {
      if (streams.size >= LIMITS.streams)
        throw new WonlostError(
          'overloaded',
          `This server has ${LIMITS.streams} streams open, as many as it allows. Close one, or ask another server.`,
        )
      const { stopping } = options
      streams.add(stopping)
      stopping.signal.addEventListener('abort', () => {
        streams.delete(stopping)
        end()
      })
      if (isClosed) stopping.abort()
      return untilAway(options)
    },
    async close() {
      isClosed = true
      for (const stopping of streams) stopping.abort()
      await ending
    },
  }
}
