import { spawn } from 'node:child_process'
import { expect, it } from 'vitest'
import { currentProcess, isRunning } from '../../../src/db/embedded/process-identity.ts'

it('knows a process by its pid and its start', () => {
  const me = currentProcess()
  expect(isRunning(me)).toBe(true)
  expect(isRunning({ ...me, startedAt: null })).toBe(true)
  // A later process with the same pid.
  if (me.startedAt !== null) expect(isRunning({ ...me, startedAt: `${me.startedAt}0` })).toBe(false)
})

it('takes a process that has ended for ended, also while nobody has taken note of it', async () => {
  // The shell becomes a program that never asks for its children: the child stays as a zombie.
  const parent = spawn('sh', ['-c', 'sleep 0.2 & echo $!; exec sleep 60'])
  try {
    const pid = await new Promise<number>((resolve) =>
      parent.stdout.once('data', (text) => resolve(Number(text))),
    )
    await expect.poll(() => isRunning({ pid, startedAt: null })).toBe(false)
    expect(() => process.kill(pid, 0)).not.toThrow()
  } finally {
    parent.kill()
  }
})
