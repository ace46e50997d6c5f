/** Which process holds something, so that one that was killed is told from one that runs, and from a later one with the same pid. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

export interface ProcessIdentity {
  readonly pid: number
  /** When the process started, as the operating system writes it; null where it does not say. */
  readonly startedAt: string | null
}

export function currentProcess(): ProcessIdentity {
  return { pid: process.pid, startedAt: startOf(process.pid) }
}

/** False once the process has ended, also while its parent has not yet taken note (a zombie), and when the pid has gone to another. */
export function isRunning(identity: ProcessIdentity): boolean {
  if (!isAlive(identity.pid)) return false
  const startedAt = startOf(identity.pid)
  if (startedAt === 'ended') return false
  return startedAt === null || identity.startedAt === null || startedAt === identity.startedAt
}

/** The command line of a running process; null when it has ended or may not be seen. */
export function commandLine(pid: number): string | null {
  if (process.platform === 'linux') {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    } catch {
      return null
    }
  }
  return process.platform === 'win32' ? null : ps(pid, 'command=')
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it runs, as somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function startOf(pid: number): string | null {
  if (process.platform === 'win32') return null
  if (process.platform !== 'linux') {
    const line = ps(pid, 'stat=,lstart=')
    if (line === null) return null
    return line.startsWith('Z') ? 'ended' : line.replace(/^\S+\s+/, '')
  }
  try {
    // proc(5): "pid (name) state ...", the 22nd field is the start in ticks since boot. The name may hold spaces and parentheses.
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? 'ended' : (fields[19] ?? null)
  } catch {
    return null
  }
}

function ps(pid: number, format: string): string | null {
  const result = spawnSync('ps', ['-p', String(pid), '-o', format], { encoding: 'utf8' })
  const line = result.stdout?.trim()
  return line ? line : null
}
