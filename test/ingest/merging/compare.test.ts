import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY } from '../../../src/glossary.ts'
import { candidatePairs } from '../../../src/ingest/merging/candidate-pairs.ts'
import { circleKeys, circleOf } from '../../../src/ingest/merging/circles.ts'
import { type CompanyTraits, toCompany } from '../../../src/ingest/merging/companies.ts'
import { companyKeys, compareCompanies } from '../../../src/ingest/merging/compare-companies.ts'
import { comparePeople } from '../../../src/ingest/merging/compare-people.ts'
import { groupMatches } from '../../../src/ingest/merging/group-matches.ts'
import { bySureness, type Match } from '../../../src/ingest/merging/match.ts'
import { createNameCounts } from '../../../src/ingest/merging/name-counts.ts'
import { type Person, toPerson } from '../../../src/ingest/merging/person.ts'

interface Given {
  readonly name?: string
  readonly mail?: string
  readonly account?: string
  readonly phone?: string
  readonly title?: string
  readonly country?: string
  readonly source?: string
  readonly day?: number
}

let number = 0
function person({ name = '', mail, account, phone, title, country, source, day = 0 }: Given): Person {
  const [first = '', last = ''] = name.split(' ')
  const list = (value: string | undefined) => (value === undefined ? [] : [value])
  return toPerson(`l${number++}`, account ?? null, day * DAY, {
    email: list(mail),
    first_name: list(first),
    last_name: list(last),
    phone: list(phone),
    title: list(title),
    country: list(country),
    source: list(source),
  })
}

/** Names as common as in a country: of 20,000 people one in a hundred is called Anna, one in a hundred Müller. */
const counts = createNameCounts()
for (let i = 0; i < 20_000; i++)
  counts.add(i % 100 === 0 ? 'anna' : `first${i % 3_000}`, i % 100 === 7 ? 'muller' : `last${i % 9_000}`)

/** The surest of all circles in which the two meet, with so many others in each. */
function compare(a: Given, b: Given, others = 0): Match | null {
  const [one, two] = [person(a), person(b)]
  const keys = circleKeys(one).filter((key) => circleKeys(two).includes(key))
  const crowd = Array.from({ length: others }, () => person({ name: 'Somebody Else' }))
  const matches = keys.map((key) =>
    comparePeople(one, two, circleOf(key, [one, two, ...crowd], 2 + others), counts),
  )
  return matches.reduce(
    (best, match) => (best === null || (match !== null && bySureness(match, best) < 0) ? match : best),
    null,
  )
}

const anna = { name: 'Anna Müller', mail: 'anna.mueller@acme.com' }

describe('one person', () => {
  test.each<[string, Given, Given, string]>([
    [
      'the same address, however written',
      anna,
      { name: 'ANNA MUELLER', mail: 'Anna.Mueller@ACME.com' },
      'certain',
    ],
    ['the same address, no name', anna, { mail: 'anna.mueller@acme.com' }, 'certain'],
    ['a slip in the name', anna, { name: 'Anna Müler', mail: 'anna.mueller@acme.com' }, 'certain'],
    ['a +tag', anna, { ...anna, mail: 'anna.mueller+events@acme.com' }, 'likely'],
    [
      'dots at Gmail',
      { name: 'Anna Müller', mail: 'a.mueller@gmail.com' },
      { name: 'Anna Müller', mail: 'amueller@gmail.com' },
      'likely',
    ],
    ['another address of the firm', anna, { name: 'Anna Mueller', mail: 'amueller@acme.com' }, 'likely'],
    ['names the other way round', anna, { name: 'Müller Anna', mail: 'mueller@acme.com' }, 'likely'],
    [
      'a private address, in one account',
      { ...anna, account: 'a' },
      { name: 'Anna Müler', mail: 'anna77@gmail.com', account: 'a' },
      'likely',
    ],
    [
      'the same name and telephone',
      { ...anna, phone: '+49 (30) 1234 5678' },
      { name: 'Anna Müller', mail: 'am@gmx.de', phone: '030 12345678' },
      'certain',
    ],
  ])('%s', (_, a, b, confidence) => {
    expect(compare(a, b)).toMatchObject({
      confidence,
      evidence: expect.arrayContaining([expect.any(String)]),
    })
    expect(compare(b, a)?.probability).toBe(compare(a, b)?.probability)
  })
})

