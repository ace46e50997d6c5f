/** The one way to read a policy that is to decide: it may name the models of leads that there are, and the segments of each. */
import { WonlostError } from '../errors.ts'
import { countryCodeOf } from '../features/country-code.ts'
import { type Definition, parseDefinition } from '../features/definition.ts'
import { namedSegments, type Policy, type PolicyNames, parsePolicy } from '../policy/policy.ts'
import type { ConfiguredText, ConfiguredTexts } from './configured.ts'
import { familiesOf } from './families.ts'
import type { LoadedModel } from './load-model.ts'

export type { PolicyNames }

/** Throws `policy_invalid` with file, line and field, also for what decides nothing because it names what there is not. */
export function readPolicy({ text, file }: ConfiguredText, names: PolicyNames): Policy {
  return parsePolicy(text, file, names)
}

/** What there is to decide with. */
export interface ThereIs {
  readonly definitions: ConfiguredTexts['definitions']
  /** What is loaded: segments are those by which these choose, and those that a definition has and no model yet. */
  readonly models: readonly LoadedModel[]
  /** Names of models, loaded or not. */
  readonly names: readonly string[]
}

export function policyNames(there: ThereIs): PolicyNames {
  const { definitions, models, names } = there
  const entityOf = (name: string): Definition['entity'] | undefined =>
    (models.find((model) => model.name === name)?.registry.definition ?? written(definitions, name))?.entity
  const all = [...new Set([...Object.keys(definitions), ...names])].sort()
  return {
    models: all.filter((name) => entityOf(name) !== 'account'),
    segmentsOf(name) {
      const known = [loadedSegments(models, name), writtenSegments(definitions, name)]
      return known.every((one) => one === null) ? null : [...new Set(known.flatMap((one) => one ?? []))]
    },
    countryCodeOf,
  }
}

/**
 * Segments of the policy that its definition has and the models that decide were trained without: nobody is in them yet. No mistake, for
 * a roll-back must not wait for the policy; but somebody should know.
 */
export function idleSegments(policy: Policy, models: readonly LoadedModel[]): readonly string[] {
  const loaded = loadedSegments(models, policy.decided_by)
  if (loaded === null) return []
  const named = new Set(namedSegments(policy).map(({ name }) => name))
  return [...named].filter((name) => !loaded.includes(name))
}

function loadedSegments(models: readonly LoadedModel[], name: string): readonly string[] | null {
  const family = familiesOf(models).find((one) => one.name === name)
  return family ? family.segments.map(({ segment }) => segment.name) : null
}

function writtenSegments(
  definitions: ConfiguredTexts['definitions'],
  name: string,
): readonly string[] | null {
  return written(definitions, name)?.segments.map((segment) => segment.name) ?? null
}

/** null: there is none, or what is wrong with it is told by whoever needs it. */
function written(definitions: ConfiguredTexts['definitions'], name: string): Definition | null {
  const found = Object.hasOwn(definitions, name) ? definitions[name] : undefined
  try {
    return found ? parseDefinition(found.text, found.file) : null
  } catch (error) {
    if (error instanceof WonlostError) return null
    throw error
  }
}
