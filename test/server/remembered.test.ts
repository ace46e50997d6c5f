import { expect, test } from 'vitest'
import { createRemembered } from '../../src/server/remembered.ts'

test('the same is asked once, and different questions one after another, also when one fails', async () => {
  const remembered = createRemembered<number>(1_000, () => 0)
  let running = 0
  let asked = 0
  const ask = (n: number) => async (): Promise<number> => {
    asked += 1
    running += 1
    expect(running).toBe(1)
    await new Promise((resolve) => setImmediate(resolve))
    running -= 1
    if (n === 0) throw new Error('no')
    return n
  }
  const answers = await Promise.allSettled([0, 1, 2, 1, 2].map((n) => remembered(String(n), ask(n))))
  expect(answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : null))).toEqual([
    null,
    1,
    2,
    1,
    2,
  ])
  expect(asked).toBe(3)
})
