/** Beyond the reasons: what could be done, and what changed. The moment of falling has a file of its own. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WonlostError } from '../../src/errors.ts'
import { type Definition, definitionFromPlain, definitionToPlain } from '../../src/features/definition.ts'
import { DAY } from '../../src/glossary.ts'
import { parseGuardrails } from '../../src/guardrails/guardrails.ts'
import type { Artifact, Calibration } from '../../src/model/artifact.ts'
import { canonicalJson, sha256Hex } from '../../src/model/canonical.ts'
import { treesToData } from '../../src/model/tree-data.ts'
import { parsePolicy } from '../../src/policy/policy.ts'
import type { Engine } from '../../src/scoring/engine.ts'
import { type ExplainOptions, explainLead } from '../../src/scoring/explain-lead.ts'
import { loadModel, loadRubric } from '../../src/scoring/load-model.ts'
import { rubricFor } from '../../src/scoring/rubric.ts'
import {
  AS_OF,
  CREATED_AT,
  definition,
  engine,
  event,
  type LeadShape,
  loaded,
  logisticArtifact,
  POLICY,
  records,
  withSegmentBands,
} from './fixture.ts'

function withPolicy(more: string, models = [loaded(logisticArtifact())]): Engine {
  return { ...engine(models), policy: { ...parsePolicy(`${POLICY}\n${more}`, 'policy.yaml'), version: 4 } }
}

function explained(given: Engine, shape: LeadShape = {}, options: ExplainOptions = {}, asOf = AS_OF) {
  const { account, lead } = records(shape)
  return explainLead(given, account, lead, asOf, options)
}

function changedDefinition(changes: Readonly<Record<string, unknown>>): Definition {
  return definitionFromPlain({ ...definitionToPlain(definition()), ...changes })
}

describe('next steps', () => {
  const ACTIONABLE = `
actionable:
  - { event: docs_viewed, label: a docs visit }
  - { trait: phone, value: "1", label: a phone number }
  - { account_trait: industry, value: retail, label: retail }
  - { account_trait: employees, value: 100, label: fewer people }
  - { event: pricing_page_viewed, label: a pricing visit }
`

  it('are scores of what is known and one fact more, most points first, without what makes no difference', () => {
    const found = explained(withPolicy(ACTIONABLE))
    expect(found.about).toBe('conversion')
    // A visit of just now adds 0.5 * ln 2 to the log-odds: 5 points. Retail costs twice 0.5 * ln 2, 100 people half of that.
    const steps = found.next_steps.map(({ label, points, band }) => [
      label,
      Math.round(points * 1e4) / 1e4,
      band,
    ])
    expect(steps).toEqual([
      ['a pricing visit', 5, 'high'],
      ['fewer people', -5, 'low'],
      ['retail', -10, 'low'],
    ])
    const [visit, , retail] = found.next_steps
    expect(visit).toMatchObject({ event: 'pricing_page_viewed', verdict: 'eligible', score: 65 })
    expect(retail).toMatchObject({ account_trait: 'industry', value: 'retail' })
    expect(visit?.text).toMatch(
      /^leads like this one with a pricing visit have converted more often: about \d+\.\d % of them, against \d+\.\d %$/,
    )
    expect(retail?.text).toContain('have converted less often')
    const { account, lead } = records()
    const happened = records({ events: [event('pricing_page_viewed', 1 / DAY)] })
    expect(explainLead(withPolicy(''), account, lead, AS_OF, {}).next_steps).toEqual([])
    const truth = explainLead(engine(), happened.account, happened.lead, AS_OF, {}).scores.conversion
    expect(truth).toMatchObject({ raw_points: visit?.raw_points, probability: visit?.probability })
  })

  it('show what a rule makes of it, even where the score stays, and are told in points by a rubric', () => {
    const shape = { lead: { email: 'a@acme.example' }, account: { name: 'Acme' } }
    const actionable = 'actionable: [{ trait: title, value: CTO, label: a known title }]'
    expect(explained(withPolicy(actionable), shape).next_steps).toMatchObject([
      { points: 0, verdict: 'eligible', text: expect.stringContaining('no more and no less often') },
    ])
    const card = 'base_points: 20\nrules: [{ column: pricing_page_viewed.count, at_least: 1, points: 30 }]'
    const rubric = withPolicy(ACTIONABLE, [loadRubric(rubricFor(definition(), card, 'rubric.yaml'))])
    expect(explained(rubric).next_steps).toMatchObject([
      {
        points: 30,
        probability: null,
        text: 'with a pricing visit it would have 30.0 points more; how often such leads convert is not known yet',
      },
    ])
  })

  it('are points of one model: what another model would score is none', () => {
    const inSegments = changedDefinition({
      segments: [{ name: 'outbound', when: [{ trait: 'source', one_of: ['outbound'] }] }],
    })
    const calibration = { kind: 'affine', slope: 1, intercept: 2 } as const
    const outbound = { ...logisticArtifact(inSegments, { calibration }), segment: 'outbound' }
    const body = canonicalJson(outbound)
    const ofSegment = { name: 'conversion', segment: 'outbound', version: 1, sha256: sha256Hex(body), body }
    const actionable = `
actionable:
  - { trait: source, value: outbound, label: an outbound call }
  - { event: pricing_page_viewed, label: a pricing visit }
`
    const everyone = loaded(logisticArtifact(inSegments))
    const found = explained(withPolicy(actionable, [everyone, loadModel(ofSegment)]))
    expect(found.next_steps.map(({ label }) => label)).toEqual(['a pricing visit'])
  })

  it('change the lead wherever it is read: also as the first contact of its account', () => {
    const plain = definitionToPlain(definition())
    const features = structuredClone(plain['features']) as { number?: { of: string } }[]
    features[0]!.number!.of = 'first_contact'
    const model = loaded(logisticArtifact(changedDefinition({ features })))
    const actionable = 'actionable: [{ trait: employees, value: 403, label: more people }]'
    const [step] = explained(withPolicy(actionable, [model])).next_steps
    // Missing is -0.25 in the log-odds, 403 people are 0.5 (ln 404 - ln 101); halved by the calibration.
    expect(step?.points).toBeCloseTo((10 / Math.LN2) * 0.5 * (0.5 * Math.log(4) + 0.25), 9)
  })

  it('are of the model that is asked for, and empty where it does not apply', () => {
    const models = [loaded(logisticArtifact()), loaded(logisticArtifact(definition('win', 'deals')))]
    const found = explained(withPolicy(ACTIONABLE, models), {}, { model: 'win', since: AS_OF - DAY })
    expect(found).toMatchObject({
      about: 'win',
      next_steps: [],
      falls: null,
      changed: { applies: false, why: expect.stringContaining('win does not apply now: has no open deal') },
    })
    expect(() => explained(engine(), {}, { model: 'magic' })).toThrow(WonlostError)
  })
})

describe('what the rules say', () => {
  const CTO = { email: 'ann@acme.example', title: 'CTO' }

  function ruled(rule: string): Engine {
    const text = `rules:\n  - { id: bound, owner: us, reason: R., ${rule} }\n`
    const guardrails = parseGuardrails(text, 'g.yaml', {}, { bands: ['low', 'high'] })
    const actionable = 'actionable: [{ event: docs_viewed, label: a docs visit }]'
    return { ...withPolicy(actionable), guardrails: { ...guardrails, version: 9 } }
  }

  const saying = (then: object) => ({
    ...{ status: 'eligible', cap: null, raise: null, excluded_channels: [], rules: ['bound'] },
    ...then,
  })
  const nothing = saying({ rules: [] })

  it.each([
    ['{ cap: low }', { cap: 'low' }],
    ['{ raise: high }', { raise: 'high' }],
    ['{ exclude: [email] }', { excluded_channels: ['email'] }],
    ['review', { status: 'review' }],
  ])(
    'is told of a step and of a change, where no score moves and whatever the rule does: %s',
    (then, said) => {
      const rule = `when: { event: docs_viewed }, then: ${then}`
      expect(explained(ruled(rule)).next_steps).toMatchObject([{ points: 0, ruled: saying(said) }])
      expect(explained(ruled(rule), { events: [event('docs_viewed', 40)] }).next_steps).toEqual([])
      const events = [event('docs_viewed', 3)]
      const { changed } = explained(ruled(rule), { events }, { since: AS_OF - 10 * DAY })
      expect(changed).toMatchObject({ difference: 0, ruled: { before: nothing, after: saying(said) } })
    },
  )

  it('stays visible under an override, which holds for every step as well', () => {
    const override = {
      ...{ status: 'disqualified' as const, reason: 'No.', setBy: 'ann' },
      ...{ setAt: AS_OF - DAY, expiresAt: null },
    }
    const engineOf = ruled('when: { event: docs_viewed }, then: review')
    const found = explained(engineOf, { lead: CTO }, { override, since: AS_OF - 10 * DAY })
    expect(found.verdict).toMatchObject({ status: 'disqualified', override: { reason: 'No.' } })
    expect(found.decision.band).toBe('disqualified')
    expect(found.next_steps).toMatchObject([
      { verdict: 'disqualified', ruled: { status: 'review', rules: ['bound'] } },
    ])
    expect(found.changed).toMatchObject({ ruled: { before: nothing, after: nothing } })
  })
})

describe('what changed', () => {
  const calibrations: Calibration[] = [
    { kind: 'affine', slope: 0.5, intercept: -0.5 },
    { kind: 'beta', a: 0.7, b: 1.4, c: 0.2, slope: 1 },
    { kind: 'isotonic', knots: [-3, -2.5, -1], values: [-4, -2, -1.9], slope: 2 },
    { kind: 'affine', slope: 30, intercept: 20 },
  ]
  const tree = treesToData({
    roots: Int32Array.of(0),
    column: Int32Array.of(2, 3, -1, -1, -1),
    threshold: Float64Array.of(0.8, 2.5, Number.NaN, Number.NaN, Number.NaN),
    left: Int32Array.of(1, 3, -1, -1, -1),
    missingLeft: Uint8Array.of(1, 0, 0, 0, 0),
    categorySet: Int32Array.of(-1, -1, -1, -1, -1),
    categorySets: [],
    value: Float64Array.of(0, 0, 1.5, -0.5, 0.7),
    cover: Float64Array.of(10, 6, 4, 3, 3),
  })
  const { base: _, terms: __, ...header } = logisticArtifact()
  const artifacts: Artifact[] = calibrations.flatMap((calibration): Artifact[] => [
    logisticArtifact(definition(), { calibration }),
    { ...header, kind: 'boosting', base_score: -1, trees: tree, rounding: 'none', calibration },
    { ...header, kind: 'imported', base_score: -1, trees: tree, rounding: 'float32', calibration },
  ])
  const card = `
base_points: 20
rules:
  - { column: pricing_page_viewed.count, at_least: 2, points: 30 }
  - { column: pricing_page_viewed.decayed, at_most: 0.4, points: -7 }
`
  const engines = [...artifacts.map(loaded), loadRubric(rubricFor(definition(), card, 'rubric.yaml'))].map(
    (model) => engine([model]),
  )

  it('sums to the difference of raw points, by every kind of model and calibration', () => {
    let moved = 0
    const days = fc.integer({ min: 0, max: 95 })
    fc.assert(
      fc.property(
        fc.constantFrom(...engines),
        fc.array(days, { maxLength: 6 }),
        days,
        fc.integer({ min: 1, max: 99 }),
        (given, visits, learned, ago) => {
          const { account, lead } = records({
            events: visits.map((day, i) => event('pricing_page_viewed', day, i)),
          })
          const late = { occurredAt: AS_OF - learned * DAY - 1, knownAt: AS_OF - learned * DAY - 1 }
          const traits = account.traits.map((trait) =>
            trait.name === 'industry' ? { ...trait, ...late } : trait,
          )
          const found = { ...account, traits }
          const since = AS_OF - ago * DAY + 1
          const { changed, scores } = explainLead(given, found, lead, AS_OF, { since })
          const then = explainLead(given, found, lead, since, {}).scores.conversion
          if (!changed?.applies || !then?.applies || !scores.conversion?.applies) throw new Error('applies')
          const difference = scores.conversion.raw_points - then.raw_points
          const sum = changed.reasons.reduce((total, { points }) => total + points, 0)
          expect(Math.abs(sum - difference)).toBeLessThan(1e-9)
          expect(changed.difference).toBe(difference)
          expect(changed.band).toEqual({ before: then.band, after: scores.conversion.band })
          if (changed.reasons.length > 1) moved++
        },
      ),
      { numRuns: 250 },
    )
    expect(moved).toBeGreaterThan(30)
  })

  it('tells both moments in words', () => {
    const events = [20, 3, 2].map((day, i) => event('pricing_page_viewed', day, i))
    const { changed } = explained(engine(), { events }, { since: AS_OF - 10 * DAY })
    expect(changed).toMatchObject({
      applies: true,
      since: '2026-11-11T00:00:00Z',
      band: { before: 'high', after: 'high' },
      reasons: [
        {
          group: 'pricing page',
          side: 'behaviour',
          text: {
            before: '1 pricing page visit, 10 days ago',
            after: '3 pricing page visits, the last 2 days ago',
          },
        },
      ],
      kept: null,
      note: 'both moments are scored by conversion version 3 and judged by the policy of version 4 and the guardrails of version 9, which answer now',
    })
  })

  it('has at each moment the bands of the segments that the lead was in then', () => {
    const segments = [{ name: 'outbound', when: [{ trait: 'source', one_of: ['outbound'] }] }]
    const base = engine([loaded(logisticArtifact({ ...definition(), segments }))])
    const given = { ...base, policy: withSegmentBands(base.policy, 'outbound', 20) }
    const { account, lead } = records()
    const learned = { occurredAt: AS_OF - 5 * DAY, knownAt: AS_OF - 5 * DAY }
    const source = { name: 'source', value: 'outbound', source: 'test', undated: false, ...learned }
    const now = { ...lead, traits: [...lead.traits, source] }
    const { changed, falls } = explainLead(given, { ...account, leads: [now] }, now, AS_OF, {
      since: AS_OF - 10 * DAY,
    })
    // 60 points at both.
    expect(changed).toMatchObject({ difference: 0, band: { before: 'low', after: 'high' } })
    expect(falls).toMatchObject({ band: 'high', to: null })
  })

  it('says why where the model did not apply then', () => {
    const { changed } = explained(engine(), {}, { since: CREATED_AT - DAY })
    expect(changed).toEqual({
      applies: false,
      since: '2026-08-12T00:00:00Z',
      why: 'conversion did not apply then: unknown before 2026-08-13T00:00:00Z',
    })
  })
})

describe('words of reasons', () => {
  const wordsWith = (wording: string, daysAgo: readonly number[]) => {
    const events = daysAgo.map((day, i) => event('pricing_page_viewed', day, i))
    const score = explained(withPolicy(`wording: ${wording}`), { events }).scores.conversion
    if (!score?.applies) throw new Error('applies')
    const { contributions, reasons } = score.explanation!
    const visits = contributions.find(({ feature }) => feature === 'pricing_page_viewed.decayed')
    return [visits?.text, reasons.for.find(({ group }) => group === 'pricing page')?.text]
  }

  it('are those of the policy, the first of which everything can be told', () => {
    const feature = `{ features: { pricing_page_viewed: [
      "{last_7_days:visit} to pricing in the last 7 days, the last {ago} ago",
      "{count:look|looks} at {label}s on {days:day}" ] } }`
    const week = '2 visits to pricing in the last 7 days, the last 2 days ago'
    expect(wordsWith(feature, [20, 3, 2])).toEqual([week, week])
    const year = '3 looks at pricing page visits on 2 days'
    expect(wordsWith(feature, [20, 9, 9])).toEqual([year, year])
  })

  it('of a column come before those of its feature, and those of a group tell the whole reason', () => {
    const both = `{ groups: { pricing page: "knows what it costs: {text}" },
      features: { pricing_page_viewed: "never", pricing_page_viewed.decayed: "{value} fresh visits" } }`
    expect(wordsWith(both, [1 / DAY])).toEqual(['1 fresh visits', 'knows what it costs: 1 fresh visits'])
  })

  it('are those of the feature where nothing fits', () => {
    const own = '1 pricing page visit, 9 days ago'
    expect(wordsWith('{ features: { pricing_page_viewed: "{last_7_days}" } }', [9])).toEqual([own, own])
    expect(wordsWith('{ features: { industry: "{value}" } }', [9])).toEqual([own, own])
  })
})
