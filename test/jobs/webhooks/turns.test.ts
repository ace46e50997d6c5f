import { expect, test } from 'vitest'
import { createTurns } from '../../../src/jobs/webhooks/turns.ts'

test('whoever waited in vain keeps nobody else waiting, until a turn is given back', async () => {
  const turns = createTurns(1, 5)
  expect(await turns.take('a')).toBe(true)
  expect(await turns.take('a')).toBe(false)
  // At once: not even a turn that is given back right after could be had.
  const second = turns.take('a')
  turns.giveBack('a')
  expect(await second).toBe(false)
  expect(await turns.take('a')).toBe(true)
  const third = turns.take('a')
  turns.giveBack('a')
  expect(await third).toBe(true)
  expect(await turns.take('b')).toBe(true)
})

test('of a slow one there is one turn at a time, until one is quick', async () => {
  const turns = createTurns(3, 5)
  const takeAll = async () => {
    let taken = 0
    while (taken < 10 && (await turns.take('a'))) taken += 1
    return taken
  }
  expect(await takeAll()).toBe(3)
  for (let i = 0; i < 3; i++) turns.giveBack('a', true)
  expect(await takeAll()).toBe(1)
  turns.giveBack('a', true)
  expect(await takeAll()).toBe(1)
  turns.giveBack('a')
  expect(await takeAll()).toBe(3)
  // Who waits takes over no turn that is too many by now.
  const waiting = turns.take('a')
  turns.giveBack('a', true)
  expect(await waiting).toBe(false)
})
