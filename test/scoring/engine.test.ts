import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY, type Milliseconds } from '../../src/glossary.ts'
import { logit } from '../../src/model/link.ts'
import { scoreLead } from '../../src/scoring/engine.ts'
import type { ModelScore } from '../../src/scoring/scored-lead.ts'
import {
  AS_OF,
  CREATED_AT,
  deal,
  definition,
  engine,
  event,
  type LeadShape,
  loaded,
  logisticArtifact,
  records,
} from './fixture.ts'

type Applied = Extract<ModelScore, { applies: true }>

function score(shape: LeadShape = {}, asOf: Milliseconds = AS_OF, explain = true, of = engine()) {
  const { account, lead } = records(shape)
  return scoreLead(of, account, lead, asOf, { explain })
}

function applied(score: ModelScore | undefined): Applied {
  if (!score?.applies) throw new Error(`does not apply: ${score?.why}`)
  return score
}

/** The software company of 403, with one visit to pricing 10 days ago: a row that can be worked out by hand. */
const SHAPE: LeadShape = { events: [event('pricing_page_viewed', 10)] }

describe('scoreLead', () => {
  it('gives this object, field by field and in this order', () => {
    // base 0.5 * -3 - 0.5 = -2. employees: 0.5 * 0.5 * (ln 404 - ln 101) = 0.25 * ln 4; industry: 0.5 * ln 2;
    // pricing: half a visit, 0.5 * ln 1.5. Sum ln 2 + 0.5 ln 1.5.
    const logOdds = -2 + Math.LN2 + 0.5 * Math.log(1.5)
    const probability = 1 / (1 + Math.exp(-logOdds))
    const perPoint = 10 / Math.LN2
    const size = 0.5 * Math.LN2
    const pricing = 0.5 * Math.log(1.5)
    const scored = score(SHAPE)
    const near = (value: number) => expect.closeTo(value, 10)
    expect(scored).toEqual({
      lead_id: 'l_1',
      as_of: '2026-11-21T00:00:00Z',
      policy_version: '4',
      guardrails_version: '9',
      scores: {
        conversion: {
          applies: true,
          basis: 'logistic',
          probability: near(probability),
          interval: null,
          raw_points: near(60 + pricing * perPoint),
          score: 63,
          band: 'high',
          model: {
            name: 'conversion',
            segment: null,
            version: '3',
            sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
            because: 'it is the model for everyone',
          },
          explanation: {
            base: -2,
            calibration: 0,
            log_odds: near(logOdds),
            base_points: 50,
            contributions: [
              {
                feature: 'employees',
                group: 'company size',
                side: 'fit',
                value: 403,
                log_odds: near(size),
                points: near(5),
                text: '403 employees',
              },
              {
                feature: 'industry',
                group: 'industry',
                side: 'fit',
                value: 'software',
                log_odds: near(size),
                points: near(5),
                text: 'industry software',
              },
              {
                feature: 'pricing_page_viewed.decayed',
                group: 'pricing page',
                side: 'behaviour',
                value: 0.5,
                log_odds: near(pricing),
                points: near(pricing * perPoint),
                text: '1 pricing page visit, 10 days ago',
              },
            ],
            reasons: {
              for: [
                {
                  group: 'company size',
                  side: 'fit',
                  log_odds: near(size),
                  points: near(5),
                  text: '403 employees',
                },
                {
                  group: 'industry',
                  side: 'fit',
                  log_odds: near(size),
                  points: near(5),
                  text: 'industry software',
                },
                {
                  group: 'pricing page',
                  side: 'behaviour',
                  log_odds: near(pricing),
                  points: near(pricing * perPoint),
                  text: '1 pricing page visit, 10 days ago',
                },
              ],
              against: [],
            },
          },
        },
      },
      verdict: {
        status: 'eligible',
        cap: null,
        raise: null,
        excluded_channels: [],
        rules: [],
        override: null,
      },
      decision: {
        band: 'high',
        grade: null,
        action: 'call',
        respond_within: 'PT1H',
        grade_action: null,
        quadrant: null,
        route: null,
        route_rule: null,
        nurture: null,
        expected_value: null,
      },
    })
    expect(Object.keys(scored)).toEqual([
      'lead_id',
      'as_of',
      'policy_version',
      'guardrails_version',
      'scores',
      'verdict',
      'decision',
    ])
    expect(Object.keys(scored.scores.conversion ?? {})).toEqual([
      'applies',
      'basis',
      'probability',
      'interval',
      'raw_points',
      'score',
      'band',
      'model',
      'explanation',
    ])
    expect(Object.keys(scored.decision)).toEqual([
      'band',
      'grade',
      'action',
      'respond_within',
      'grade_action',
      'quadrant',
      'route',
      'route_rule',
      'nurture',
      'expected_value',
    ])
  })

  it('is the same with and without the explanation, but for the explanation', () => {
    const explained = score(SHAPE)
    const { explanation, ...rest } = applied(explained.scores.conversion)
    expect(explanation).toBeDefined()
    expect(score(SHAPE, AS_OF, false)).toEqual({ ...explained, scores: { conversion: rest } })
  })

  it('never lets a guardrail, or a person, change a probability', () => {
    const eligible = score(SHAPE)
    const rival = { email: 'bob@rival.example', title: 'CTO' }
    const stopped = score({ ...SHAPE, lead: rival })
    expect(stopped.scores).toEqual(eligible.scores)
    expect(stopped.verdict).toEqual({
      status: 'disqualified',
      cap: null,
      raise: null,
      excluded_channels: [],
      rules: [
        {
          id: 'competitor',
          action: 'disqualify',
          reason: 'Works for a competitor.',
          condition: 'domain of the mail address is "rival.example", which is on the list rivals',
        },
      ],
      override: null,
    })
    expect(stopped.decision).toMatchObject({ band: 'disqualified', action: 'none', respond_within: null })

    const { account, lead } = records({ ...SHAPE, lead: rival })
    const override = {
      status: 'eligible' as const,
      reason: 'A partner now.',
      setBy: 'ann',
      setAt: AS_OF - DAY,
      expiresAt: AS_OF + DAY,
    }
    const overridden = scoreLead(engine(), account, lead, AS_OF, { explain: true, override })
    expect(overridden.scores).toEqual(eligible.scores)
    expect(overridden.verdict.status).toBe('eligible')
    expect(overridden.verdict.rules).toEqual(stopped.verdict.rules)
    expect(overridden.verdict.override).toEqual({
      status: 'eligible',
      reason: 'A partner now.',
      set_by: 'ann',
      set_at: '2026-11-20T00:00:00Z',
      expires_at: '2026-11-22T00:00:00Z',
      // What the machine says stays to be seen, to the letter.
      without_it: { status: 'disqualified', decision: stopped.decision },
    })
    expect(overridden.decision).toEqual(eligible.decision)
  })

  it('knows an override only after it was set and before it expires', () => {
    const { account, lead } = records(SHAPE)
    const status = (setAt: Milliseconds, expiresAt: Milliseconds | null) =>
      scoreLead(engine(), account, lead, AS_OF, {
        explain: false,
        override: { status: 'disqualified', reason: 'No.', setBy: 'ann', setAt, expiresAt },
      }).verdict.status
    expect([status(AS_OF - 1, null), status(AS_OF - 1, AS_OF + 1)]).toEqual(['disqualified', 'disqualified'])
    expect([status(AS_OF, null), status(AS_OF - 1, AS_OF)]).toEqual(['eligible', 'eligible'])
  })

  it('reviews a lead of whom too little is known, naming what is missing', () => {
    const { verdict, decision } = score({
      lead: { email: 'ann@acme.example' },
      account: { name: ' Acme', industry: '' },
    })
    expect(verdict.status).toBe('review')
    expect(verdict.rules[0]?.condition).toBe(
      'share of the essential fields that is known is 0.33 (missing: title, industry, employees, country), below 0.5',
    )
    expect(decision).toMatchObject({ band: 'review', action: 'look', respond_within: 'P2D' })
  })

  it('answers only for the models asked for, with the same decision; unknown ones are refused by name', () => {
    const of = engine([
      loaded(logisticArtifact()),
      loaded(logisticArtifact(definition('fit'))),
      loaded(logisticArtifact(definition('intent'))),
    ])
    const { account, lead } = records(SHAPE)
    const all = scoreLead(of, account, lead, AS_OF, { explain: false })
    expect(Object.keys(all.scores)).toEqual(['conversion', 'fit', 'intent'])
    expect(all.decision.grade).toBe('B2')
    const some = scoreLead(of, account, lead, AS_OF, { explain: false, models: ['intent'] })
    expect(Object.keys(some.scores)).toEqual(['intent'])
    expect(some.decision).toEqual(all.decision)
    // What neither was asked for nor is looked at by the policy is not scored.
    const { registry, ...other } = loaded(logisticArtifact(definition('win')))
    const computeRow = (): never => {
      throw new Error('nobody asked')
    }
    const with4 = engine([...of.models, { ...other, registry: { ...registry, computeRow } }])
    expect(scoreLead(with4, account, lead, AS_OF, { explain: false, models: ['intent'] })).toEqual(some)
    expect(() => scoreLead(with4, account, lead, AS_OF, { explain: false })).toThrow('nobody asked')
    expect(() => scoreLead(of, account, lead, AS_OF, { explain: false, models: ['fit', 'fitt'] })).toThrow(
      'There is no model "fitt". Allowed: conversion, fit, intent.',
    )
  })
})

