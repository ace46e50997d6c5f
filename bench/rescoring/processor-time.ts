/** Processor time of processes, from /proc: Linux only. */
import { readFileSync } from 'node:fs'

/** Of a clock tick, which Linux has counted in since its beginning. */
const SECONDS_A_TICK = 0.01
const USER_TIME = 11
const SYSTEM_TIME = 12

/** Seconds, of all these together; those that have ended count nothing. null where the system does not tell. */
export function processorSeconds(pids: readonly number[]): number | null {
  if (process.platform !== 'linux') return null
  return pids.reduce((sum, pid) => sum + secondsOf(pid), 0)
}

function secondsOf(pid: number): number {
  try {
    // The name in brackets may hold spaces.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')
    return (Number(fields[USER_TIME]) + Number(fields[SYSTEM_TIME])) * SECONDS_A_TICK
  } catch {
    return 0
  }
}
