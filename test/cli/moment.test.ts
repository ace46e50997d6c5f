import { expect, test } from 'vitest'
import { readAsOf } from '../../src/cli/moment.ts'
import { LIMITS } from '../../src/server/limits.ts'

const NOW = Date.parse('2026-11-21T12:00:00Z')
const at = (time: number): string => new Date(time).toISOString()

test('--as-of is now, or a time with a zone', () => {
  expect(readAsOf({}, NOW)).toBe(NOW)
  expect(readAsOf({ asOf: 'now' }, NOW)).toBe(NOW)
  expect(readAsOf({ asOf: '2026-11-21T01:00:00+01:00' }, NOW)).toBe(Date.parse('2026-11-21T00:00:00Z'))
  expect(readAsOf({ asOf: at(NOW + LIMITS.clockAhead) }, NOW)).toBe(NOW + LIMITS.clockAhead)
})

test.each([
  [at(NOW + LIMITS.clockAhead + 1), /future.*2026-11-21T12:00:00Z.*Given/],
  ['1969-12-31T23:59:59Z', /from 1970 on.*Given: "1969/],
  ['0050-01-01T00:00:00Z', /Given/],
  ['2026-11-21T00:00:00', /zone/],
  ['yesterday', /Given: "yesterday"/],
])('--as-of %s is refused, as HTTP refuses it', (asOf, words) => {
  expect(() => readAsOf({ asOf }, NOW)).toThrow(
    expect.objectContaining({ code: 'usage', message: expect.stringMatching(words) }),
  )
})
