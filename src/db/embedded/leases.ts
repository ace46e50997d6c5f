/** Who uses the embedded server: a file a user, swept when its process has ended. To be called under the lock. */
import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { currentProcess, isRunning } from './process-identity.ts'

const leaseSchema = z.object({
  pid: z.number().int().positive(),
  startedAt: z.string().nullable(),
  /** What runs: `wonlost serve`. */
  command: z.string(),
})

export type Lease = z.infer<typeof leaseSchema>

/** Returns the file that stands for the lease. */
export function addLease(folder: string, command: string): string {
  mkdirSync(folder, { recursive: true })
  const lease: Lease = { ...currentProcess(), command }
  const file = join(folder, `${lease.pid}-${randomBytes(6).toString('hex')}.json`)
  writeFileSync(`${file}.new`, JSON.stringify(lease))
  renameSync(`${file}.new`, file)
  return file
}

export function removeLease(file: string): void {
  rmSync(file, { force: true })
}

/** Leases of running processes, by pid. Those of ended ones are removed. */
export function liveLeases(folder: string): Lease[] {
  mkdirSync(folder, { recursive: true })
  const live: Lease[] = []
  for (const name of readdirSync(folder)) {
    const file = join(folder, name)
    const lease = readLease(file)
    if (lease && isRunning(lease)) live.push(lease)
    else rmSync(file, { force: true })
  }
  return live.sort((a, b) => a.pid - b.pid)
}

/** null for a file that a killed process left half-written. */
function readLease(file: string): Lease | null {
  try {
    return leaseSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}
