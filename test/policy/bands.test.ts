import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WonlostError } from '../../src/errors.ts'
import { bandAt } from '../../src/policy/bands.ts'
import { bandsFor, parsePolicy } from '../../src/policy/policy.ts'
import { TEST_POLICY } from '../support/models-folder.ts'

const BANDS = /bands:\n(?: {2}- .*\n)+/
const withBands = (bands: string, rest = '') => TEST_POLICY.replace(BANDS, `bands:\n${bands}`) + rest
const LOW = '  - { name: low, from: 0, to: 49, action: wait, respond_within: null }\n'
const mid = (extra: string) =>
  `  - { name: mid, from: 50, to: 79, ${extra}action: write, respond_within: P1D }\n`
const top = (extra: string) =>
  `  - { name: top, from: 80, to: 100, ${extra}action: call, respond_within: PT1H }\n`

function messageOf(text: string): string {
  try {
    parsePolicy(text, 'policy.yaml')
  } catch (error) {
    if (error instanceof WonlostError) return error.message
    throw error
  }
  return 'accepted'
}

describe('bands by probability', () => {
  const { bands } = parsePolicy(
    withBands(LOW + mid('from_probability: 0.1, ') + top('from_probability: 0.25, ')),
    'p',
  )

  it('go by the probability, its lower end in the band, and by points where there is none', () => {
    expect([0.0999, 0.1, 0.2499, 0.25, 0.99].map((p) => bandAt(bands, 0, p).name)).toEqual([
      'low',
      'mid',
      'mid',
      'top',
      'top',
    ])
    expect([49, 50, 80].map((score) => bandAt(bands, score, null).name)).toEqual(['low', 'mid', 'top'])
  })

  it('leave policies without them at points, whatever the probability', () => {
    const { bands: plain } = parsePolicy(withBands(LOW + mid('') + top('')), 'p')
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 100 }),
        fc.double({ min: 1e-6, max: 0.999 }),
        (score, probability) => {
          expect(bandAt(plain, score, probability)).toBe(bandAt(plain, score))
        },
      ),
    )
  })

  it('are refused where one lacks its bound, they do not rise, or the lowest has one', () => {
    expect(messageOf(withBands(LOW + mid('') + top('from_probability: 0.25, ')))).toContain('"mid" has none')
    expect(
      messageOf(withBands(LOW + mid('from_probability: 0.25, ') + top('from_probability: 0.25, '))),
    ).toContain('must be more than 0.25')
    const lowest = LOW.replace('action', 'from_probability: 0.01, action')
    expect(
      messageOf(withBands(lowest + mid('from_probability: 0.1, ') + top('from_probability: 0.2, '))),
    ).toContain('must be left out')
    expect(messageOf(withBands(LOW + mid('from_probability: 25, ') + top('')))).toMatch(
      /policy\.yaml:\d+: bands\[1\]\.from_probability: must be less than 1\. Given: 25/,
    )
  })
})

describe('bands of a segment', () => {
  const own = `segment_bands:
  outbound:
    - { name: low, from: 0, to: 29 }
    - { name: mid, from: 30, to: 39 }
    - { name: top, from: 40, to: 100 }
`
  const policy = parsePolicy(withBands(LOW + mid('') + top(''), own), 'policy.yaml')

  it('have ranges of their own and the actions of everyone; the most specific segment that has any wins', () => {
    expect(bandAt(bandsFor(policy, ['small', 'outbound']), 45)).toMatchObject({ name: 'top', action: 'call' })
    expect(bandsFor(policy, ['small'])).toBe(policy.bands)
    const both = parsePolicy(
      withBands(
        LOW + mid('') + top(''),
        `${own}${own.split('\n').slice(1).join('\n').replace('outbound', 'large')}`,
      ),
      'p',
    )
    expect(bandsFor(both, ['large', 'outbound'])).toBe(both.segment_bands['large'])
    expect(bandsFor(both, ['outbound', 'large'])).toBe(both.segment_bands['outbound'])
    expect(bandsFor(policy, ['constructor'])).toBe(policy.bands)
  })

  it('are of segments that the definition has, where it is known', () => {
    const text = withBands(LOW + mid('') + top(''), own)
    const read = (segments: readonly string[] | null) => () =>
      parsePolicy(text, 'policy.yaml', { segmentsOf: () => segments })
    expect(read(['outbound'])).not.toThrow()
    expect(read(null)).not.toThrow()
    expect(read(['outbond'])).toThrow(
      /^policy\.yaml:\d+: segment_bands\.outbound: must be a segment of the definition conversion: outbond \(did you mean "outbond"\?\)/,
    )
    expect(read([])).toThrow('none, for it has no segments')
  })

  it('are the bands of everyone in their order, without gaps', () => {
    const text = (from: string, to: string) => withBands(LOW + mid('') + top(''), own.replace(from, to))
    expect(messageOf(text('name: mid', 'name: top'))).toContain('in their order: low, mid, top')
    expect(messageOf(text('from: 40', 'from: 41'))).toMatch(/segment_bands\.outbound\[2\]\.from: must be 40/)
    expect(messageOf(text('    - { name: top, from: 40, to: 100 }\n', ''))).toContain('Given: low, mid')
  })
})
