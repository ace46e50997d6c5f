import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decide, type PolicyInput } from '../../../src/policy/decide.ts'
import { type Policy, parsePolicy } from '../../../src/policy/policy.ts'
import { bandWith, createPlacing } from '../../../training/bands/levels.ts'
import { TEST_POLICY } from '../../support/models-folder.ts'

const NAMES = ['low', 'mid', 'top']
const BANDS = `bands:
  - { name: low, from: 0, to: 39, action: wait, respond_within: null }
  - { name: mid, from: 40, to: 69, action: write, respond_within: P1D }
  - { name: top, from: 70, to: 100, action: call, respond_within: PT1H }
`
const policy = parsePolicy(
  `${TEST_POLICY.replace(/bands:\n(?: {2}- .*\n)+/, BANDS)}segment_bands:
  outbound: [{ name: low, from: 0, to: 9 }, { name: mid, from: 10, to: 19 }, { name: top, from: 20, to: 100 }]
`,
  'policy.yaml',
)
const PROBABILITIES = Array.from({ length: 100 }, (_, place) => (place + 1) / 200)

/** The same policy with bands that begin elsewhere. */
const moved = (starts: readonly number[], byProbability: boolean): Policy => ({
  ...policy,
  bands: policy.bands.map((band, place) => ({
    ...band,
    from: starts[place]!,
    to: (starts[place + 1] ?? 101) - 1,
    ...(byProbability && place > 0 ? { from_probability: PROBABILITIES[starts[place]! - 1] } : {}),
  })),
})

const inputs: fc.Arbitrary<PolicyInput> = fc.record({
  scores: fc.option(
    fc
      .record({
        score: fc.integer({ min: 0, max: 100 }),
        // On the lines as often as between them.
        probability: fc.option(fc.integer({ min: 1, max: 250 }).map((n) => n / 400)),
      })
      .map((conversion) => ({ conversion })),
    { nil: {} },
  ),
  verdict: fc.constantFrom('eligible', 'eligible', 'eligible', 'disqualified', 'review'),
  cap: fc.constantFrom(null, null, ...NAMES),
  raise: fc.constantFrom(null, null, ...NAMES),
  segments: fc.constantFrom([], ['outbound'], ['other']),
  country: fc.constant(null),
  source: fc.constant(null),
  consent: fc.constant(null),
  openDeal: fc.constant(null),
})

it('somebody stands where the policy would put them, were its bands to begin elsewhere', () => {
  fc.assert(
    fc.property(
      inputs,
      fc.uniqueArray(fc.integer({ min: 1, max: 100 }), { minLength: 2, maxLength: 2 }),
      fc.boolean(),
      (input, lines, byProbability) => {
        const starts = [0, ...lines.sort((a, b) => a - b)]
        const inForce = moved([0, 40, 70], byProbability)
        const standing = createPlacing(inForce, PROBABILITIES)(input)
        const placeIn = (one: Policy) => NAMES.indexOf(decide(one, null, input).band)
        expect(standing === null).toBe(Object.keys(input.scores).length === 0)
        if (standing === null) return
        expect(bandWith(standing.movable, starts)).toBe(placeIn(moved(starts, byProbability)))
        expect(bandWith(standing.inForce, starts)).toBe(placeIn(inForce))
      },
    ),
    { numRuns: 2_000, seed: 5 },
  )
})
