/** The queue against the same list made by hand: every order with every filter, in pages of any size, along every way to find a name. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LeadQuery, listLeads } from '../../src/db/lead-list.ts'
import { LEAD_SORTS } from '../../src/db/lead-order.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const NOW = Date.parse('2026-11-21T12:00:00Z')
const BANDS = ['hot', 'warm', 'cold']
const ANSWER = 'call_held'
const NAMES = ['Ann', 'anna', 'Änne', 'An%', 'Bo', "O'Hara", 'o_h']
const WORDS = ['a', 'an', 'ANN', 'änn', 'an%', 'bo', "o'h", 'o_', 'l_0', 'L_0', 'nobody', 'gmbh']

interface Made {
  readonly id: string
  readonly account: string | null
  readonly mergedInto: string | null
  readonly names: readonly string[]
  /** null: not scored. */
  readonly score: {
    readonly points: number
    readonly value: number | null
    readonly band: string
    readonly verdict: string
    readonly fit: number | null
    readonly intent: number | null
  } | null
  readonly promises: readonly { readonly band: string; readonly due: number }[]
  /** Feedback, or an event: a response, or none. */
  readonly said: 'contacted' | 'call_held' | 'mail_opened' | null
}

const anyLead = fc.record({
  account: fc.option(fc.integer({ min: 0, max: 9 }).map((n) => `a_${n}`)),
  mergedInto: fc.constantFrom(null, null, null, 3, 4, 5),
  names: fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: 2 }),
  score: fc.option(
    fc.record({
      points: fc.integer({ min: 0, max: 12 }).map((n) => n / 3),
      value: fc.option(fc.integer({ min: 0, max: 5 }).map((n) => n / 7)),
      band: fc.constantFrom(...BANDS),
      verdict: fc.constantFrom('eligible', 'eligible', 'eligible', 'review', 'disqualified'),
      fit: fc.option(fc.constantFrom(0, 40, 41, 100), { freq: 5 }),
      intent: fc.option(fc.constantFrom(0, 60, 61, 100), { freq: 5 }),
    }),
    { freq: 6 },
  ),
  promises: fc.uniqueArray(fc.record({ band: fc.constantFrom(...BANDS), due: fc.nat({ max: 4 }) }), {
    selector: ({ band }) => band,
    maxLength: 2,
  }),
  said: fc.option(fc.constantFrom('contacted', 'call_held', 'mail_opened'), { freq: 2 }),
})

const made: readonly Made[] = fc
  .sample(fc.array(anyLead, { minLength: 80, maxLength: 80 }), { numRuns: 1, seed: 7 })[0]!
  .map((lead, n) => {
    const isRoot = n < 10 || lead.mergedInto === null
    return {
      ...lead,
      id: `${n % 3 === 0 ? 'L' : 'l'}_${String(n).padStart(3, '0')}`,
      mergedInto: isRoot ? null : `${lead.mergedInto! % 3 === 0 ? 'L' : 'l'}_00${lead.mergedInto}`,
    }
  })
const bandOf = ({ band, verdict }: NonNullable<Made['score']>) => (verdict === 'eligible' ? band : verdict)
const companies = new Map(Array.from({ length: 10 }, (_, n) => [`a_${n}`, `${NAMES[n % 3]} GmbH ${n}`]))

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  const { pool } = database
  const at = new Date(NOW)
  await pool.query(
    `INSERT INTO wonlost.accounts (account_id, created_at, known_at, source) SELECT unnest($1::text[]), $2, $2, 'test'`,
    [[...companies.keys()], at],
  )
  for (const [id, name] of companies)
    await pool.query(
      `INSERT INTO wonlost.traits VALUES ('account', $1, 'name', to_jsonb($2::text), $3, $3, 'test', false)`,
      [id, name, at],
    )
  for (const { id, account, names, score, promises, said } of made) {
    await pool.query(
      `INSERT INTO wonlost.leads (lead_id, account_id, created_at, known_at, source) VALUES ($1, $2, $3, $3, 'test')`,
      [id, account, at],
    )
    for (const [n, name] of names.entries())
      await pool.query(
        `INSERT INTO wonlost.traits VALUES ('lead', $1, $2, to_jsonb($3::text), $4, $4, 'test', false)`,
        [id, ['first_name', 'email'][n], name, at],
      )
    for (const model of score === null ? [] : ['conversion', 'other'])
      await pool.query(
        `INSERT INTO wonlost.scores (subject_kind, subject_id, model, version, basis, artifact_sha256, as_of, policy_version,
           guardrails_version, raw_points, score, band, verdict, decision, scored_at, expected_value, fit_score, intent_score)
         VALUES ('lead', $1, $2, 1, 'rubric', '', $3, 1, 1, $4, 50, $5, $6, jsonb_build_object('band', $7::text), $3, $8, $9, $10)`,
        [
          ...[id, model, at, score!.points, score!.band, score!.verdict, bandOf(score!), score!.value],
          ...[score!.fit, score!.intent],
        ],
      )
    for (const { band, due } of promises)
      await pool.query(`INSERT INTO wonlost.response_promises VALUES ('lead', $1, $2, 1, '', $3, $4)`, [
        ...[id, band, at, new Date(NOW + due)],
      ])
    if (said === 'contacted')
      await pool.query(
        `INSERT INTO wonlost.feedback (subject_kind, subject_id, kind, given_by, given_at, occurred_at) VALUES ('lead', $1, $2, 'test', $3, $3)`,
        [id, said, at],
      )
    else if (said !== null)
      await pool.query(`INSERT INTO wonlost.events VALUES ($1, $1, NULL, $2, $3, $3, 'test', '{}')`, [
        ...[id, said, at],
      ])
  }
  for (const { id, mergedInto } of made)
    await pool.query('UPDATE wonlost.leads SET merged_into = $2 WHERE lead_id = $1', [id, mergedInto])
})
afterAll(() => database.drop())