describe('two people, as far as anybody knows', () => {
  const twin = { name: 'Anna Müller', mail: 'anna.mueller@gmail.com', day: 3 }
  test.each<[string, Given, Given, number]>([
    ['colleagues of one first name', anna, { name: 'Anna Wagner', mail: 'anna.wagner@acme.com' }, 2],
    ['colleagues of one last name', anna, { name: 'Peter Müller', mail: 'peter.mueller@acme.com' }, 2],
    [
      'father and daughter',
      { ...anna, account: 'a' },
      { name: 'Paula Müller', mail: 'p@gmx.de', account: 'a' },
      2,
    ],
    [
      'an office',
      { name: 'Anna Müller', mail: 'info@acme.com' },
      { name: 'Anna Müller', mail: 'info@acme.com' },
      2,
    ],
    ['twins by name with private addresses', twin, { ...twin, mail: 'a.mueller@gmx.de' }, 2],
    [
      'twins by name who came weeks apart from one country',
      { ...twin, country: 'DE' },
      { ...twin, mail: 'a@gmx.de', country: 'DE' },
      5_000,
    ],
    [
      'twins by name in a firm of ten thousand',
      anna,
      { name: 'Anna Müller', mail: 'a.mueller@acme.com' },
      10_000,
    ],
  ])('%s', (_, a, b, others) => {
    const match = compare(a, b, others)
    expect(['possible', undefined]).toContain(match?.confidence)
  })

  test.each<[string, Given, Given]>([
    ['an address with two names', anna, { name: 'Peter Wagner', mail: 'anna.mueller@acme.com' }],
    ['numbered addresses of one firm', anna, { name: 'Anna Müller', mail: 'anna.mueller2@acme.com' }],
    [
      'numbers of one school',
      { name: 'Anna Müller', mail: 's1234@larkhollow.edu' },
      { name: 'Anna Müller', mail: 'am5678@larkhollow.edu' },
    ],
  ])('%s is only shown', (_, a, b) => {
    expect(compare(a, b)?.confidence).toBe('possible')
  })

  test('an address that many have typed is nobody’s', () => {
    const people = Array.from({ length: 12 }, () => person({ mail: 'asdf@acme.com' }))
    const circle = circleOf('mail asdf@acme.com', people, 0)
    expect(comparePeople(people[0]!, people[1]!, circle, counts)?.confidence).toBe('possible')
  })
})

test('the rarer the name and the fewer there are, the surer', () => {
  const probability = (name: string, others: number) =>
    compare({ name, mail: 'x@acme.com', account: 'a' }, { name, mail: 'y@gmx.de', account: 'a' }, others)
      ?.probability ?? 0
  expect(probability('Wiebke Zschäpitz', 50)).toBeGreaterThan(probability('Anna Zschäpitz', 50))
  expect(probability('Anna Zschäpitz', 50)).toBeGreaterThan(probability('Anna Müller', 50))
  expect(probability('Anna Müller', 5)).toBeGreaterThan(probability('Anna Müller', 50))
})

