/** Lists that a definition names: what they hold becomes a part of it, so that a model has the list that it was trained with. */
import type { CheckedYaml } from '../checked-yaml.ts'
import { suggestion } from '../checked-yaml.ts'
import type { Definition, FeatureSpec } from './definition.ts'

/** By name, as models/lists has them: domains, one an entry. */
export type DomainLists = Readonly<Record<string, readonly string[]>>

/** Fails, at the feature, for a name that is not among `lists`. Domains that a feature has already stay. */
export function withListedDomains(
  definition: Definition,
  lists: DomainLists,
  fail: CheckedYaml['fail'],
): Definition {
  const features = definition.features.map((spec, position): FeatureSpec => {
    const { list, domains } = spec.options
    if (spec.kind !== 'listed_domain' || typeof list !== 'string' || domains !== undefined) return spec
    if (Object.hasOwn(lists, list)) return { ...spec, options: { ...spec.options, domains: lists[list] } }
    const names = Object.keys(lists)
    const message = `there is no list "${list}"${suggestion(list, names)}; allowed, of the folder lists: ${names.join(', ') || 'none'}.`
    return fail([{ path: ['features', position, spec.kind, 'list'], message }])
  })
  return { ...definition, features }
}
