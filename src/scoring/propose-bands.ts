/** A policy with other edges of its bands, as a text to review: numbers change in their places, nothing else. */
import { suggestion } from '../checked-yaml.ts'
import { WonlostError } from '../errors.ts'
import type { PolicyNames } from '../policy/policy.ts'
import { bandsSection, rangesFrom, rewriteBands } from '../policy/rewrite-bands.ts'
import { decidingModel } from './decision.ts'
import type { Engine } from './engine.ts'
import { lineProbabilities } from './line-probabilities.ts'
import { readPolicy } from './read-policy.ts'

export interface ProposedBands {
  /** The whole policy, as YAML. */
  readonly policy: string
  /** Its section `bands`. */
  readonly bands: string
  /** Names of the bands that begin elsewhere than now. */
  readonly moved: readonly string[]
}

/**
 * @param text Of the policy of the engine.
 * @param starts By name of a band, the lowest score in it; bands that are not named begin where they do.
 * Throws `invalid_request` for a band that there is not and for edges that do not rise.
 */
export function proposeBands(
  engine: Engine,
  text: string,
  starts: Readonly<Record<string, number>>,
  names: PolicyNames,
): ProposedBands {
  const { bands } = engine.policy
  const movable = bands.slice(1).map(({ name }) => name)
  const unknown = Object.keys(starts).find((name) => !movable.includes(name))
  if (unknown !== undefined) {
    const allowed = movable.join(', ') || 'none, for there is one band only'
    refuse(
      `starts.${unknown}`,
      `must be a band above the lowest: ${allowed}${suggestion(unknown, movable)}. Given: "${unknown}"`,
    )
  }
  const edges = bands.map(({ name, from }) => (Object.hasOwn(starts, name) ? starts[name]! : from))
  const wrong = bands.findIndex((_, place) => place > 0 && edges[place]! <= edges[place - 1]!)
  if (wrong > 0) {
    const { name } = bands[wrong]!
    const least = edges[wrong - 1]! + 1
    refuse(
      `starts.${name}`,
      `must be from ${least} to 100, above where ${bands[wrong - 1]!.name} begins. Given: ${edges[wrong]}`,
    )
  }
  const model = decidingModel(engine)
  const policy = rewriteBands(text, rangesFrom(bands, edges, model ? lineProbabilities(model) : null))
  readPolicy({ text: policy, file: 'policy' }, names)
  return {
    policy,
    bands: bandsSection(policy),
    moved: bands.flatMap(({ name, from }, place) => (from === edges[place] ? [] : [name])),
  }
}

function refuse(field: string, fault: string): never {
  throw new WonlostError('invalid_request', `${field} ${fault}.`, { field })
}
