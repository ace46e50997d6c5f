import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatTime, parseTime } from '../src/glossary.ts'

test.each([
  ['2026-11-21T00:00:00Z', '2026-11-21T00:00:00Z'],
  ['2026-11-21T01:30:00.5+01:30', '2026-11-21T00:00:00.500Z'],
  ['2026-11-20 23:00-0100', '2026-11-21T00:00:00Z'],
  ['0100-01-01T00:00:00+23:59', '0099-12-31T00:01:00Z'],
])('%s is %s', (text, same) => {
  expect(formatTime(parseTime(text))).toBe(same)
})

// The year 50 would be 1950, and a zone of a hundred hours another day.
test.each([
  '0050-01-01T00:00:00Z',
  '0099-12-31T23:59:59Z',
  '2026-01-01T00:00:00+99:99',
  '2026-01-01T00:00:00+24:00',
  '2026-01-01T00:00:00+01:60',
  '2026-02-31T00:00:00Z',
  '2026-01-01T24:00:00Z',
  '2026-01-01T00:00:00',
  '2026-01-01',
])('%s is no time', (text) => {
  expect(parseTime(text)).toBeNaN()
})

test('a time as programs write it is read as Date does, whatever its numbers; so is the same with its zone written out', () => {
  const two = (most: number) => fc.integer({ min: 0, max: most }).map((n) => String(n).padStart(2, '0'))
  const parts = fc.tuple(
    fc.constantFrom('1969', '1970', '2000', '2026', '2028'),
    two(13),
    two(32),
    two(25),
    two(61),
  )
  const seconds = fc.tuple(two(61), fc.constantFrom('', '.000', '.007', '.250', '.999'))
  fc.assert(
    fc.property(parts, seconds, ([year, month, day, hour, minute], [second, fraction]) => {
      const text = `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction}`
      const time = Date.parse(`${text}Z`)
      // Date takes 24:00, and in V8 the 31st of any month.
      const isReal = !Number.isNaN(time) && new Date(time).toISOString().startsWith(text.slice(0, 13))
      expect(parseTime(`${text}Z`)).toBe(isReal ? time : Number.NaN)
      expect(parseTime(`${text}+00:00`)).toBe(isReal ? time : Number.NaN)
    }),
    { numRuns: 2_000, seed: 7 },
  )
})

test.each([
  '2026-11-21T00:00:0 Z',
  '2026-11-2xT00:00:00Z',
  '2026-11-21T00:00:00.1 0Z',
  '2026-11-21T00:00:00,250Z',
  '2026-11-21 T0:00:00Z',
])('%s is no time either', (text) => {
  expect(parseTime(text)).toBeNaN()
})
