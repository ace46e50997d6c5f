/** `npm run quality`: lint, types and unused code beside each other. Says all that each of them says, one after the other; fails if one does. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

const SCRIPTS = ['lint', 'types', 'unused']

const runs = SCRIPTS.map(async (script) => {
  // One stream, so that lines stay in the order in which they were said.
  const child = spawn(`npm run --silent ${script} 2>&1`, {
    shell: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'close')])
  return { script, said, code }
})

for (const { script, said, code } of await Promise.all(runs)) {
  process.stdout.write(`${script}: ${code === 0 ? 'passed' : 'FAILED'}\n${said}`)
  if (code !== 0) process.exitCode = 1
}
