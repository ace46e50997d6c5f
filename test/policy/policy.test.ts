import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { WonlostError } from '../../src/errors.ts'
import { bandOf, decide, type PolicyInput } from '../../src/policy/decide.ts'
import { parsePolicy } from '../../src/policy/policy.ts'
import { TEST_POLICY } from '../support/models-folder.ts'

const SHIPPED = readFileSync(new URL('../../models/policy.yaml', import.meta.url), 'utf8')
const policy = parsePolicy(SHIPPED, 'policy.yaml')

function faultOf(text: string): WonlostError {
  try {
    parsePolicy(text, 'policy.yaml')
  } catch (error) {
    if (error instanceof WonlostError) return error
    throw error
  }
  throw new Error('the policy was accepted')
}

/** The shipped policy with its first occurrence of one text replaced, and the line of that text. */
function mutated(from: string, to: string): { fault: WonlostError; line: number } {
  const at = SHIPPED.indexOf(from)
  if (at < 0) throw new Error(`"${from}" is not in the policy`)
  const line = SHIPPED.slice(0, at).split('\n').length
  return { fault: faultOf(SHIPPED.replace(from, to)), line }
}

describe('bands', () => {
  it('are 0-30, 31-60, 61-80 and 81-100, with both ends in the band', () => {
    const edges = [0, 30, 31, 60, 61, 80, 81, 100].map((score) => bandOf(policy, score).name)
    expect(edges).toEqual(['cold', 'cold', 'cool', 'cool', 'warm', 'warm', 'hot', 'hot'])
  })

  it('refuses a gap, an overlap, an early end, a name twice: with file, line, field, allowed and given', () => {
    const gap = mutated('from: 31', 'from: 32')
    expect(gap.fault.code).toBe('policy_invalid')
    expect(gap.fault.place).toEqual({ file: 'policy.yaml', line: gap.line, field: 'bands[1].from' })
    expect(gap.fault.message).toContain('must be 31: "cool" leaves a gap. Given: 32.')
    const overlap = mutated('from: 61', 'from: 60')
    expect(overlap.fault.place).toEqual({ file: 'policy.yaml', line: overlap.line, field: 'bands[2].from' })
    expect(overlap.fault.message).toContain('overlaps')
    expect(mutated('to: 100', 'to: 99').fault.place.field).toBe('bands[3].to')
    expect(mutated('name: cool', 'name: cold').fault.place.field).toBe('bands[1].name')
    expect(mutated('name: hot', 'name: review').fault.message).toContain(
      'must be none of disqualified, review',
    )
  })

  it('refuses unknown fields, null for a number, months and nonsense as durations', () => {
    const typo = mutated('decided_by', 'decide_by')
    expect(typo.fault.place).toEqual({ file: 'policy.yaml', line: typo.line, field: 'decide_by' })
    expect(typo.fault.message).toContain('decided_by')
    expect(mutated('respond_within: PT1H', 'respond_within: 60').fault.place.field).toBe(
      'bands[3].respond_within',
    )
    expect(mutated('to: 30', 'to: null').fault.place.field).toBe('bands[0].to')
    for (const duration of ['P1M', 'P', 'PT', '1 hour', 'P1DT', '""']) {
      const { fault, line } = mutated('respond_within: PT1H', `respond_within: ${duration}`)
      expect(fault.place).toEqual({ file: 'policy.yaml', line, field: 'bands[3].respond_within' })
      expect(fault.message).toContain('PT1H')
    }
  })

  it('refuses thresholds that do not fall', () => {
    const { fault, line } = mutated('B: 52', 'B: 65')
    expect(fault.place).toEqual({ file: 'policy.yaml', line, field: 'grade.fit.B' })
    expect(fault.message).toContain('must be from 1 to 64')
    expect(mutated('3: 40', '3: 0').fault.place.field).toBe('grade.intent.3')
  })
})

describe('decide', () => {
  const said = (score: number | null, changes: Partial<PolicyInput> = {}): PolicyInput => ({
    scores: score === null ? {} : { conversion: { score, probability: 0.2 } },
    verdict: 'eligible',
    cap: null,
    raise: null,
    segments: [],
    country: null,
    source: null,
    consent: null,
    openDeal: null,
    ...changes,
  })
  const bandFor = (score: number | null, changes: Partial<PolicyInput> = {}) =>
    decide(policy, null, said(score, changes)).band

  it('gives the band with its action to eligible leads only; a verdict comes before a score that is missing', () => {
    expect(decide(policy, null, said(81))).toMatchObject({
      band: 'hot',
      action: 'call',
      respondWithin: 'PT1H',
    })
    expect(decide(policy, null, said(81, { verdict: 'disqualified' }))).toMatchObject({
      band: 'disqualified',
      action: 'do not contact',
      respondWithin: null,
    })
    expect([
      bandFor(0, { verdict: 'review' }),
      bandFor(null),
      bandFor(null, { verdict: 'disqualified' }),
    ]).toEqual(['review', 'unscored', 'disqualified'])
  })

  it('caps a band, then raises it; a bound never moves it the other way, nor a name that is no band', () => {
    expect(bandFor(90, { cap: 'cool' })).toBe('cool')
    expect(bandFor(10, { cap: 'cool' })).toBe('cold')
    expect(bandFor(10, { raise: 'warm' })).toBe('warm')
    expect(bandFor(90, { raise: 'warm' })).toBe('hot')
    expect(bandFor(90, { cap: 'cold', raise: 'warm' })).toBe('warm')
    expect(bandFor(90, { cap: 'gone', raise: 'gone' })).toBe('hot')
    expect(bandFor(90, { raise: 'hot', verdict: 'review' })).toBe('review')
  })

  it('says nothing of grid, routes and value where the policy has no such sections', () => {
    const old = parsePolicy(TEST_POLICY, 'policy.yaml')
    expect(decide(old, null, said(81))).toEqual({
      band: 'hot',
      grade: null,
      action: 'call',
      respondWithin: 'PT1H',
      gradeAction: null,
      quadrant: null,
      route: null,
      routeRule: null,
      nurture: null,
      expectedValue: null,
    })
  })
})
