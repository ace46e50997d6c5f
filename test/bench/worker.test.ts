import { expect, test } from 'vitest'
import { createChildren } from '../../bench/children.ts'
import { runToEnd } from '../../bench/run-to-end.ts'
import { startWorker } from '../../bench/worker.ts'

/** Answers with twice the number given; breaks off at 0, cannot do what is negative, and never answers 13. */
const PROGRAM = `
require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const { n } = JSON.parse(line)
  if (n === 0) { console.error('out of memory'); process.exit(3) }
  if (n !== 13) console.log(JSON.stringify(n < 0 ? { error: 'negative' } : { answer: 2 * n }))
})`

const children = createChildren(false)
const signal = new AbortController().signal

function worker() {
  return startWorker(children, 'LightGBM', [process.execPath, '-e', PROGRAM])
}

test('a worker answers one question after the other, and ends', async () => {
  const { ask, end } = worker()
  expect(await ask('double', { n: 4 })).toBe(8)
  await expect(ask('double', { n: -1 })).rejects.toMatchObject({
    code: 'bench_failed',
    message: 'LightGBM could not do "double": negative',
  })
  expect(await ask('double', { n: 5 })).toBe(10)
  await end()
})

test('one that breaks off is told with what it said last', async () => {
  const { ask, end } = worker()
  await expect(ask('double', { n: 0 })).rejects.toMatchObject({
    code: 'bench_failed',
    message: 'LightGBM ended while it was asked for "double": out of memory',
  })
  await end()
})

test('the end of the bench ends whoever is still at work', async () => {
  const { ask, end } = worker()
  const asked = expect(ask('double', { n: 13 })).rejects.toMatchObject({ code: 'bench_failed' })
  await children.endAll()
  await asked
  await end()
})

test('a program that is missing or fails is told with the reason', async () => {
  const context = { start: children.start, signal }
  const missing = runToEnd(context, ['no-such-program'], { why: 'The bench needs it' })
  await expect(missing).rejects.toMatchObject({
    code: 'bench_failed',
    message: 'The bench needs it: there is no no-such-program.',
  })
  const failing = [process.execPath, '-e', 'console.error("no venv"); process.exit(1)'] as const
  await expect(runToEnd(context, failing, { why: 'It failed' })).rejects.toMatchObject({
    message: 'It failed: no venv.',
  })
  expect(await runToEnd(context, [process.execPath, '-p', '6 * 7'], { why: '' })).toBe('42\n')
})
