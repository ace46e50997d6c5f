import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { type Delivery, readMessage, type TrackingMessage } from '../../../src/ingest/wire/message.ts'
import { fromPostHog } from '../../../src/ingest/wire/posthog.ts'

const NOW = Date.parse('2026-11-21T12:00:00Z')
const AT: Delivery = { source: 'segment', receivedAt: NOW, hasEscapes: true }

function read(message: object, delivery: Partial<Delivery> = {}): TrackingMessage {
  const found = readMessage({ type: 'track', event: 'x', userId: 'u', ...message }, { ...AT, ...delivery })
  if ('reason' in found) throw new Error(found.reason)
  return found
}

function fault(message: unknown): string {
  const found = readMessage(message, AT)
  return 'reason' in found ? found.reason : 'none'
}

describe('time', () => {
  const HOUR = 3_600_000
  const iso = (time: number): string => new Date(time).toISOString()
  test.each([
    ['a clock that is right', NOW - HOUR, NOW, NOW - HOUR],
    ['two hours slow', NOW - 3 * HOUR, NOW - 2 * HOUR, NOW - HOUR],
    ['two hours fast', NOW + HOUR, NOW + 2 * HOUR, NOW - HOUR],
    ['at the beginning of time', 5, 5 + HOUR, NOW - HOUR],
  ])('%s', (_, timestamp, sentAt, expected) => {
    expect(read({ timestamp: iso(timestamp) }, { sentAt: iso(sentAt) }).occurredAt).toBe(expected)
    expect(read({ originalTimestamp: iso(timestamp), sentAt: iso(sentAt) }).occurredAt).toBe(expected)
  })
  it('counts from now on where nothing is said, and never lies ahead', () => {
    expect(read({}).occurredAt).toBe(NOW)
    expect(read({ timestamp: iso(NOW + HOUR) }).occurredAt).toBe(NOW)
    expect(read({ timestamp: iso(NOW - HOUR) }, { sentAt: 'yesterday' }).occurredAt).toBe(NOW - HOUR)
    expect(read({ timestamp: NOW - HOUR }).occurredAt).toBe(NOW - HOUR)
  })
  test.each(['soon', '2026-11-21T12:00:00', '9999-01-01T00:00:00Z', '1969-12-31T00:00:00Z', 1e308, {}, -1])(
    'a timestamp that cannot be meant is a fault: %s',
    (timestamp) =>
      expect(fault({ type: 'track', event: 'x', userId: 'u', timestamp })).toMatch(/^timestamp /),
  )
})

describe('ids', () => {
  test.each([null, '', ' ', 0, 'null', 'undefined', '[object Object]', 'Anonymous'])(
    '%j is nobody',
    (userId) => {
      expect(fault({ type: 'track', event: 'x', userId })).toBe('has neither userId nor anonymousId')
    },
  )
  it('keeps those that somebody means', () => {
    expect(read({ userId: 42 }).userId).toBe('42')
    expect(read({ userId: 'Ada@Acme.Example' }).email).toEqual({
      given: 'Ada@Acme.Example',
      address: 'ada@acme.example',
    })
  })
  test.each([
    [{ userId: 'x'.repeat(256) }, /^userId has 256 characters/],
    [{ userId: 'a\0b' }, /^userId holds control/],
    [{ userId: 1.5 }, /^userId is neither/],
    [{ userId: { $gt: '' } }, /^userId is neither/],
    [{ messageId: ['m'] }, /^messageId is neither/],
    [{ event: 7 }, /^event is not text/],
    [{ event: '  ' }, /^has no event/],
    [{ event: 'x'.repeat(129) }, /^event has 129/],
    [{ type: 'charge' }, /^type is not one of/],
    [{ type: 'alias', previousId: 'u' }, /same userId and previousId/],
    [{ type: 'group' }, /^has no groupId/],
    [JSON.parse('{"properties": {"__proto__": {"admin": true}}}'), /__proto__/],
  ])('%j is a fault', (message, reason) => {
    expect(fault({ type: 'track', event: 'x', userId: 'u', ...message })).toMatch(reason)
  })
})

