import fc from 'fast-check'
import { DateTime } from 'luxon'
import { expect, test } from 'vitest'
import { formatTime } from '../../src/glossary.ts'
import { openZone } from '../../src/ingest/local-zone.ts'
import {
  ambiguousText,
  createTimeReader,
  parseTimeFormat,
  type TimeFormat,
} from '../../src/ingest/time-formats.ts'

function formatOf(name: string): TimeFormat {
  const format = parseTimeFormat(name)
  if ('error' in format) throw new Error(format.error)
  return format
}

function read(
  names: readonly string[],
  text: string,
  zone: string | null = null,
  day: 'start' | 'end' = 'start',
) {
  const time = createTimeReader(names.map(formatOf), zone === null ? null : openZone(zone)).read(text, day)
  return Number.isNaN(time) ? null : formatTime(time)
}

test.each<[string[], string, string | null, string | null]>([
  [['iso'], '2026-01-31T09:30:00+01:00', null, '2026-01-31T08:30:00Z'],
  [['iso'], '2026-01-31T09:30:00.000+0000', null, '2026-01-31T09:30:00Z'],
  [['iso'], '2026-01-31T09:30', 'UTC', null],
  [['iso_local'], '2026-01-31 09:30:15', 'Europe/Berlin', '2026-01-31T08:30:15Z'],
  [['iso_local'], '2026-01-31T09:30Z', 'UTC', null],
  [['iso_local'], '2026-01-31 09:30', null, null],
  [['date'], '2026-07-01', 'Europe/Berlin', '2026-06-30T22:00:00Z'],
  [['date'], '2026-02-30', 'UTC', null],
  [['epoch_ms'], '1767225600000', null, '2026-01-01T00:00:00Z'],
  [['epoch_s'], '1767225600', null, '2026-01-01T00:00:00Z'],
  [['epoch_s', 'epoch_ms'], '1767225600000', null, '2026-01-01T00:00:00Z'],
  [['epoch_ms', 'epoch_s'], '1767225600.5', null, '2026-01-01T00:00:00.500Z'],
  [['epoch_ms'], '1767225600', null, null],
  [['epoch_ms'], '1.767E+12', null, null],
  [['dd/MM/yyyy HH:mm'], '03/04/2025 17:05', 'Europe/Berlin', '2025-04-03T15:05:00Z'],
  [['dd/MM/yyyy HH:mm'], '3/4/2025 17:05', 'Europe/Berlin', null],
  [['d/M/yyyy'], '13/04/2025', 'UTC', '2025-04-13T00:00:00Z'],
  [['M/d/yyyy h:mm a'], '4/3/2025 5:05 PM', 'America/New_York', '2025-04-03T21:05:00Z'],
  [['dd.MM.yy'], '03.04.25', 'UTC', '2025-04-03T00:00:00Z'],
  [['MMM d, yyyy'], 'Apr 3, 2025', 'UTC', '2025-04-03T00:00:00Z'],
  [["yyyy-MM-dd'T'HH:mm ZZ"], '2025-04-03T12:00 +02:00', null, '2025-04-03T10:00:00Z'],
  [['yyyy-MM-dd HH:mm z'], '2025-04-03 12:00 America/New_York', null, '2025-04-03T16:00:00Z'],
  [['dd/MM/yyyy'], '31/02/2025', 'UTC', null],
  [['dd/MM/yyyy'], '03/04/2025', null, null],
  [['iso', 'epoch_ms', 'dd/MM/yyyy'], '03/04/2025', 'UTC', '2025-04-03T00:00:00Z'],
])('%j reads %j in %s as %s', (formats, text, zone, expected) => {
  expect(read(formats, text, zone)).toBe(expected)
})

