import { setTimeout as wait } from 'node:timers/promises'
import type { Milliseconds } from '../src/glossary.ts'

const LOOK = 50

/** Looks again and again. Returns how long it took; null: it did not come true within `longest`. */
export async function waitFor(
  holds: () => boolean | Promise<boolean>,
  longest: Milliseconds,
  signal?: AbortSignal,
): Promise<Milliseconds | null> {
  const began = performance.now()
  while (!(await holds())) {
    if (performance.now() - began > longest) return null
    await wait(LOOK, undefined, signal ? { signal } : {})
  }
  return performance.now() - began
}
