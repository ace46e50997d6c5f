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
