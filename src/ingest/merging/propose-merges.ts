/** Finds what should be merged: accounts first, since who works at one is looked for there, then leads. It changes nothing. */
import type pg from 'pg'
import { countSubjects, createCircles, streamSubjects } from '../../db/merge-candidates.ts'
import type { ReportProgress, SubjectKind } from '../../glossary.ts'
import { candidatePairs } from './candidate-pairs.ts'
import { circleKeys, circleOf, isFromNowhere, LARGEST_CIRCLE } from './circles.ts'
import { COMPANY_TRAITS, type Company, toCompany } from './companies.ts'
import { companiesContradict, companyKeys, compareCompanies } from './compare-companies.ts'
import { comparePeople, namesContradict } from './compare-people.ts'
import { type GroupRules, groupMatches, type MatchedPair, type Proposal } from './group-matches.ts'
import { bySureness, type Confidence, type Match } from './match.ts'
import { createNameCounts } from './name-counts.ts'
import { PERSON_TRAITS, type Person, toPerson } from './person.ts'

export interface Proposals {
  readonly kind: SubjectKind
  /** How many were looked at. */
  readonly subjects: number
  /** What may be merged at the level that was asked for; no two have the same fromId. */
  readonly merges: readonly Proposal[]
  /** What is below the level, or could be one as well as the other. */
  readonly possible: readonly Proposal[]
  /** Who is meant by an id of a proposal, in words. */
  readonly labels: ReadonlyMap<string, string>
}

export interface ProposeOptions {
  readonly level: Confidence
  readonly report?: ReportProgress
  readonly signal?: AbortSignal
}

/** Give it a client in a transaction; it makes temporary tables. */
export function proposeAccountMerges(client: pg.ClientBase, options: ProposeOptions): Promise<Proposals> {
  return propose<Company>(client, 'account', options, {
    traits: COMPANY_TRAITS,
    read: ({ id, createdAt, traits }) => toCompany(id, createdAt, traits),
    keys: companyKeys,
    *compare(_, circle) {
      // More accounts of one name or domain than this are no duplicates.
      if (circle.length > 100) return
      for (const [i, a] of circle.entries())
        for (const b of circle.slice(i + 1)) yield [a, b, compareCompanies(a, b, circle)]
    },
    contradict: companiesContradict,
    mustMatch: () => false,
  })
}

/** `accountMerges`: account merges that are proposed, but not made: leads are looked for as if they were. */
export function proposeLeadMerges(
  client: pg.ClientBase,
  accountMerges: readonly Proposal[],
  options: ProposeOptions,
): Promise<Proposals> {
  const counts = createNameCounts()
  const rootOfAccount = new Map(accountMerges.map(({ fromId, intoId }) => [fromId, intoId]))
  let peopleNowhere = 0
  return propose<Person>(client, 'lead', options, {
    traits: PERSON_TRAITS,
    read({ id, accountId, createdAt, traits }) {
      const account = accountId === null ? null : (rootOfAccount.get(accountId) ?? accountId)
      const person = toPerson(id, account, createdAt, traits)
      counts.add(person.first, person.last)
      return person
    },
    keys(person) {
      if (isFromNowhere(person)) peopleNowhere += 1
      return circleKeys(person)
    },
    *compare(key, people) {
      const circle = circleOf(key, people, peopleNowhere)
      for (const [i, j] of candidatePairs(people))
        yield [people[i]!, people[j]!, comparePeople(people[i]!, people[j]!, circle, counts)]
    },
    contradict: namesContradict,
    // Nothing but a third who is like both would bring them together.
    mustMatch: (a, b) => isFromNowhere(a) && isFromNowhere(b),
  })
}

interface Subject {
  readonly id: string
  readonly createdAt: number
  readonly label: string
}

interface Matching<Item> extends GroupRules<Item> {
  readonly traits: readonly string[]
  readonly read: (stored: {
    readonly id: string
    readonly accountId: string | null
    readonly createdAt: number
    readonly traits: Readonly<Record<string, readonly unknown[]>>
  }) => Item
  readonly keys: (item: Item) => string[]
  readonly compare: (key: string, circle: readonly Item[]) => Iterable<readonly [Item, Item, Match | null]>
}

async function propose<Item extends Subject>(
  client: pg.ClientBase,
  kind: SubjectKind,
  { level, report, signal }: ProposeOptions,
  matching: Matching<Item>,
): Promise<Proposals> {
  const circles = await createCircles(client, kind)
  const total = await countSubjects(client, kind)
  let subjects = 0
  for await (const page of streamSubjects(client, kind, matching.traits)) {
    signal?.throwIfAborted()
    const items = page.map(matching.read)
    await circles.add(
      items.map((item) => ({ id: item.id, body: JSON.stringify(item), keys: matching.keys(item) })),
    )
    subjects += page.length
    report?.(`reading ${kind}s`, Math.min(subjects, total), total)
  }

  // Of each two the surest match; an item is held once, whatever number of circles it is in.
  const items = new Map<string, Item>()
  const pairs = new Map<string, MatchedPair<Item>>()
  const keep = (one: Item, other: Item, match: Match): void => {
    const [a, b] = [one, other].map((item) => {
      if (!items.has(item.id)) items.set(item.id, item)
      return items.get(item.id)!
    })
    const key = JSON.stringify(a!.id < b!.id ? [a!.id, b!.id] : [b!.id, a!.id])
    const known = pairs.get(key)
    if (!known || bySureness(match, known) < 0) pairs.set(key, { ...match, a: a!, b: b! })
  }
  const read = (body: string): Item => JSON.parse(body)
  for (const { a, b, id } of await circles.sameInCrm())
    keep(read(a), read(b), {
      confidence: 'certain',
      probability: 1,
      evidence: [`the CRM has ${id} as an id of it`],
    })
  const step = `comparing ${kind}s (circles of those with something in common)`
  let looked = 0
  const circleCount = await circles.count(LARGEST_CIRCLE)
  for await (const { key, bodies } of circles.stream(LARGEST_CIRCLE)) {
    signal?.throwIfAborted()
    for (const [a, b, match] of matching.compare(key, bodies.map(read))) if (match) keep(a, b, match)
    looked += 1
    if (looked % 100 === 0) report?.(step, looked, circleCount)
  }
  report?.(step, looked, circleCount)
  const { merges, possible } = groupMatches([...pairs.values()], level, matching)
  const labels = new Map(
    [...merges, ...possible].flatMap(({ fromId, intoId, matchedId }) =>
      [fromId, intoId, matchedId].map((id) => [id, items.get(id)?.label ?? ''] as const),
    ),
  )
  return { kind, subjects, merges, possible, labels }
}
