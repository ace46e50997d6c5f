import { expect, test } from 'vitest'
import { aheadBy, noteServerTime, serverNow } from '../../web/src/api/server-clock.ts'

const DAY = 86_400_000
const at = (time: number) => new Date(time).toUTCString()

test('a computer that is a day behind or ahead is told from a slow answer, and from one that came from a cache of seconds', () => {
  const asked = { askedAt: 10 * DAY, answeredAt: 10 * DAY + 30_000 }
  expect(aheadBy({ ...asked, date: at(10 * DAY + 15_000) })).toBe(0)
  expect(aheadBy({ ...asked, date: at(10 * DAY - 50_000) })).toBe(0)
  expect(aheadBy({ ...asked, date: at(11 * DAY) })).toBe(DAY - 30_000)
  expect(aheadBy({ ...asked, date: at(9 * DAY) })).toBe(-DAY)
  expect(aheadBy({ ...asked, date: null })).toBeNull()
})

test('the time is that of the server, and does not waver by seconds', () => {
  const note = (ahead: number) => {
    const now = Math.floor(Date.now() / 1_000) * 1_000
    noteServerTime({ askedAt: now, answeredAt: now, date: at(now + ahead) })
    return Math.round((serverNow() - Date.now()) / 1_000)
  }
  expect([note(DAY), note(DAY + 5_000), note(2 * DAY), note(2_000)]).toEqual([86_400, 86_400, 172_800, 0])
})