test('a date is the first or the last moment of its day, also of one with 23 or 25 hours', () => {
  const edges = (date: string) => [
    read(['date'], date, 'Europe/Berlin'),
    read(['date'], date, 'Europe/Berlin', 'end'),
  ]
  expect(edges('2025-03-30')).toEqual(['2025-03-29T23:00:00Z', '2025-03-30T21:59:59.999Z'])
  expect(edges('2025-10-26')).toEqual(['2025-10-25T22:00:00Z', '2025-10-26T22:59:59.999Z'])
  expect(read(['dd/MM/yyyy'], '30/03/2025', 'Europe/Berlin', 'end')).toBe('2025-03-30T21:59:59.999Z')
  // What has a time of day keeps it.
  expect(read(['dd/MM/yyyy HH:mm'], '30/03/2025 00:00', 'UTC', 'end')).toBe('2025-03-30T00:00:00Z')
  expect(read(['iso'], '2025-03-30T00:00:00Z', null, 'end')).toBe('2025-03-30T00:00:00Z')
})

test.each([
  ['epoch', /must be one of iso, iso_local, date, epoch_ms, epoch_s or a pattern/],
  ['ISO', /"I" is no part of a pattern/],
  ['DD/MM/YYYY', /"DD" is no part of a pattern; for DD write dd/],
  ['dd/mm/yyyy', /it has no month/],
  ['dd/MM HH:mm', /it has no year/],
  ['HH:mm', /it has no year, no month, no day/],
  ['kkkk-WW', /"kkkk" is no part/],
  ['dd/MM/yyyy HH:mm a', /h beside a/],
  ['', /it has no year/],
  ['d'.repeat(101), /100 characters/],
  ["yyyy-MM-dd'", /quote/],
])('%j is no format', (name, message) => {
  const format = parseTimeFormat(name)
  expect('error' in format ? format.error : format).toMatch(message)
})

test('formats of which one text is both, and not the same time, are found', () => {
  const both = (first: string, second: string) => ambiguousText(formatOf(first), formatOf(second))
  expect(both('dd/MM/yyyy', 'MM/dd/yyyy')).toBe('03/04/2005')
  expect(both('d.M.yy', 'yy.M.d')).not.toBeNull()
  expect(both('M/d/yyyy h:mm a', 'd/M/yyyy h:mm a')).not.toBeNull()
  expect(both('yyyy-MM-dd', 'yyyy-dd-MM')).not.toBeNull()
  expect(both('date', 'yyyy-dd-MM')).not.toBeNull()
  expect(both('dd/MM/yyyy', 'd/M/yyyy')).toBeNull()
  expect(both('dd/MM/yyyy', 'dd/MM/yyyy HH:mm')).toBeNull()
  expect(both('iso', 'epoch_ms')).toBeNull()
  expect(both('date', 'yyyy-MM-dd')).toBeNull()
})

test('what Luxon writes by a pattern comes back', () => {
  const patterns = [
    'dd/MM/yyyy HH:mm:ss',
    'M/d/yyyy h:mm:ss a',
    'd. MMMM yyyy, HH:mm:ss',
    "yyyyMMdd'T'HHmmss",
    'EEE, dd MMM yyyy HH:mm:ss ZZZ',
  ]
  fc.assert(
    fc.property(fc.constantFrom(...patterns), fc.integer({ min: 0, max: 1.9e9 }), (pattern, seconds) => {
      const text = DateTime.fromSeconds(seconds, { zone: 'utc', locale: 'en' }).toFormat(pattern)
      expect(read([pattern], text, 'UTC')).toBe(formatTime(seconds * 1_000))
    }),
  )
})

test('any text is answered', () => {
  const names = ['iso', 'iso_local', 'date', 'epoch_ms', 'epoch_s', 'dd/MM/yyyy HH:mm', 'MMM d, yyyy']
  const reader = createTimeReader(names.map(formatOf), openZone('Europe/Berlin'))
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      expect(Number.isNaN(reader.read(text, 'end')) || Number.isInteger(reader.read(text, 'end'))).toBe(true)
      expect(reader.lacksZone(text)).toBe(false)
    }),
  )
})
