import { spawn } from 'node:child_process'
import { expect, test } from 'vitest'
import { startOther } from '../../bench/http/services.ts'

test('a service that a signal ends while it is waited for is not waited for any longer', async () => {
  const program = 'console.error("out of memory"); process.kill(process.pid, "SIGKILL")'
  const started = startOther('The peer', () => spawn(process.execPath, ['-e', program]))
  await expect(started).rejects.toMatchObject({
    code: 'bench_failed',
    message: expect.stringMatching(/^The peer ended: /),
  })
})
