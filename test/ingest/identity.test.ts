import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { contentHash } from '../../src/ingest/content-hash.ts'
import { normaliseDomain, normaliseMail } from '../../src/ingest/mail-address.ts'
import { createSeenRows } from '../../src/ingest/seen-rows.ts'
import { suppressionHash } from '../../src/ingest/suppressions.ts'

test.each([
  ['  Ada@Example.COM ', 'ada@example.com'],
  ['mailto:ada+x@example.com', 'ada+x@example.com'],
  ['Ada Lovelace <ADA@example.com>', 'ada@example.com'],
  ['ada@bücher.example', 'ada@xn--bcher-kva.example'],
  ["o'neill@mail.example.co.uk.", "o'neill@mail.example.co.uk"],
  ['jose\u0301@example.com', 'jos\u00e9@example.com'],
  ['no-at.example.com', null],
  ['@example.com', null],
  ['a b@example.com', null],
  ['a@localhost', null],
  ['a@10.0.0.1', null],
  ['a@b@example.com', null],
  [`${'x'.repeat(65)}@example.com`, null],
  ['', null],
])('the mail address %j is %j', (text, address) => {
  expect(normaliseMail(text)).toBe(address)
})

test.each([
  ['https://www.Example.com:8080/pricing?x=1#y', 'example.com'],
  ['EXAMPLE.com.', 'example.com'],
  ['http://user@example.com', 'example.com'],
  ['www.example.co.uk/', 'example.co.uk'],
  ['not a domain', null],
  ['exa_mple', null],
  ['-x-.example', null],
  ['', null],
])('the domain of %j is %j', (text, domain) => {
  expect(normaliseDomain(text)).toBe(domain)
})

test('what is normalised stays as it is', () => {
  fc.assert(
    fc.property(fc.emailAddress(), (address) => {
      const normal = normaliseMail(address)
      if (normal !== null) expect(normaliseMail(normal)).toBe(normal)
    }),
  )
})

test('suppression hashes are salted sha256 of the normalised mail address and of the id as it is', () => {
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
  const salted = (text: string): string => sha256(`salt${sha256(text)}`)
  expect(suppressionHash('email', ' Ada@EXAMPLE.com', 'salt')).toBe(salted('ada@example.com'))
  expect(suppressionHash('email', ' Not A Mail ', 'salt')).toBe(salted('not a mail'))
  expect(suppressionHash('lead_id', 'L_1', 'salt')).toBe(salted('L_1'))
})

describe('contentHash', () => {
  const event = {
    leadId: 'l_1',
    email: null,
    userId: null,
    anonymousId: null,
    type: 'page_viewed',
    occurredAt: 1_000,
    source: 'import',
    properties: { url: '/a', deep: { x: 1, 10: 2, 9: [{ b: 1, a: 2 }] } },
  }

  test('does not mind the order of properties', () => {
    const turned = { deep: { 9: [{ a: 2, b: 1 }], 10: 2, x: 1 }, url: '/a' }
    expect(contentHash({ ...event, properties: turned })).toBe(contentHash(event))
  })

  test('differs with everything that it is made of', () => {
    const others = [
      { ...event, leadId: 'l_2' },
      { ...event, leadId: null, anonymousId: 'l_1' },
      { ...event, leadId: null, userId: 'l_1' },
      { ...event, leadId: null, email: 'l_1' },
      { ...event, type: 'docs_viewed' },
      { ...event, occurredAt: 1_001 },
      { ...event, source: 'web' },
      { ...event, properties: { ...event.properties, url: '/b' } },
      { ...event, properties: { url: '/a', deep: [['x', 1]] } },
    ]
    expect(new Set([event, ...others].map(contentHash)).size).toBe(10)
  })
})

test('seen rows: an independent map agrees, also while the table grows', () => {
  const seen = createSeenRows()
  const expected = new Map<string, { line: number; content: string }>()
  for (let line = 1; line <= 20_000; line++) {
    const id = `l_${(line * 7_919) % 9_000}`
    const content = String(line % 3)
    const earlier = expected.get(id)
    const found = seen.see(id, ['x', content], line)
    expect(found).toEqual(earlier ? { line: earlier.line, same: earlier.content === content } : null)
    if (!earlier) expected.set(id, { line, content })
  }
})
