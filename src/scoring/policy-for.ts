/** A policy that is not in force, read as if it were: with the segments of the models that are loaded. */
import { type Policy, parsePolicy } from '../policy/policy.ts'
import type { ConfiguredText } from './configured.ts'
import type { Engine } from './engine.ts'

/** Throws `policy_invalid`. */
export function readPolicyFor({ models }: Engine, { text, file }: ConfiguredText): Policy {
  return parsePolicy(text, file, (name) => {
    const own = models.filter((model) => model.name === name)
    return own.length === 0
      ? null
      : own.flatMap(({ registry }) => registry.definition.segments.map((segment) => segment.name))
  })
}
