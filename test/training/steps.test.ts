import { expect, it } from 'vitest'
import { atOnce, interruptibly, type Steps } from '../../training/steps.ts'

function* countTo(most: number, seen: number[] = []): Steps<number> {
  for (let step = 1; step <= most; step++) {
    seen.push(step)
    yield
  }
  return seen.length
}

it('gives the same at once as with breaks, and hears an abort after the step it came in', async () => {
  expect(atOnce(countTo(5))).toBe(5)
  expect(await interruptibly(countTo(5), undefined)).toBe(5)
  const interrupt = new AbortController()
  const seen: number[] = []
  const counted = interruptibly(countTo(1_000, seen), interrupt.signal)
  setImmediate(() => interrupt.abort(new Error('Ctrl-C')))
  await expect(counted).rejects.toThrow('Ctrl-C')
  expect(seen.length).toBeLessThan(10)
})