describe('a model that does not apply', () => {
  const why = (shape: LeadShape, asOf = AS_OF, population = 'leads'): string | null => {
    const of = engine([loaded(logisticArtifact(definition('conversion', population)))])
    const found = score(shape, asOf, true, of).scores.conversion
    return found?.applies === false ? found.why : null
  }

  it('does not know a lead before its first touch; from one millisecond after it does', () => {
    expect(why(SHAPE, CREATED_AT)).toBe('unknown before 2026-08-13T00:00:00Z')
    expect(score(SHAPE, CREATED_AT).decision).toMatchObject({ band: 'review', grade: null })
    expect(why(SHAPE, CREATED_AT + 1)).toBeNull()
  })

  it('does not know a lead before anything of it was known: an old lead, imported late', () => {
    const late = {
      name: 'title',
      value: 'CTO',
      occurredAt: CREATED_AT,
      knownAt: AS_OF,
      source: 'import',
      undated: true,
    }
    const { account, lead } = records()
    const imported = { ...lead, traits: [late] }
    const at = (asOf: Milliseconds) =>
      scoreLead(engine(), account, imported, asOf, { explain: false }).scores.conversion
    expect(at(AS_OF)).toEqual({ applies: false, why: 'unknown before 2026-11-21T00:00:00Z' })
    expect(at(AS_OF + 1)?.applies).toBe(true)
  })

  it('has nothing to predict once the target is reached; not before, not for others, not in other pipelines', () => {
    const won = { outcome: 'won', closedAt: AS_OF - DAY } as const
    expect(why({ deals: [deal(won)] })).toBe(
      'has won in the pipeline new_business since 2026-11-20T00:00:00Z',
    )
    expect(score({ deals: [deal(won)] }).decision.band).toBe('unscored')
    expect(why({ deals: [deal({ ...won, closedAt: AS_OF })] })).toBeNull()
    expect(why({ deals: [deal({ ...won, contacts: [] })] })).toBeNull()
    expect(why({ deals: [deal({ ...won, pipeline: 'expansion' })] })).toBeNull()
  })

  it('is not for who is lost, as training has no such rows; a deal still open, or opened again, is another chance', () => {
    const lost = deal({ outcome: 'lost', closedAt: AS_OF - DAY })
    expect(why({ deals: [lost] })).toBe('lost in the pipeline new_business since 2026-11-20T00:00:00Z')
    expect(why({ deals: [{ ...lost, closedAt: AS_OF }] })).toBeNull()
    expect(why({ deals: [lost, { ...lost, dealId: 'd2', outcome: 'open', closedAt: null }] })).toBeNull()
    expect(why({ deals: [{ ...lost, contacts: [] }] })).toBeNull()
    expect(why({ deals: [{ ...lost, pipeline: 'expansion' }] })).toBeNull()
  })

  it('is for deals, trials or customers, and the lead has none, or is none', () => {
    const won = deal({ outcome: 'won', closedAt: AS_OF - DAY })
    expect(why({}, AS_OF, 'customers')).toBe('not a customer')
    expect(why({ deals: [won] }, AS_OF, 'customers')).toBeNull()
    expect(why({ deals: [{ ...won, knownAt: AS_OF }] }, AS_OF, 'customers')).toBe('not a customer')
    expect(why({}, AS_OF, 'deals')).toBe('has no open deal in the pipeline new_business')
    expect(why({ deals: [won] }, AS_OF, 'deals')).toBe('has no open deal in the pipeline new_business')
    expect(why({ deals: [deal({})] }, AS_OF, 'deals')).toBeNull()
    expect(why({ deals: [deal({ openedAt: AS_OF })] }, AS_OF, 'deals')).not.toBeNull()
    expect(why({}, AS_OF, 'trials')).toBe('has started no trial')
    expect(why({ events: [event('trial_started', 1)] }, AS_OF, 'trials')).toBeNull()
    expect(why({ events: [event('trial_started', 0)] }, AS_OF, 'trials')).not.toBeNull()
  })

  it('says that it is not known where nobody tells of deals', () => {
    const told = (customerSince: Milliseconds | null | 'unknown', population: string) => {
      const { account, lead } = records()
      const of = engine([loaded(logisticArtifact(definition('conversion', population)))])
      const scored = scoreLead(of, { ...account, customerSince }, lead, AS_OF, { explain: false })
      return scored.scores.conversion?.applies === false ? scored.scores.conversion.why : null
    }
    expect(told('unknown', 'customers')).toBe('not known whether it is a customer')
    expect(told(null, 'customers')).toBe('not a customer')
    expect(told(AS_OF, 'customers')).toBe('not a customer')
    expect(told(AS_OF - 1, 'customers')).toBeNull()
    expect(told('unknown', 'deals')).toMatch(/^not known whether it has an open deal/)
    expect(told('unknown', 'leads')).toBeNull()
  })

  it('is one of customers: the first deal to close made the customer, whichever was opened first', () => {
    const first = deal({
      dealId: 'd_2',
      outcome: 'won',
      openedAt: AS_OF - 50 * DAY,
      closedAt: AS_OF - 40 * DAY,
    })
    const later = deal({ dealId: 'd_1', outcome: 'won', openedAt: AS_OF - 90 * DAY, closedAt: AS_OF - DAY })
    const entered = { ...first, pipeline: 'expansion' }
    expect(why({ deals: [later, entered] }, AS_OF, 'customers')).toMatch(/has won in the pipeline/)
    expect(why({ deals: [{ ...later, pipeline: 'expansion' }, first] }, AS_OF, 'customers')).toBeNull()
  })
})

