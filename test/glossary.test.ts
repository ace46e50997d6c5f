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
