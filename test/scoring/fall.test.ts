/** The moment of falling below the band, against looking at many moments one after the other. */
import { readFileSync } from 'node:fs'
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { describe, expect, it } from 'vitest'
import {
  type AccountRecord,
  DAY,
  HOUR,
  type LeadEvent,
  type LeadRecord,
  MINUTE,
  parseTime,
  SECOND,
} from '../../src/glossary.ts'
import type { Artifact, BoostingArtifact } from '../../src/model/artifact.ts'
import { canonicalJson } from '../../src/model/canonical.ts'
import type { TreeData } from '../../src/model/tree-data.ts'
import { parsePolicy } from '../../src/policy/policy.ts'
import { fallOf, fallSearch } from '../../src/scoring/fall.ts'
import { type LoadedModel, loadArtifact } from '../../src/scoring/load-model.ts'
import { rubricFor } from '../../src/scoring/rubric.ts'
import { richArtifact } from '../support/rich-artifact.ts'
import { shippedDefinition } from '../support/shipped-definition.ts'
import { AS_OF, engine, event, loaded, logisticArtifact, records, withSegmentBands } from './fixture.ts'

const policy = parsePolicy(readFileSync('models/policy.yaml', 'utf8'), 'policy.yaml')
const shipped = shippedDefinition('conversion')
const TYPES = shipped.features.flatMap(({ kind, options }) =>
  kind === 'behaviour' ? [String(options['event'])] : [],
)

function randomFrom(seed: number): () => number {
  const generator = xoroshiro128plus(seed)
  return () => uniformFloat64(generator)
}

const load = (artifact: Artifact): LoadedModel => loadArtifact(canonicalJson(artifact), 'test.json')

const { artifact: rich } = richArtifact('conversion')

/** Activity counts for a lead and silence against it, but for every fifth column, which is the other way round. */
function logistic(): LoadedModel {
  const terms = rich.terms.map((term, i) => {
    const { name, side } = rich.columns[i]!
    if (term.kind !== 'linear' || side === 'fit') return { ...term, missing: 0 }
    const isSilence = /recency|age/.test(name) !== (i % 5 === 0)
    const weight = (isSilence ? -3 : 3) * Math.abs(term.weight)
    return { ...term, mean: 0, weight, offset: isSilence ? 1 : -0.3, missing: 0 }
  })
  return load({ ...rich, terms })
}

/** Sixty trees of depth two that ask how things age, in no order of value. */
function boosting(): LoadedModel {
  const random = randomFrom(3)
  const ageing = rich.columns.flatMap(({ kind, side }, i) =>
    kind === 'number' && side === 'behaviour' ? [i] : [],
  )
  const tree = (): TreeData => {
    const column = () => ageing[Math.floor(random() * ageing.length)]!
    const threshold = () => 2 ** (8 * random() - 5)
    const leaf = () => random() - 0.45
    const missing = () => (random() < 0.5 ? 1 : 0)
    return {
      column: [column(), column(), -1, -1, -1],
      threshold: [threshold(), threshold(), null, null, null],
      left: [1, 3, -1, -1, -1],
      missing_left: [missing(), missing(), 0, 0, 0],
      categories: [null, null, null, null, null],
      value: [0, 0, leaf(), leaf(), leaf()],
      cover: [10, 6, 4, 3, 3],
    }
  }
  const { terms: _, base: __, ...header } = rich
  const artifact: BoostingArtifact = {
    ...header,
    kind: 'boosting',
    base_score: -2,
    rounding: 'none',
    trees: Array.from({ length: 60 }, tree),
    calibration: { kind: 'isotonic', knots: [-4, -2, 0, 3], values: [-5, -2.5, -1, 2], slope: 1 },
  }
  return load(artifact)
}

const CARD = `
base_points: 20
rules:
  - { column: demo_requested.decayed, at_least: 0.3, points: 25 }
  - { column: email_clicked.decayed, at_least: 0.8, points: -15 }
  - { column: engagement.recency, at_most: 10, points: 25 }
  - { column: engagement.recency, at_least: 40, points: -20 }
  - { column: engagement.breadth, at_least: 3, points: 12 }
  - { column: lead_age, at_least: 200, points: 15 }
  - { column: colleagues.engaged, at_least: 1, points: 10 }
`

function rubric(): LoadedModel {
  return load(rubricFor(shipped, CARD, 'rubric.yaml'))
}

const NOW = parseTime('2026-11-21T10:20:30.456Z')