describe('candidatePairs', () => {
  test('finds in a large circle every two that are alike, without comparing everybody', () => {
    const people = Array.from({ length: 3_000 }, (_, i) =>
      person({ name: `First${i.toString(26)} Last${(i * 7).toString(26)}`, account: 'a' }),
    )
    const planted = [
      [person({ name: 'Wiebke Zschäpitz' }), person({ name: 'Wibeke Zschäptiz' })],
      [person({ name: 'Anna Müller' }), person({ name: 'Müller Anna' })],
      [person({ name: 'Anna Müller' }), person({ name: 'Ana Mueller' })],
      [person({ name: 'Wiebke Zschäpitz' }), person({ name: 'W Zschäptiz' })],
      [person({ name: 'Xaver Q', mail: 'x@acme.com' }), person({ mail: 'x@acme.com' })],
    ]
    const all = [...planted.map(([a]) => a!), ...people, ...planted.map(([, b]) => b!)]
    const pairs = new Set(Array.from(candidatePairs(all), ([a, b]) => `${a} ${b}`))
    for (const i of planted.keys()) expect(pairs).toContain(`${i} ${3_000 + planted.length + i}`)
    expect(pairs.size).toBeLessThan(250_000)
  })

  test('a crowd of one name stays within bounds, however long it is', () => {
    const long = 'Test'.repeat(10_000)
    const people = Array.from({ length: 2_000 }, () => person({ name: `${long} ${long}`, account: 'a' }))
    let pairs = 0
    for (const _ of candidatePairs(people)) pairs += 1
    expect(pairs).toBeLessThan(500_000)
  })
})

describe('groupMatches', () => {
  const item = (id: string) => ({ id, createdAt: Number(id.slice(1)) })
  const never = { contradict: () => false, mustMatch: () => false }
  const pair = (a: string, b: string, probability: number) => ({
    a: item(a),
    b: item(b),
    probability,
    confidence: probability >= 0.95 ? ('likely' as const) : ('possible' as const),
    evidence: [`${a} ${b}`],
  })
  const edges = fc.array(
    fc.tuple(fc.nat(9), fc.nat(9), fc.constantFrom(0.6, 0.96, 0.97, 0.99)).filter(([a, b]) => a < b),
    { maxLength: 20 },
  )

  test('gives connected groups, whatever the order: one proposal for each but the first that came', () => {
    fc.assert(
      fc.property(edges, fc.nat(), (list, turn) => {
        const items = new Map(Array.from({ length: 10 }, (_, i) => [`i${i}`, item(`i${i}`)]))
        const unique = new Map(list.map(([a, b, p]) => [`${a} ${b}`, [a, b, p] as const]))
        const pairs = [...unique.values()].map(([a, b, p]) => ({
          ...pair(`i${a}`, `i${b}`, p),
          a: items.get(`i${a}`)!,
          b: items.get(`i${b}`)!,
        }))
        const { merges, possible } = groupMatches(pairs, 'likely', never)
        const at = pairs.length === 0 ? 0 : turn % pairs.length
        expect(groupMatches([...pairs.slice(at), ...pairs.slice(0, at)].reverse(), 'likely', never)).toEqual({
          merges,
          possible,
        })
        // Independently: spread the lowest number along the edges until nothing changes.
        const lowest = Array.from({ length: 10 }, (_, i) => i)
        const strong = pairs.filter(({ probability }) => probability >= 0.95)
        for (let round = 0; round < 10; round++)
          for (const { a, b } of strong) {
            const low = Math.min(lowest[a.createdAt]!, lowest[b.createdAt]!)
            lowest[a.createdAt] = low
            lowest[b.createdAt] = low
          }
        const expected = lowest.flatMap((low, i) => (low === i ? [] : [[`i${i}`, `i${low}`]]))
        expect(merges.map(({ fromId, intoId }) => [fromId, intoId]).sort()).toEqual(expected.sort())
        for (const { fromId, intoId } of possible)
          expect(lowest[Number(fromId[1])]).not.toBe(lowest[Number(intoId[1])])
      }),
    )
  })

  test('takes a huge group in its stride', () => {
    const items = Array.from({ length: 20_000 }, (_, i) => item(`i${i}`))
    const pairs = items.slice(1).map((b, i) => ({ ...pair('i0', 'i1', 0.99), a: items[i]!, b }))
    const { merges } = groupMatches(pairs, 'likely', never)
    expect(merges).toHaveLength(items.length - 1)
    expect(new Set(merges.map(({ intoId }) => intoId))).toEqual(new Set(['i0']))
  })

  test('does not bring together by way of a third who contradict each other, or who would have to match themselves', () => {
    const [a, b, c] = [item('i1'), item('i2'), item('i3')]
    const pairs = [
      { ...pair('i1', 'i2', 0.99), a, b },
      { ...pair('i2', 'i3', 0.97), a: b, b: c },
    ]
    const areTwo = (x: { id: string }, y: { id: string }) => x !== b && y !== b
    for (const rules of [
      { ...never, contradict: areTwo },
      { ...never, mustMatch: areTwo },
    ]) {
      const { merges, possible } = groupMatches(pairs, 'likely', rules)
      expect(merges).toMatchObject([{ fromId: 'i2', intoId: 'i1' }])
      expect(possible).toMatchObject([{ fromId: 'i3', intoId: 'i2', confidence: 'possible' }])
    }
    expect(groupMatches(pairs, 'likely', never).merges).toMatchObject([
      { fromId: 'i2', intoId: 'i1', matchedId: 'i1' },
      { fromId: 'i3', intoId: 'i1', matchedId: 'i2', evidence: ['i2 i3'] },
    ])
  })
})

