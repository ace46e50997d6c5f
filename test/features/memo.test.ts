import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { remember } from '../../src/features/memo.ts'

it('asks once for what it still remembers, and forgets so that memory stays flat', () => {
  let asked = 0
  const length = remember((text) => {
    asked++
    return text.length
  })
  expect([length('one'), length('three'), length('one')]).toEqual([3, 5, 3])
  expect(asked).toBe(2)
  for (let i = 0; i < 20_000; i++) length(`text ${i}`)
  expect(length('text 19999')).toBe(10)
  expect(asked).toBe(20_002)
  expect(length('one')).toBe(3)
  expect(asked).toBe(20_003)
})

it('does not remember long texts', () => {
  let asked = 0
  const length = remember((text) => {
    asked++
    return text.length
  })
  for (const text of ['x'.repeat(400), 'y'.repeat(401)])
    expect(length(text) + length(text)).toBe(2 * text.length)
  expect(asked).toBe(3)
})

it('a part of a text, remembered, does not keep the whole of it', () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const length = remember((text) => text.length)
  collect()
  const before = process.memoryUsage().heapUsed
  for (let i = 0; i < 2_000; i++) {
    const mail = `${'private'.repeat(2_000)}${i}@mail.company-${i}.example`
    length(mail.slice(mail.indexOf('@') + 1))
  }
  collect()
  // The addresses together are 28 MB.
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(10_000_000)
})
