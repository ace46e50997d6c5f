/** Memory of a process, from /proc: Linux only. */
import { readFileSync } from 'node:fs'

/** What it has in memory, in MB. null where the system does not tell. */
export function residentMegabytes(pid: number): number | null {
  if (process.platform !== 'linux') return null
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return kilobytes === undefined ? null : (Number(kilobytes) * 1_024) / 1e6
}
