/** What `serve` does every night: raw data goes when the policy says that it is old (policy.yaml `retention`). */
import type pg from 'pg'
import { forgetOld } from '../../db/forget-old.ts'
import type { Milliseconds } from '../../glossary.ts'
import type { Engine } from '../../scoring/engine.ts'
import type { ScheduledJob } from '../schedule.ts'

export interface Forgotten {
  readonly events: number
  readonly rejectedMessages: number
}

/** What the policy keeps for good stays. */
export async function applyRetention(
  pool: pg.Pool,
  { retention }: Pick<Engine['policy'], 'retention'>,
  now: Milliseconds,
  signal?: AbortSignal,
): Promise<Forgotten> {
  const forget = async (table: 'events' | 'rejected_messages'): Promise<number> => {
    const kept = retention[table]
    if (kept === null) return 0
    return forgetOld(pool, table, { before: now - kept, ...(signal ? { signal } : {}) })
  }
  return { events: await forget('events'), rejectedMessages: await forget('rejected_messages') }
}

export interface RetentionParts {
  readonly pool: pg.Pool
  /** null: there is none yet. */
  readonly policy: () => Engine['policy'] | null
  readonly now: () => Milliseconds
  readonly say: (text: string) => void
}

export function retentionJob({ pool, policy, now, say }: RetentionParts): ScheduledJob {
  return {
    name: 'retention',
    cron: '40 3 * * *',
    async run(signal) {
      const current = policy()
      if (current === null) return
      const { events, rejectedMessages } = await applyRetention(pool, current, now(), signal)
      if (events + rejectedMessages > 0)
        say(`Retention: ${events} events and ${rejectedMessages} rejected messages were old, and went.`)
    },
  }
}
