/**
 * Scores all leads and keeps the scores. The leads are cut into parts, each kept in a transaction of its own: a run that was
 * interrupted, in whatever way, goes on with the parts that are left. The scores are the same whatever the number of threads.
 */
import type pg from 'pg'
import { backlogOf, databaseNow } from '../db/dirty-claims.ts'
import {
  beginRun,
  endRun,
  hasScoredAll,
  holdScoring,
  lastScoring,
  openParts,
  runCounts,
  type ScoringCounts,
  type ScoringRun,
  unfinishedRun,
} from '../db/scoring-runs.ts'
import { WonlostError } from '../errors.ts'
import { formatTime, HOUR, type Milliseconds, type ReportProgress } from '../glossary.ts'
import type { Engine } from '../scoring/engine.ts'
import type { ScoredLead } from '../scoring/scored-lead.ts'
import { differences, versionsOf } from './engine-versions.ts'
import type { Tells } from './keep-scores.ts'
import { freshAmounts } from './refresh-amounts.ts'
import { type PartsWork, scoreParts, takeNoMore } from './score-parts.ts'
import { type ScoringThreads, scoreOnThreads } from './scoring-threads.ts'

export interface ScoreSummary extends ScoringCounts {
  /** That of the run that was continued, where one was. */
  readonly asOf: Milliseconds
  /** Leads that could not be scored, as far as they are known by now; `wonlost serve` tries them again. */
  readonly setAside: number
}

export interface ScoreLeadsOptions {
  readonly asOf: Milliseconds
  /** `asOf` is nothing but the present moment: a run as of the last hours is continued with its own. */
  readonly isNow?: boolean
  /** Continue no run. */
  readonly restart?: boolean
  readonly scoredAt: Milliseconds
  /** Kept in the history: why scores moved. */
  readonly cause: string
  /** Also explain; only worth it for somebody who reads it in `onScored`. */
  readonly explain?: boolean
  /** Told of every lead, in order; then no run is continued, and one thread does it, part by part. */
  readonly onScored?: ((scored: ScoredLead) => void) | undefined
  /** Where there are leads enough for threads; null: none. */
  readonly threads?: ((leads: number) => ScoringThreads | null) | undefined
  /** Called before each part is taken: whoever is more urgent goes first. One thread does it then, part by part. */
  readonly yieldFirst?: () => Promise<void>
  readonly report?: ReportProgress
  readonly say?: (text: string) => void
  readonly signal?: AbortSignal
}

/** What is done again at most, a thread, after a process was killed; and enough for a transaction to cost little. */
const LEADS_A_PART = 500

/** A run as of an older time is not continued: scores as of yesterday are not what somebody asks for today. */
const LATELY = 12 * HOUR

/** While the database reads or writes for one part, another is computed. */
const AT_A_TIME = 2

/**
 * Of scores as of now a lead that cannot be scored is set aside, as live; as of another time its error is thrown.
 * Throws `scoring_in_progress` while another process does the same, `interrupted` when `signal` is aborted before all is done; what
 * was done is kept.
 */
export async function scoreLeads(
  pool: pg.Pool,
  engine: Engine,
  options: ScoreLeadsOptions,
): Promise<ScoreSummary> {
  // One clock for all who score: with that of a machine that is ahead, scores from a fact that comes in a moment would seem to be older.
  const asOf = options.isNow ? Math.min(options.asOf, await databaseNow(pool)) : options.asOf
  return holdScoring(pool, (snapshot) => scoreInTurn(pool, engine, snapshot, { ...options, asOf }))
}