/** Three people of an account with events of a year, more of late, some of which nobody knows of yet. */
function randomLead(random: () => number): { account: AccountRecord; lead: LeadRecord } {
  const age = () => Math.floor(random() ** 3 * 380 * DAY)
  const events = (leadId: string): LeadEvent[] =>
    Array.from({ length: Math.floor(random() * 15) }, (_, i) => {
      const occurredAt = NOW - age() + (random() < 0.1 ? 60 * DAY : 0)
      const knownAt = occurredAt + (random() < 0.1 ? 30 * DAY : 0)
      const type = TYPES[Math.floor(random() ** 2 * TYPES.length)]!
      return { eventId: `${leadId}:${i}`, type, occurredAt, knownAt, source: 'test', properties: {} }
    }).sort((a, b) => a.occurredAt - b.occurredAt)
  const leads = ['l1', 'l2', 'l3'].map((leadId): LeadRecord => {
    const createdAt = NOW - age() - HOUR
    const title = ['CTO', 'Sales manager', 'Intern', 'Head of Marketing'][Math.floor(random() * 4)]!
    const times = { occurredAt: createdAt, knownAt: createdAt, source: 'test', undated: false }
    return {
      leadId,
      accountId: 'a1',
      createdAt,
      traits: [{ name: 'title', value: title, ...times }],
      events: events(leadId),
    }
  })
  return { account: { accountId: 'a1', traits: [], leads, deals: [] }, lead: leads[0]! }
}

describe('the moment of falling below the band', () => {
  it.each([
    ['logistic', logistic, 350],
    ['boosting', boosting, 350],
    ['rubric', rubric, 300],
  ] as const)('is found by %s, and is the first', (_, make, leads) => {
    const model = make()
    const random = randomFrom(11)
    let falls = 0
    let asked = 0
    for (let i = 0; i < leads; i++) {
      const { account, lead } = randomLead(random)
      const search = fallSearch(model, policy, [], account, lead, NOW)
      const { at, to, band } = fallOf(model, policy, [], account, lead, NOW)
      const rank = (name: string | null) => policy.bands.findIndex((one) => one.name === name)
      const isBelow = (time: number): boolean => rank(search.sampleAt(time).band) < rank(band)
      const time = at === null ? search.until : parseTime(at)
      if (at !== null) {
        falls++
        expect(search.sampleAt(time).band).toBe(to)
        expect(isBelow(time)).toBe(true)
        expect(isBelow(Math.max(NOW, time - SECOND))).toBe(false)
      }
      // Nothing before: at all edges of windows, evenly, and ever closer to the moment.
      const edges = lead.events.flatMap(({ occurredAt }) =>
        [30, 90].map((days) => occurredAt + days * DAY + MINUTE),
      )
      const evenly = Array.from({ length: 8 }, (_, k) => NOW + ((time - NOW) * k) / 8)
      const closer = Array.from({ length: 10 }, (_, k) => time - 2 ** k * MINUTE)
      for (const other of [...edges, ...evenly, ...closer].map(Math.floor)) {
        if (other < NOW || other >= time - SECOND) continue
        asked++
        if (isBelow(other)) throw new Error(`${i}: below at ${other}, said ${at}`)
      }
    }
    expect(falls).toBeGreaterThan(leads / 10)
    expect(asked).toBeGreaterThan(15 * leads)
  })

  it('is the one that a formula gives', () => {
    // 60 points without any visit; one adds 5 * log2(1 + 2^(-age / 10 days)), and 60.5 is rounded up to 61, where the band begins.
    const { account, lead } = records({ events: [event('pricing_page_viewed', 3)] })
    const model = loaded(logisticArtifact())
    const { policy } = engine()
    const age = 10 * DAY * -Math.log2(2 ** 0.1 - 1)
    const { band, to, at, text } = fallOf(model, policy, [], account, lead, AS_OF)
    expect({ band, to, text }).toEqual({
      band: 'high',
      to: 'low',
      text: 'falls from high to low in 35 days if nothing new happens',
    })
    expect(Math.abs(parseTime(at!) - (AS_OF - 3 * DAY + age))).toBeLessThanOrEqual(SECOND)
    // In a segment with bands of its own it falls from those: at 62.5 points, or not at all from a band below 60.
    const inSegment = (from: number) =>
      fallOf(model, withSegmentBands(policy, 'outbound', from), ['outbound'], account, lead, AS_OF)
    const soon = 10 * DAY * -Math.log2(2 ** 0.5 - 1)
    expect(inSegment(63)).toMatchObject({ band: 'high', to: 'low' })
    expect(Math.abs(parseTime(inSegment(63).at!) - (AS_OF - 3 * DAY + soon))).toBeLessThanOrEqual(SECOND)
    expect(inSegment(50)).toMatchObject({ band: 'high', to: null })
    // Events that nobody knew of yet change nothing, and neither do those of afterwards.
    const late = { ...event('pricing_page_viewed', 5, 1), knownAt: AS_OF + HOUR }
    const next = event('pricing_page_viewed', -2, 2)
    const more = records({ events: [...lead.events, late, next] })
    expect(fallOf(model, policy, [], more.account, more.lead, AS_OF).at).toBe(at)
    const quiet = records({ events: [event('pricing_page_viewed', 50)] })
    expect(fallOf(model, policy, [], quiet.account, quiet.lead, AS_OF)).toEqual({
      band: 'low',
      at: null,
      to: null,
      until: '2027-11-21T00:00:00Z',
      text: 'stays low for at least 365 days if nothing new happens',
    })
  })
})
