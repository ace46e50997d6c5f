/**
 * One process at a time, also after `kill -9`. Node has no flock, and a single lock file cannot be taken over safely: between
 * seeing that its holder is dead and removing it, another may have done the same and taken it. So locks are numbered: whoever
 * finds the highest one free (released, or its holder dead) takes the next number, and only one can, because renaming a
 * folder to a name that exists fails. Older numbers are swept later.
 */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { currentProcess, isRunning, type ProcessIdentity } from './process-identity.ts'

const HOLDER = 'holder.json'
const RELEASED = 'released.json'
const POLL_MS = 25
/** Numbers kept behind the highest, for processes that read the folder a moment ago. */
const KEPT = 8

export interface LockOptions {
  readonly signal?: AbortSignal
  /** Called once when another process holds the lock for more than two seconds. */
  readonly onWait?: (holder: ProcessIdentity) => void
}

/** Runs `run` while holding the lock in `folder`; waits for as long as its holder lives. */
export async function withLock<T>(
  folder: string,
  run: () => Promise<T>,
  options: LockOptions = {},
): Promise<T> {
  let polls = 0
  for (;;) {
    const release = tryLock(folder)
    if (release) {
      try {
        return await run()
      } finally {
        release()
      }
    }
    polls += 1
    if (polls === 2_000 / POLL_MS) {
      const holder = holderOf(folder, highest(folder))
      if (holder) options.onWait?.(holder)
    }
    await sleep(POLL_MS, undefined, { signal: options.signal })
  }
}

/** Takes the lock if it is free and returns what releases it, else null. Synchronous, so that a process may use it while it exits. */
export function tryLock(folder: string): (() => void) | null {
  mkdirSync(folder, { recursive: true })
  const last = highest(folder)
  const holder = holderOf(folder, last)
  if (holder && isRunning(holder)) return null
  const mine = join(folder, String(last + 1))
  if (!claim(folder, mine)) return null
  if (highest(folder) !== last + 1) {
    // We slept so long that this number had been used and swept.
    rmSync(mine, { recursive: true, force: true })
    return null
  }
  sweep(folder, last + 1)
  return () => renameSync(join(mine, HOLDER), join(mine, RELEASED))
}

function claim(folder: string, target: string): boolean {
  const prepared = join(folder, `new-${randomBytes(6).toString('hex')}`)
  mkdirSync(prepared)
  writeFileSync(join(prepared, HOLDER), JSON.stringify(currentProcess()))
  try {
    renameSync(prepared, target)
    return true
  } catch (error) {
    rmSync(prepared, { recursive: true, force: true })
    if (existsSync(target)) return false
    throw error
  }
}

function highest(folder: string): number {
  return Math.max(0, ...readdirSync(folder).filter(isNumber).map(Number))
}

function holderOf(folder: string, number: number): ProcessIdentity | null {
  try {
    const holder: unknown = JSON.parse(readFileSync(join(folder, String(number), HOLDER), 'utf8'))
    return holder as ProcessIdentity
  } catch {
    // Released, or nobody ever held it.
    return null
  }
}

function sweep(folder: string, mine: number): void {
  for (const name of readdirSync(folder)) {
    if (!isNumber(name) || Number(name) > mine - KEPT) continue
    try {
      rmSync(join(folder, name), { recursive: true, force: true })
    } catch {
      // Made by another user; harmless.
    }
  }
}

function isNumber(name: string): boolean {
  return /^\d+$/.test(name)
}