async function scoreInTurn(
  pool: pg.Pool,
  engine: Engine,
  snapshot: string,
  options: ScoreLeadsOptions,
): Promise<ScoreSummary> {
  const { asOf, scoredAt, cause, explain = false, onScored, report, signal } = options
  const versions = versionsOf(engine)
  const run =
    (await runToContinue(pool, { ...options, engine: versions })) ??
    (await beginRun(pool, { cause, asOf, engine: versions, beganAt: scoredAt }, LEADS_A_PART))
  const parts = await openParts(pool, run.runId)
  const work: PartsWork = {
    runId: run.runId,
    cause,
    asOf: run.asOf,
    scoredAt,
    // As of another time means: what was said then, whatever was said since.
    overridesSince: options.isNow ? run.asOf : run.beganAt,
    // Of the first scoring of all everything would be news, and scores as of another time are none.
    tells: options.isNow === true && (await hasScoredAll(pool)) && (await howItTells(pool, engine)),
    amounts: await freshAmounts(pool, engine, run.asOf, scoredAt),
    snapshot,
    // Whoever asks for another time wants to see that.
    over: options.isNow ? 'earlier or same' : 'all',
    isNow: options.isNow === true,
    parts,
    next: new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)),
  }
  let done = (await runCounts(pool, run.runId)).leads
  const onPart = ({ leads }: ScoringCounts): void => {
    done += leads
    // Leads that came meanwhile are not among those that were counted.
    report?.('scoring leads', Math.min(done, run.leads), run.leads)
  }
  const kept = (leads: number): string =>
    `${leads} of ${run.leads} leads are scored and kept. ${
      onScored
        ? 'A run without the list of all leads goes on from there; with it, it begins anew.'
        : 'Run the same command again to go on.'
    }`
  const stop = (): void => takeNoMore(work)
  signal?.addEventListener('abort', stop, { once: true })
  try {
    if (signal?.aborted) stop()
    // One connection is taken by the snapshot.
    const connections = pool.options.max - 1
    const threads = onScored || options.yieldFirst ? null : options.threads?.(run.leads - done)
    if (threads) {
      const atATime = Math.max(1, Math.min(AT_A_TIME, Math.floor(connections / threads.count)))
      await scoreOnThreads(threads, { work, engine: versions, atATime }, onPart)
    } else {
      const atATime = onScored || options.yieldFirst ? 1 : Math.min(AT_A_TIME, connections)
      await scoreParts(pool, engine, work, {
        atATime,
        explain,
        onPart,
        onScored,
        yieldFirst: options.yieldFirst,
      })
    }
  } catch (error) {
    if (done > 0) options.say?.(kept(done))
    throw error
  } finally {
    signal?.removeEventListener('abort', stop)
  }
  const counts = await runCounts(pool, run.runId)
  if ((await openParts(pool, run.runId)).length > 0) {
    if (signal?.aborted) throw new WonlostError('interrupted', `Interrupted: ${kept(counts.leads)}`)
    throw new WonlostError('internal', `A thread ended before its work was done: ${kept(counts.leads)}`)
  }
  const left = (await endRun(pool, run.runId)) - counts.leads
  if (left > 0)
    options.say?.(
      `${left} leads are not among them: they came meanwhile, or to an account that was done. The next run has them.`,
    )
  const { setAside } = await backlogOf(pool)
  if (setAside > 0)
    options.say?.(
      `${setAside} leads could not be scored, now or before. Their scores stay; "wonlost serve" tries them again.`,
    )
  return { ...counts, asOf: run.asOf, setAside }
}

/** Policies may want nobody to hear of what others than those of the last scoring make of the leads. */
async function howItTells(pool: pg.Pool, engine: Engine): Promise<Tells> {
  if (engine.policy.actions.after_new_versions !== 'keep_quiet') return true
  const last = await lastScoring(pool)
  return last && differences(last.engine, versionsOf(engine)).length > 0 ? 'quietly' : true
}

/** The run that was interrupted, where it is what is asked for now. Says that it goes on, or why not. */
async function runToContinue(
  pool: pg.Pool,
  wanted: ScoreLeadsOptions & { readonly engine: ScoringRun['engine'] },
): Promise<ScoringRun | null> {
  const found = await unfinishedRun(pool)
  if (!found) return null
  const { run, isWhole } = found
  const { leads } = await runCounts(pool, run.runId)
  const done = `${leads} of ${run.leads} leads are done`
  const why = whyAnew(run, isWhole, wanted)
  if (why === null) {
    wanted.say?.(`Continuing the run of ${formatTime(run.asOf)}: ${done}; --restart begins anew.`)
    return run
  }
  if (why !== '') wanted.say?.(`The run of ${formatTime(run.asOf)} (${done}) is not continued: ${why}.`)
  return null
}

/** null: it is continued. Empty: whoever asks knows why not. */
function whyAnew(
  run: ScoringRun,
  isWhole: boolean,
  { asOf, isNow = false, restart = false, cause, onScored, engine }: Parameters<typeof runToContinue>[1],
): string | null {
  if (restart) return ''
  const others = differences(run.engine, engine)
  if (others.length > 0) return `${others.join(' and ')} changed since`
  if (!isNow && asOf !== run.asOf) return 'it is as of another time'
  // One of the future was begun by a clock that was set back since.
  if (isNow && (run.asOf > asOf || asOf - run.asOf > LATELY)) return 'it is not as of the last 12 hours'
  if (run.cause !== cause) return `it was begun by ${run.cause}`
  if (!isWhole) return 'leads were erased since'
  return onScored ? 'every lead is to be shown' : null
}
