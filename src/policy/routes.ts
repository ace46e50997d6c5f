/**
 * Routes: an ordered list of lines, each with conditions and where a lead goes that meets them. The first line that holds takes the
 * lead; the last has no conditions, so every lead lands in exactly one.
 */
import { z } from 'zod'
import { type Fault, strictFields, suggestion } from '../checked-yaml.ts'
import { actionText, oneOrMore, policyName } from './fields.ts'
import { gradePattern, matchesGrade } from './grade.ts'

/** As a value of a condition: there is none, or none is known. */
export const NONE = 'none'

/** By name, the countries of each: as codes (ISO 3166-1 alpha-2), or as people write them. */
export const territoriesSchema = z
  .record(policyName, z.array(z.string().trim().min(1).max(80)).min(1).max(300))
  .default({})

type Territories = z.output<typeof territoriesSchema>

/** undefined for text that names no country for certain. */
export type CountryReader = (country: string) => string | undefined

export function territoryFaults(territories: Territories, readCountry: CountryReader): Fault[] {
  return Object.entries(territories).flatMap(([name, countries]) =>
    countries.flatMap((country, place): Fault[] => {
      if (readCountry(country) !== undefined) return []
      const message = `must be a country, such as DE or Germany. Given: "${country}".`
      return [{ path: ['territories', name, place], message }]
    }),
  )
}

/** With the codes of countries, however they are written. */
export function readTerritories(territories: Territories, readCountry: CountryReader): Territories {
  return Object.fromEntries(
    Object.entries(territories).map(([name, countries]) => [
      name,
      countries.map((country) => readCountry(country) ?? country),
    ]),
  )
}

const anyText = z.string().trim().min(1).max(200).toLowerCase()

const whenSchema = strictFields({
  band: oneOrMore(policyName).optional(),
  grade: oneOrMore(z.union([z.literal(NONE), gradePattern])).optional(),
  territory: oneOrMore(policyName).optional(),
  segment: oneOrMore(policyName).optional(),
  source: oneOrMore(anyText).optional(),
  consent: oneOrMore(anyText).optional(),
})

/** Every line is compared with all before it. */
const MOST_LINES = 200

export const routesSchema = z
  .array(
    strictFields({
      name: policyName,
      when: whenSchema.optional(),
      queue: actionText,
      nurture: actionText.nullable().default(null),
    }),
  )
  .min(1)
  .max(MOST_LINES)
  .optional()

type When = z.infer<typeof whenSchema>
export type RouteLine = NonNullable<z.infer<typeof routesSchema>>[number]
/** `rule`: its name and place, as answers have them: `enterprise-dach (policy.yaml:57)`. */
export type Route = RouteLine & { readonly rule: string }

const CONDITIONS = ['band', 'grade', 'territory', 'segment', 'source', 'consent'] as const
type ConditionName = (typeof CONDITIONS)[number]

/** What lines ask about. null or none of them: not known. */
export interface Routed {
  readonly band: string
  readonly grade: string | null
  /** A country may be in several. */
  readonly territories: readonly string[]
  readonly segments: readonly string[]
  readonly source: string | null
  readonly consent: string | null
}

/** The territories of a country; of one that is not known, none. */
export function territoriesOf(
  territories: Readonly<Record<string, readonly string[]>>,
  country: string | null,
): string[] {
  if (country === null) return []
  return Object.keys(territories).filter((name) => territories[name]?.includes(country))
}

/** The first line whose conditions all hold. */
export function routeOf<Line extends RouteLine>(routes: readonly Line[], lead: Routed): Line | undefined {
  return routes.find(({ when }) => when === undefined || holds(when, lead))
}

function holds({ band, grade, territory, segment, source, consent }: When, lead: Routed): boolean {
  return (
    (band === undefined || band.includes(lead.band)) &&
    (source === undefined || source.includes(lead.source?.trim().toLowerCase() ?? NONE)) &&
    (consent === undefined || consent.includes(lead.consent?.trim().toLowerCase() ?? NONE)) &&
    (territory === undefined || holdsAny(territory, lead.territories)) &&
    (segment === undefined || holdsAny(segment, lead.segments)) &&
    (grade === undefined || grade.some((pattern) => holdsGrade(pattern, lead.grade)))
  )
}

function holdsAny(allowed: readonly string[], own: readonly string[]): boolean {
  return own.length === 0 ? allowed.includes(NONE) : own.some((one) => allowed.includes(one))
}

function holdsGrade(pattern: string, grade: string | null): boolean {
  if (grade === null || pattern === NONE) return grade === null && pattern === NONE
  return matchesGrade(pattern, grade)
}

/** Names of their own, values that there are, a last line for all others, and no line that nothing reaches. */
export function routeFaults(
  routes: readonly RouteLine[],
  bands: readonly string[],
  territories: readonly string[],
  hasGrades: boolean,
): Fault[] {
  return routes.flatMap((route, index) => {
    const before = routes.slice(0, index)
    const path = ['routes', index]
    const faults: Fault[] = []
    if (before.some(({ name }) => name === route.name)) {
      const names = before.map(({ name }) => name).join(', ')
      faults.push({ path: [...path, 'name'], message: `must be none of ${names}. Given: "${route.name}".` })
    }
    faults.push(...valueFaults(route, 'band', bands, path))
    faults.push(...valueFaults(route, 'territory', [...territories, NONE], path))
    if (!hasGrades) faults.push(...valueFaults(route, 'grade', [NONE], path))
    const isLast = index === routes.length - 1
    if (isLast && hasConditions(route)) {
      const message = `the last line must have no conditions, so that every lead lands somewhere. Leave "when" out of "${route.name}", or add a line after it.`
      faults.push({ path: [...path, 'when'], message })
    }
    const cover = before.find((earlier) => covers(earlier, route))
    if (cover) {
      const message = `"${route.name}" is never reached: "${cover.name}" before it takes all of its leads. Put it before that line, or leave it out.`
      faults.push({ path, message })
    }
    return faults
  })
}

function hasConditions({ when }: RouteLine): boolean {
  return when !== undefined && CONDITIONS.some((name) => when[name] !== undefined)
}

function valueFaults(
  { when }: RouteLine,
  name: ConditionName,
  allowed: readonly string[],
  path: readonly PropertyKey[],
): Fault[] {
  const unknown = when?.[name]?.find((value) => !allowed.includes(value))
  if (unknown === undefined) return []
  const must = `must be of ${allowed.join(', ')}`
  const message = `${must}${suggestion(unknown, allowed)}. Given: "${unknown}".`
  return [{ path: [...path, 'when', name], message }]
}

/** Whatever meets the later line meets the earlier one: each condition of the earlier allows all that the later does. */
function covers({ when: earlier }: RouteLine, { when: later }: RouteLine): boolean {
  return CONDITIONS.every((name) => {
    const allowed = earlier?.[name]
    if (allowed === undefined) return true
    return later?.[name]?.every((value) => allows(name, allowed, value)) ?? false
  })
}

function allows(name: ConditionName, allowed: readonly string[], value: string): boolean {
  if (allowed.includes(value)) return true
  return name === 'grade' && value !== NONE && allowed.some((one) => one !== NONE && matchesGrade(one, value))
}
