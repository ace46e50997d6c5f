import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatTime } from '../../src/glossary.ts'
import { isZoneName, openZone } from '../../src/ingest/local-zone.ts'

const moment = (zone: string, wall: string): string =>
  formatTime(openZone(zone).toMoment(Date.parse(`${wall}Z`)))

test.each([
  ['Europe/Berlin', '2025-01-15T12:00:00', '2025-01-15T11:00:00Z'],
  ['Europe/Berlin', '2025-07-15T12:00:00', '2025-07-15T10:00:00Z'],
  // Clocks go from 2 to 3: half past two does not exist.
  ['Europe/Berlin', '2025-03-30T01:59:59', '2025-03-30T00:59:59Z'],
  ['Europe/Berlin', '2025-03-30T02:30:00', '2025-03-30T01:30:00Z'],
  ['Europe/Berlin', '2025-03-30T03:00:00', '2025-03-30T01:00:00Z'],
  // Clocks go from 3 to 2: half past two comes twice, the first is in summer time.
  ['Europe/Berlin', '2025-10-26T01:59:59', '2025-10-25T23:59:59Z'],
  ['Europe/Berlin', '2025-10-26T02:30:00', '2025-10-26T00:30:00Z'],
  ['Europe/Berlin', '2025-10-26T03:00:00', '2025-10-26T02:00:00Z'],
  ['America/New_York', '2025-03-09T02:30:00', '2025-03-09T07:30:00Z'],
  ['America/New_York', '2025-11-02T01:30:00', '2025-11-02T05:30:00Z'],
  // Half an hour of summer time, and a day that began at 1.
  ['Australia/Lord_Howe', '2025-04-06T01:45:00', '2025-04-05T14:45:00Z'],
  ['America/Sao_Paulo', '2017-10-15T00:00:00', '2017-10-15T03:00:00Z'],
  // A day that was left out.
  ['Pacific/Apia', '2011-12-30T12:00:00', '2011-12-30T22:00:00Z'],
  ['Asia/Kathmandu', '2025-01-01T00:00:00', '2024-12-31T18:15:00Z'],
  ['UTC', '2025-03-30T02:30:00', '2025-03-30T02:30:00Z'],
])('%s %s is %s', (zone, wall, expected) => {
  expect(moment(zone, wall)).toBe(expected)
})

const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Asia/Kolkata',
  'America/Havana',
]
const zones = new Map(ZONES.map((name) => [name, openZone(name)]))

/** What clocks show, by the run time itself. */
function wallOf(zone: string, time: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(time)
  const part = (type: string) => parts.find((other) => other.type === type)!.value
  return Date.parse(
    `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}Z`,
  )
}

test('clocks show what was given, but where they never did', () => {
  const second = fc.integer({ min: 0, max: Date.UTC(2030, 0) / 1_000 })
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), second, (name, seconds) => {
      const time = seconds * 1_000
      const wall = wallOf(name, time)
      const found = zones.get(name)!.toMoment(wall)
      // The moment at which it was that late, or an earlier one at which it was just as late.
      expect(wallOf(name, found)).toBe(wall)
      expect(found).toBeLessThanOrEqual(time)
      expect(time - found).toBeLessThanOrEqual(2 * 3_600_000)
    }),
    { numRuns: 500 },
  )
})

test('names of zones', () => {
  expect(['Europe/Berlin', 'UTC', 'Berlin', 'CEST+1', '', '__proto__'].map(isZoneName)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ])
})
