/** How much arrives live: counted in memory, and added to the counts of all servers every second, so that no message waits for it. */
import type pg from 'pg'
import { addIntake, type IntakeMinute } from '../../db/intake-minutes.ts'
import { MINUTE, type Milliseconds, SECOND } from '../../glossary.ts'

export interface IntakeMeter {
  count(received: number, rejected: number): void
  /** Resolves when all that was counted is in the database. Otherwise it stays counted, and the error of the database is thrown. */
  flush(): Promise<void>
}

export interface IntakeMeterOptions {
  readonly pool: pg.Pool
  readonly now: () => Milliseconds
}

export function createIntakeMeter({ pool, now }: IntakeMeterOptions): IntakeMeter {
  const counted = new Map<Milliseconds, IntakeMinute>()
  let isWaiting = false
  let written = Promise.resolve()

  function add({ from, received, rejected, lastAt }: IntakeMinute): void {
    const before = counted.get(from)
    counted.set(from, {
      from,
      received: (before?.received ?? 0) + received,
      rejected: (before?.rejected ?? 0) + rejected,
      lastAt: Math.max(before?.lastAt ?? lastAt, lastAt),
    })
  }

  async function write(): Promise<void> {
    const minutes = [...counted.values()].sort((one, other) => one.from - other.from)
    counted.clear()
    try {
      await addIntake(pool, minutes)
    } catch (error) {
      minutes.forEach(add)
      throw error
    }
  }

  function flush(): Promise<void> {
    const writing = written.then(write)
    written = writing.catch(() => undefined)
    return writing
  }

  function flushSoon(): void {
    if (isWaiting) return
    isWaiting = true
    const timer = setTimeout(() => {
      isWaiting = false
      flush().catch(flushSoon)
    }, SECOND)
    timer.unref()
  }

  return {
    flush,
    count(received, rejected) {
      if (received === 0) return
      const lastAt = now()
      add({ from: Math.floor(lastAt / MINUTE) * MINUTE, received, rejected, lastAt })
      flushSoon()
    },
  }
}
