/** Child processes of the bench: pinned to processors, and all ended when the bench ends. */
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import type { StartOptions } from './part.ts'

export interface Children {
  readonly start: (
    command: string,
    args: readonly string[],
    options?: StartOptions,
  ) => ChildProcessWithoutNullStreams
  /** Asks those that still run to end, kills those that do not, and waits for their end. */
  readonly endAll: () => Promise<void>
}

/** Part of util-linux. */
const PIN = 'taskset'

/** Can processes be pinned to processors here? */
export function canPin(): boolean {
  return spawnSync(PIN, ['-c', '0', 'true']).status === 0
}

/** How long a child may take to end by itself: a service closes its database then. */
const PATIENCE_MILLISECONDS = 10_000

export function createChildren(isPinning: boolean): Children {
  const running = new Set<ChildProcessWithoutNullStreams>()
  return {
    start(command, args, { cpus, env } = {}) {
      const pinned = isPinning && cpus ? [PIN, '-c', cpus.join(','), command] : [command]
      const [first, ...rest] = [...pinned, ...args]
      const child = spawn(first!, rest, {
        env: { ...process.env, ...env },
        // A group of its own: Ctrl-C reaches only the bench, which then ends its children.
        detached: true,
      })
      running.add(child)
      child.once('close', () => running.delete(child))
      child.once('error', () => running.delete(child))
      return child
    },
    async endAll() {
      const ends = [...running].map((child) => once(child, 'close'))
      const tellAll = (signal: 'SIGTERM' | 'SIGKILL') => {
        for (const child of running) tellGroup(child, signal)
      }
      tellAll('SIGTERM')
      const late = setTimeout(() => tellAll('SIGKILL'), PATIENCE_MILLISECONDS)
      await Promise.all(ends)
      clearTimeout(late)
    },
  }
}

/** With what it started itself. */
function tellGroup({ pid }: ChildProcessWithoutNullStreams, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch (error) {
    // It has ended meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
