import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { compileReader, REFUSED } from '../../src/server/compiled-reader.ts'
import { scoreRequestSchema } from '../../src/server/schemas/score-request.ts'
import { scoredLeadSchema } from '../../src/server/schemas/scored-lead.ts'

function readerOf(schema: z.ZodType) {
  const read = compileReader(schema)
  if (!read) throw new Error('The schema must be compiled')
  return read
}

/** What Zod gives out for it, or REFUSED. */
function readByZod(schema: z.ZodType, value: unknown): unknown {
  const result = schema.safeParse(value)
  return result.success ? result.data : REFUSED
}

/** Mostly right, so that whole requests are; one wrong thing here and there. */
function mostly<T, W>(right: fc.Arbitrary<T>, wrong: fc.Arbitrary<W>): fc.Arbitrary<T | W> {
  return fc.oneof({ weight: 30, arbitrary: right }, { weight: 1, arbitrary: wrong })
}

const anything = fc.jsonValue({ maxDepth: 2 })
const time = mostly(
  fc.constantFrom('2026-11-21T09:30:00Z', '2026-02-28T23:59:59.999Z', '2026-11-21T09:30:00+01:00'),
  fc.constantFrom('2026-02-30T00:00:00Z', '1969-01-01T00:00:00Z', 'yesterday', 5, null),
)
const text = mostly(
  fc.string({ minLength: 1, maxLength: 6 }),
  fc.constantFrom('', '\0', '\ud800', 'x'.repeat(600), 5),
)
const name = mostly(fc.string({ minLength: 1, maxLength: 6 }), fc.constantFrom('', '\0', 'x'.repeat(129)))
const traitValue = fc.oneof(
  fc.string(),
  fc.double({ noDefaultInfinity: true, noNaN: true }),
  fc.boolean(),
  fc.array(fc.string(), { maxLength: 2 }),
)
const datedTrait = fc.record(
  { value: mostly(traitValue, anything), occurred_at: time, source: text, undated: fc.boolean() },
  { requiredKeys: ['value'] },
)
const traits = fc.dictionary(name, mostly(fc.oneof(traitValue, datedTrait), anything), { maxKeys: 3 })
const event = mostly(
  fc.record(
    { type: text, occurred_at: time, known_at: time, properties: mostly(fc.object(), anything) },
    { requiredKeys: ['type', 'occurred_at'] },
  ),
  anything,
)
const optional = { requiredKeys: [] }
const request = fc
  .tuple(
    fc.record({ lead_id: text, created_at: time, traits }, { requiredKeys: ['lead_id'] }),
    fc.record(
      {
        account: fc.record({ account_id: text, traits }, optional),
        events: fc.array(event, { maxLength: 3 }),
        as_of: time,
        models: fc.array(name, { minLength: 1, maxLength: 2 }),
        explain: mostly(fc.boolean(), anything),
      },
      optional,
    ),
    mostly(fc.constant({}), fc.constant({ unknown: 1 })),
  )
  .map(([lead, rest, more]) => ({ lead, ...rest, ...more }))

describe('a compiled reader', () => {
  test('reads requests as Zod does, and refuses what Zod refuses', () => {
    const read = readerOf(scoreRequestSchema)
    let accepted = 0
    fc.assert(
      fc.property(mostly(request, anything), (given) => {
        const json = JSON.stringify(given)
        // No body that names it comes so far.
        fc.pre(!json.includes('__proto__'))
        const value: unknown = JSON.parse(json)
        const found = read(value)
        if (found !== REFUSED) accepted++
        expect(found).toEqual(readByZod(scoreRequestSchema, value))
      }),
      { numRuns: 1_000, seed: 7 },
    )
    expect(accepted).toBeGreaterThan(300)
    expect(accepted).toBeLessThan(900)
  })

  test('leaves what it is given as it was', () => {
    const value = { lead: { lead_id: 'x' }, events: [{ type: 'a', occurred_at: '2026-11-21T00:00:00Z' }] }
    const before = structuredClone(value)
    readerOf(scoreRequestSchema)(value)
    expect(value).toEqual(before)
  })

  const contribution = {
    feature: 'employees',
    group: 'company size',
    side: 'fit',
    value: null,
    log_odds: 0.5,
    points: 7.2,
    text: '120 employees',
  }
  const score = {
    applies: true,
    basis: 'boosting',
    probability: 0.2,
    interval: null,
    raw_points: 52,
    score: 52,
    band: 'cool',
    model: { name: 'conversion', segment: null, version: '1', sha256: 'x', because: 'x' },
  }
  const explanation = {
    base: -2,
    calibration: 0,
    log_odds: -1.5,
    base_points: 50,
    contributions: [contribution],
    reasons: { for: [], against: [] },
  }
  const answer = (scores: object) => ({
    lead_id: 'l',
    as_of: '2026-11-21T00:00:00Z',
    policy_version: '1',
    guardrails_version: '1',
    scores,
    verdict: { status: 'eligible', rules: [], override: null },
    decision: {
      band: 'cool',
      grade: null,
      action: 'call',
      respond_within: null,
      route: null,
      route_rule: null,
    },
  })

  test.each([
    ['a plain score', { a: score }],
    [
      'a score with reasons, one that does not apply',
      { a: { ...score, explanation }, b: { applies: false, why: 'x' } },
    ],
    ['NaN', { a: { ...score, raw_points: Number.NaN } }],
    ['a probability of 1', { a: { ...score, probability: 1 } }],
    ['a score of 100', { a: { ...score, score: 100 } }],
    ['a score of 101', { a: { ...score, score: 101 } }],
    ['a score of 0.5', { a: { ...score, score: 0.5 } }],
    ['an interval of three', { a: { ...score, interval: [0, 1, 2] } }],
    ['an interval', { a: { ...score, interval: [0.1, 0.3] } }],
    [
      'an unknown field deep inside',
      { a: { ...score, explanation: { ...explanation, contributions: [{ ...contribution, more: 1 }] } } },
    ],
    ['a missing field deep inside', { a: { ...score, model: { name: 'x', segment: null, version: '1' } } }],
    ['an unknown basis', { a: { ...score, basis: 'magic' } }],
    ['an explanation that is undefined', { a: { ...score, explanation: undefined } }],
    ['neither', { a: { applies: 'perhaps' } }],
  ])('checks answers as Zod does: %s', (_name, scores) => {
    const found = readerOf(scoredLeadSchema)(answer(scores))
    expect(found).toEqual(readByZod(scoredLeadSchema, answer(scores)))
  })

  test('what it cannot read exactly as Zod does is not compiled', () => {
    for (const schema of [
      z.email(),
      z.coerce.number(),
      z.number().multipleOf(3),
      z.object({ a: z.string() }),
      z.looseObject({}),
      z.string().default('x'),
      z.record(z.enum(['a']), z.string()),
      z.string().trim(),
      z.array(z.lazy(() => z.string())),
      z.string().superRefine(() => {}),
    ])
      expect(compileReader(schema)).toBeNull()
  })
})