const own = (root: string): readonly Made[] =>
  made.filter(({ id, mergedInto }) => (mergedInto ?? id) === root)

function matches(root: string, search: string): boolean {
  const people = own(root)
  const names = people.flatMap(({ names, account }) => [...names, companies.get(account ?? '') ?? ''])
  return search
    .split(' ')
    .every(
      (word) =>
        people.some(({ id }) => id.startsWith(word)) ||
        names.some((name) => name.toLowerCase().startsWith(word.toLowerCase())),
    )
}

function dueOf({ id, promises }: Made): number | null {
  if (own(id).some(({ said }) => said === 'contacted' || said === ANSWER)) return null
  return promises.length === 0 ? null : Math.min(...promises.map(({ due }) => due))
}

/** What it is sorted by, smallest first; null: after all the others, by id. */
function placeOf(lead: Made, sort: string): number | null {
  const { score } = lead
  if (sort === 'respond_by') return dueOf(lead)
  if (sort === 'lead_id' || score === null) return null
  const isDown = sort.startsWith('-')
  const value = sort.endsWith('score') ? score.points : score.verdict === 'eligible' ? score.value : null
  return value === null ? null : isDown ? -value : value
}

const byId = (a: Made, b: Made): number => (a.id < b.id ? -1 : 1)

function expected({ sort, band, verdict, box, search }: LeadQuery): readonly string[] {
  const [left = 0, right = 0, low = 0, high = 0] = box ?? []
  const listed = made.filter((lead) => {
    const { id, mergedInto, score } = lead
    if (mergedInto !== null || (search !== undefined && !matches(id, search))) return false
    if (sort === 'respond_by' && (score === null || dueOf(lead) === null)) return false
    if (band !== undefined && (score === null || bandOf(score) !== band)) return false
    if (verdict !== undefined && score?.verdict !== verdict) return false
    if (box === undefined) return true
    const { fit, intent } = score ?? { fit: null, intent: null }
    return fit !== null && intent !== null && fit >= left && fit <= right && intent >= low && intent <= high
  })
  const isAscending = sort === 'score' || sort === 'expected_value'
  return listed
    .sort((a, b) => {
      const [one, other] = [placeOf(a, sort), placeOf(b, sort)]
      if (one === null || other === null) return Number(one === null) - Number(other === null) || byId(a, b)
      return one - other || (isAscending ? byId(b, a) : byId(a, b))
    })
    .map(({ id }) => id)
}

/** Half of the lists are without it. */
const often = { nil: undefined, freq: 2 } as const
const anyQuery = fc.record({
  sort: fc.constantFrom(...LEAD_SORTS),
  band: fc.option(fc.constantFrom(...BANDS, 'review'), often),
  verdict: fc.option(fc.constantFrom('eligible', 'eligible', 'review', 'disqualified'), often),
  box: fc.option(
    fc.constantFrom([41, 100, 0, 100] as const, [0, 40, 60, 61] as const, [0, 100, 0, 100] as const),
    often,
  ),
  search: fc.option(
    fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 2 }).map((words) => words.join(' ')),
    often,
  ),
  limit: fc.constantFrom(2, 7, 30, 200),
})
const anyBounds = fc.constantFrom(
  {},
  { few: 0 },
  { few: 0, steps: [1] },
  { few: 0, steps: [2, 3, 5] },
  { few: 5, steps: [2, 5] },
)

async function pages(query: Omit<LeadQuery, 'after'>, bounds: Parameters<typeof listLeads>[2]) {
  const ids: string[] = []
  let after: LeadQuery['after'] = null
  do {
    const { leads, next } = await listLeads(database.pool, { ...query, after }, bounds)
    ids.push(...leads.map(({ leadId }) => leadId))
    after = next
  } while (after !== null)
  return ids
}

test('pages of any list make up the list as it is made by hand', async () => {
  let found = 0
  await fc.assert(
    fc.asyncProperty(anyQuery, anyBounds, async (given, bounds) => {
      const query = { ...given, model: 'conversion', responseEvents: [ANSWER], after: null }
      const ids = expected(query)
      found += ids.length
      expect(await pages(query, bounds)).toEqual(ids)
    }),
    { numRuns: 150 },
  )
  expect(found).toBeGreaterThan(800)
})

test('of leads whose scores stay, none is missed or shown twice while those of others move between pages', async () => {
  const query = { model: 'other', sort: '-score', limit: 7 } as const
  const scored = made.filter(({ score, mergedInto }) => score !== null && mergedInto === null)
  const moving = scored.filter((_, n) => n % 2 === 0).map(({ id }) => id)
  const ids: string[] = []
  let after: LeadQuery['after'] = null
  for (let page = 1; page === 1 || after !== null; page++) {
    const { leads, next } = await listLeads(database.pool, { ...query, after })
    ids.push(...leads.map(({ leadId }) => leadId))
    after = next
    await database.pool.query(
      `UPDATE wonlost.scores SET raw_points = (hashtext(subject_id || $2) % 5 + 5)::float8 / 3 WHERE model = 'other' AND subject_id = ANY($1)`,
      [moving, page],
    )
  }
  const staying = (all: readonly string[]) => all.filter((id) => !moving.includes(id))
  expect(staying(ids)).toEqual(staying(expected({ ...query, after: null })))
})