describe('the sums', () => {
  const DEFINED = definition()
  const weight = fc.double({ min: -40, max: 40, noNaN: true })
  const linear = fc.record({
    kind: fc.constant('linear' as const),
    mean: fc.double({ min: -5, max: 5, noNaN: true }),
    scale: fc.double({ min: 0.1, max: 5, noNaN: true }),
    weight,
    offset: weight,
    missing: weight,
  })
  const category = fc.record({
    kind: fc.constant('category' as const),
    contributions: fc.tuple(weight, weight).map((pair) => [...pair]),
    missing: weight,
  })
  const artifact = fc.record({
    base: fc.double({ min: -12, max: 12, noNaN: true }),
    terms: fc.tuple(linear, category, linear, linear).map((terms) => [...terms]),
    calibration: fc.oneof(
      fc.constant({ kind: 'identity' as const }),
      fc.record({
        kind: fc.constant('affine' as const),
        slope: fc.double({ min: 0.05, max: 3, noNaN: true }),
        intercept: fc.double({ min: -5, max: 5, noNaN: true }),
      }),
    ),
  })
  const shape = fc.record({
    employees: fc.option(fc.integer({ min: 0, max: 100_000 })),
    industry: fc.option(fc.constantFrom('software', 'retail', 'unseen')),
    visits: fc.array(fc.double({ min: 0.001, max: 400, noNaN: true }), { maxLength: 5 }),
  })

  it('hold to 1e-9 for any artifact and lead, clamped probabilities included', () => {
    let clamped = 0
    fc.assert(
      fc.property(artifact, shape, (changes, { employees, industry, visits }) => {
        const of = engine([loaded(logisticArtifact(DEFINED, changes))])
        const account = {
          ...(employees === null ? {} : { employees }),
          ...(industry === null ? {} : { industry }),
        }
        const events = visits.map((daysAgo, i) => event('pricing_page_viewed', daysAgo, i))
        const found = applied(score({ account, events }, AS_OF, true, of).scores.conversion)
        const { probability, raw_points: rawPoints, explanation } = found
        if (probability === null || !explanation) throw new Error('explained')
        const { base, calibration, contributions, base_points: basePoints, reasons } = explanation
        if (base === null || calibration === null) throw new Error('logistic')
        const sum = contributions.reduce((total, { log_odds }) => total + (log_odds ?? Number.NaN), 0)
        expect(Math.abs(base + sum + calibration - logit(probability))).toBeLessThan(1e-9)
        expect(explanation.log_odds).toBe(logit(probability))

        const points = contributions.reduce((total, each) => total + each.points, 0)
        const inPoints = (10 / Math.LN2) * calibration
        expect(Math.abs(basePoints + points + inPoints - rawPoints)).toBeLessThan(1e-9)
        const reasonPoints = [...reasons.for, ...reasons.against].reduce(
          (total, each) => total + each.points,
          0,
        )
        expect(Math.abs(reasonPoints - points)).toBeLessThan(1e-9)

        const effects = contributions.map((each) => Math.abs(each.points))
        expect(effects).toEqual([...effects].sort((a, b) => b - a))
        expect(effects.every((effect) => effect > 0)).toBe(true)
        if (calibration !== 0) clamped++
        // Only clamping is not affine.
        if (probability > 1e-6 && probability < 1 - 1e-6) expect(Math.abs(calibration)).toBeLessThan(1e-9)
      }),
      { numRuns: 200, seed: 7 },
    )
    expect(clamped).toBeGreaterThan(40)
  })
})
