import { readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { parseTrackingMap } from '../../src/ingest/tracking-map.ts'
import { readTraits } from '../../src/ingest/wire/traits.ts'

const shipped = parseTrackingMap(readFileSync('models/tracking.yaml', 'utf8'), 'tracking.yaml')

describe('the file that comes with the package', () => {
  test.each([
    ['Demo Requested', 'demo_requested'],
    ['demo-requested', 'demo_requested'],
    ['demoRequested', 'demo_requested'],
    ['Request Demo', 'demo_requested'],
    ['Email Link Clicked', 'email_clicked'],
    ['page_viewed', 'page_viewed'],
  ])('%s', (name, type) => expect(shipped.eventType(name)).toEqual({ type, isKnown: true }))

  it('keeps what it does not know under its own name', () => {
    expect(shipped.eventType('Weird: Thing!')).toEqual({ type: 'Weird: Thing!', isKnown: false })
  })

  test.each([
    ['Pricing', null, 'pricing_page_viewed'],
    [null, '/pricing', 'pricing_page_viewed'],
    [null, '/Pricing/', 'pricing_page_viewed'],
    [null, '/pricing/enterprise', 'pricing_page_viewed'],
    [null, '/pricing-history', 'page_viewed'],
    ['Home', '/docs/api', 'docs_viewed'],
    [null, null, 'page_viewed'],
  ])('page %s at %s', (name, path, type) => expect(shipped.pageType({ name, path }).type).toBe(type))

  it('has every type of event that a definition asks for', () => {
    const asked = ['conversion', 'product', 'intent', 'account', 'expansion'].flatMap((model) =>
      [...readFileSync(`models/${model}.yaml`, 'utf8').matchAll(/\bevent: (\w+)/g)].map(([, type]) => type!),
    )
    expect(asked.length).toBeGreaterThan(20)
    expect(asked.filter((type) => !shipped.eventType(type).isKnown && type !== 'its')).toEqual([])
  })
})

test.each([
  ['evnts: {}', 1, /unknown field "evnts"/],
  ['events:\n  a: [b]\n  c: [x, B]', 3, /"B" is a name of a already/],
  ['pages:\n  p: { paths: [pricing] }', 2, /must be a path/],
  ['user_id: email', 1, /one of product, lead_id/],
  ['events: [', 1, /not valid YAML/],
])('%j is refused by line', (text, line, message) => {
  let found: unknown
  try {
    parseTrackingMap(text, 'tracking.yaml')
  } catch (error) {
    found = error
  }
  expect(found).toMatchObject({
    code: 'tracking_invalid',
    place: { line },
    message: expect.stringMatching(message),
  })
})

test('traits: nested ones by their path, values as imports read them, outcomes left out', () => {
  const given = {
    jobTitle: ' CTO ',
    address: { country: 'DE', geo: { city: 'Ulm' } },
    plan: null,
    tags: ['a', 1],
    seats: 12,
    lifecycleStage: 'customer',
    createdAt: '2020-01-01',
    items: [{ a: 1 }],
    far: Number.POSITIVE_INFINITY,
  }
  const { traits, leftOut } = readTraits('lead', given, shipped, 0)
  expect(Object.fromEntries(traits)).toEqual({
    title: 'CTO',
    country: 'DE',
    address_geo_city: 'Ulm',
    plan: '',
    tags: ['a', '1'],
    seats: 12,
  })
  expect(leftOut.map(({ name }) => name)).toEqual(['lifecycleStage', 'createdAt', 'items', 'far'])
  const account = readTraits(
    'account',
    { employee_count: '240', size: '1-10', employees: 'many' },
    shipped,
    0,
  )
  expect(Object.fromEntries(account.traits)).toEqual({ employees: 240, size: '1-10' })
  expect(account.leftOut[0]?.reason).toMatch(/^employees /)
})