test('without a messageId the content is the id, whenever it is sent', () => {
  const message = { timestamp: '2026-11-21T09:00:00Z', properties: { a: 1, b: 2 } }
  const first = read(message, { sentAt: '2026-11-21T11:59:00Z' })
  const again = read(
    { ...message, properties: { b: 2, a: 1 } },
    { receivedAt: NOW + 5_000, sentAt: '2026-11-21T12:00:01Z' },
  )
  expect(again.messageId).toBe(first.messageId)
  expect(read({ ...message, properties: { a: 2 } }).messageId).not.toBe(first.messageId)
  expect(read({ ...message, event: 'y' }).messageId).not.toBe(first.messageId)
})

test('fields that nobody knows are kept, keys are not', () => {
  const { properties } = read({
    properties: { form: 'demo' },
    context: { ip: '::1' },
    flavour: 'mint',
    writeKey: 'secret',
  })
  expect(JSON.parse(properties)).toEqual({
    form: 'demo',
    _message: { event: 'x', context: { ip: '::1' }, flavour: 'mint' },
  })
})

test('whatever is sent, it is read or it has a reason, and PostgreSQL can keep it', () => {
  const value = fc.jsonValue({ noUnicodeString: false, maxDepth: 3 })
  const field = fc.constantFrom(
    ...[
      'type',
      'event',
      'userId',
      'anonymousId',
      'messageId',
      'timestamp',
      'properties',
      'traits',
      'context',
      'name',
    ],
  )
  const message = fc.dictionary(
    field,
    fc.oneof(value, fc.constantFrom('track', 'identify', 'page', 'a\0b', '\ud800')),
  )
  fc.assert(
    fc.property(fc.oneof(value, message), (given) => {
      const found = readMessage(given, AT)
      const text = JSON.stringify(found)
      expect(text).not.toMatch(/\\u0000|\\ud[89a-f]/)
      return 'reason' in found ? found.reason !== '' : found.messageId !== ''
    }),
  )
})

test('what is nested without end is turned down at once', () => {
  const deep: unknown = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)
  expect(fault({ type: 'track', event: 'x', userId: 'u', properties: { deep } })).toMatch(
    /nested more than 32 deep/,
  )
})

describe('PostHog', () => {
  const readEvent = (event: object): unknown => readMessage(fromPostHog(event), { ...AT, source: 'posthog' })
  it('tells visitors from users', () => {
    const event = { event: 'x', distinct_id: 'd', uuid: 'm' }
    expect(readEvent(event)).toMatchObject({ userId: 'd', anonymousId: null, messageId: 'm' })
    for (const properties of [
      { $is_identified: false },
      { $device_id: 'd' },
      { $process_person_profile: false },
    ])
      expect(readEvent({ ...event, properties })).toMatchObject({ userId: null, anonymousId: 'd' })
  })
  it('reads what has a meaning of its own', () => {
    const event = { distinct_id: 'd', uuid: 'm' }
    expect(
      readEvent({
        ...event,
        event: '$identify',
        properties: { $anon_distinct_id: 'a', $set_once: { t: 1, s: 2 }, $set: { t: 3 } },
      }),
    ).toMatchObject({ type: 'identify', userId: 'd', anonymousId: 'a', traits: { t: 3, s: 2 } })
    expect(readEvent({ ...event, event: '$create_alias', properties: { alias: 'a' } })).toMatchObject({
      type: 'alias',
      previousId: 'a',
    })
    expect(
      readEvent({
        ...event,
        event: '$groupidentify',
        properties: { $group_type: 'company', $group_key: 'g', $group_set: { n: 1 } },
      }),
    ).toMatchObject({ type: 'group', groupId: 'g', userId: null, traits: { n: 1 } })
    expect(
      readEvent({
        ...event,
        event: '$pageview',
        properties: { $current_url: 'https://x.example/docs/api/?q#a' },
      }),
    ).toMatchObject({ type: 'page', path: '/docs/api/' })
  })
})