describe('accounts', () => {
  const account = (name: string, domain: string, country: string) => {
    const list = (text: string) => (text === '' ? [] : [text])
    const traits: CompanyTraits = { name: list(name), domain: list(domain), country: list(country) }
    return toCompany(`a${number++}`, 0, traits)
  }
  test.each<[string, [string, string, string], [string, string, string], string | undefined]>([
    ['domain and name', ['Acme GmbH', 'acme.com', 'DE'], ['ACME', 'https://www.Acme.com/', 'DE'], 'certain'],
    ['domain, one without a name', ['Acme', 'acme.com', ''], ['', 'acme.com', 'DE'], 'certain'],
    ['domain and a slip', ['Accme Robotics', 'acme.com', ''], ['Acme Robotics', 'acme.com', ''], 'likely'],
    ['name and country', ['Acme, Inc.', 'acme.com', 'US'], ['Acme', '', 'us'], 'likely'],
    ['two endings of one brand', ['Acme', 'acme.com', 'DE'], ['Acme', 'acme.co.uk', 'DE'], 'likely'],
    ['a part of a group', ['Acme Bank', 'acme.com', 'DE'], ['Foundry', 'acme.com', 'DE'], 'possible'],
    ['a branch', ['Acme', 'acme.com', 'DE'], ['Acme', 'acme.com', 'US'], 'possible'],
    ['another legal form', ['Acme GmbH', '', 'DE'], ['Acme AG', '', 'DE'], 'possible'],
    ['another domain', ['Acme', 'acme.com', 'DE'], ['Acme', 'other.com', 'DE'], 'possible'],
    [
      'another legal form and domain',
      ['Acme GmbH', 'acme.com', 'DE'],
      ['Acme AG', 'acme-ag.com', 'DE'],
      undefined,
    ],
    ['another country', ['Acme', '', 'DE'], ['Acme', '', 'US'], undefined],
    ['the domain of a mail provider', ['One', 'gmail.com', ''], ['Two', 'gmail.com', ''], undefined],
  ])('%s', (_, one, two, confidence) => {
    const [a, b] = [account(...one), account(...two)]
    const shared = companyKeys(a).filter((key) => companyKeys(b).includes(key))
    expect(shared.length > 0 ? compareCompanies(a, b, [a, b])?.confidence : undefined).toBe(confidence)
    expect(compareCompanies(b, a, [a, b])?.confidence).toBe(compareCompanies(a, b, [a, b])?.confidence)
  })

  test('the domain of a portal says nothing', () => {
    const all = ['One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Six'].map((name) =>
      account(name, 'portal.example', ''),
    )
    expect(compareCompanies(all[5]!, all[6]!, all)).toBeNull()
  })
})
