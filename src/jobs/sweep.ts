/**
 * The sweep: all leads and accounts scored again, because interest fades by itself, or because models, policy or rules are others than those
 * of the stored scores. It is a scoring of all leads as any other (score-leads.ts): resumable, one at a time over all processes.
 */
import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { isBehind } from '../db/dirty-claims.ts'
import { isLeft, lastScoring } from '../db/scoring-runs.ts'
import { HOUR, type Milliseconds, SECOND } from '../glossary.ts'
import type { Engine } from '../scoring/engine.ts'
import { differences, versionsOf } from './engine-versions.ts'
import { type ScoreSummary, scoreLeads } from './score-leads.ts'

export const SWEEP = 'sweep'

/** Asked for twice, by two servers or by a promotion at night, it is done once. */
const LATELY = HOUR

/** Live marks that wait for longer go first. */
const LONGEST_MARK = SECOND / 5
const LOOK = 50
/** A live path that is always behind does not stop it for ever: a part of it goes on after so long. */
const LONGEST_YIELD = 5 * SECOND

/** What in the stored scores was made by others than `engine`, in words; null: all leads were never scored. Empty: nothing. */
export async function outdated(pool: pg.Pool, engine: Engine): Promise<readonly string[] | null> {
  const last = await lastScoring(pool)
  return last && differences(last.engine, versionsOf(engine))
}

/** Whether a sweep was begun, and nobody is at it: its server was killed. */
export function isInterrupted(pool: pg.Pool): Promise<boolean> {
  return isLeft(pool, SWEEP)
}

/** null: that was done lately, by the same engine. Throws as `scoreLeads`. */
export async function sweep(
  pool: pg.Pool,
  engine: Engine,
  now: () => Milliseconds,
  signal?: AbortSignal,
): Promise<ScoreSummary | null> {
  const last = await lastScoring(pool)
  const asOf = now()
  const isDone =
    last && asOf - last.asOf < LATELY && differences(last.engine, versionsOf(engine)).length === 0
  if (isDone) return null
  return scoreLeads(pool, engine, {
    asOf,
    isNow: true,
    scoredAt: asOf,
    cause: SWEEP,
    yieldFirst: () => yieldToMarks(pool),
    ...(signal ? { signal } : {}),
  })
}

async function yieldToMarks(pool: pg.Pool): Promise<void> {
  for (let waited = 0; waited < LONGEST_YIELD; waited += LOOK) {
    if (!(await isBehind(pool, LONGEST_MARK))) return
    await wait(LOOK)
  }
}
