/** Lists that a definition names: what they hold becomes a part of it, so that a model has the list that it was trained with. */
import type { CheckedYaml } from '../checked-yaml.ts'
import { suggestion } from '../checked-yaml.ts'
import type { Definition, FeatureSpec } from './definition.ts'
import { listedDomainOf } from './mail-domains.ts'

/** By name, as models/lists has them: domains, one an entry. */
export type DomainLists = Readonly<Record<string, readonly string[]>>

/** An artifact carries the domains, in every version of the model: this many are 6 MB, and half a second to read. */
export const MOST_LISTED_DOMAINS = 250_000

/** How an entry may be written. Always with its sub-domains. */
export const LISTED_DOMAINS_ALLOWED =
  'example.com, or the same as *.example.com, .example.com or @example.com'

/**
 * Fails, at the feature, for a name that is not among `lists`, for entries of the list that are no domains, and for a list beside
 * domains. Without `lists`, what is on them stays open.
 */
export function withListedDomains(
  definition: Definition,
  lists: DomainLists | undefined,
  fail: CheckedYaml['fail'],
): Definition {
  const features = definition.features.map((spec, position): FeatureSpec => {
    const { list, domains } = spec.options
    if (spec.kind !== 'listed_domain' || typeof list !== 'string') return spec
    const refuse = (message: string): never =>
      fail([{ path: ['features', position, spec.kind, 'list'], message }])
    if (domains !== undefined) return refuse('stands beside domains; allowed: one of the two.')
    if (lists === undefined) return spec
    if (!Object.hasOwn(lists, list)) {
      const names = Object.keys(lists)
      return refuse(
        `there is no list "${list}"${suggestion(list, names)}; allowed, of the folder lists: ${names.join(', ') || 'none'}.`,
      )
    }
    return { ...spec, options: { ...spec.options, domains: domainsOf(list, lists[list]!, refuse) } }
  })
  return { ...definition, features }
}

/** As they are compared, each once, in the order of the list. */
function domainsOf(
  list: string,
  entries: readonly string[],
  refuse: (message: string) => never,
): readonly string[] {
  const domains = new Set<string>()
  const unreadable: string[] = []
  for (const entry of entries) {
    const domain = listedDomainOf(entry)
    if (domain === undefined) unreadable.push(entry)
    else domains.add(domain)
  }
  const [first] = unreadable
  if (first !== undefined) {
    const shown = JSON.stringify(first.length > 60 ? `${first.slice(0, 60)}...` : first)
    const others = unreadable.length > 1 ? ` (and ${unreadable.length - 1} more)` : ''
    refuse(
      `the list "${list}" has an entry that is no domain: ${shown}${others}. Allowed, one a line: ${LISTED_DOMAINS_ALLOWED}.`,
    )
  }
  if (domains.size > MOST_LISTED_DOMAINS) {
    const count = (number: number): string => number.toLocaleString('en-US')
    refuse(
      `the list "${list}" has ${count(domains.size)} domains; allowed: at most ${count(MOST_LISTED_DOMAINS)}, because every version of the model carries them.`,
    )
  }
  return [...domains]
}
