/** The policy: what to do with scores. Its schema, section by section, and the checks that a schema cannot make. */
import type { z } from 'zod'
import {
  type CheckedYaml,
  type Fault,
  faultsOf,
  readYaml,
  strictFields,
  suggestion,
} from '../checked-yaml.ts'
import { actionableFaults, actionableSchema } from './actionable.ts'
import { actionsSchema } from './actions.ts'
import {
  type Band,
  type BandRange,
  bandFaults,
  bandsSchema,
  segmentBandFaults,
  segmentBandsSchema,
} from './bands.ts'
import { expectedValueFaults, expectedValueSchema } from './expected-value.ts'
import { feedbackFaults, feedbackSchema } from './feedback.ts'
import { actionText, duration, policyName } from './fields.ts'
import { gradeFaults, gradeSchema } from './grade.ts'
import { historySchema } from './history.ts'
import { retentionSchema } from './retention.ts'
import {
  type CountryReader,
  NONE,
  type Route,
  type RouteLine,
  readTerritories,
  routeFaults,
  routesSchema,
  territoriesSchema,
  territoryFaults,
} from './routes.ts'
import { wordingSchema } from './wording.ts'

export type { Band }

const outcomeSchema = strictFields({ action: actionText, respond_within: duration })

const policySchema = strictFields({
  decided_by: policyName,
  bands: bandsSchema,
  segment_bands: segmentBandsSchema,
  verdicts: strictFields({
    disqualified: outcomeSchema,
    review: outcomeSchema,
    unscored: outcomeSchema,
  }),
  grade: gradeSchema.optional(),
  territories: territoriesSchema,
  routes: routesSchema,
  expected_value: expectedValueSchema,
  wording: wordingSchema,
  actionable: actionableSchema,
  actions: actionsSchema,
  feedback: feedbackSchema,
  history: historySchema,
  retention: retentionSchema,
})

type PolicyFile = z.infer<typeof policySchema>

export interface Policy extends Readonly<Omit<PolicyFile, 'segment_bands' | 'routes'>> {
  /** By name of a segment, the bands with its own ranges. */
  readonly segment_bands: Readonly<Record<string, readonly Band[]>>
  /** Absent in policies without routes. */
  readonly routes?: readonly Route[] | undefined
}

/** What a policy decides with. What is left out is not checked. */
export interface PolicyNames {
  /** Models of leads that there are. */
  readonly models?: readonly string[]
  /** Names of the segments of a model; null: not known. */
  readonly segmentsOf?: (model: string) => readonly string[] | null
  /** Countries as the features read them. */
  readonly countryCodeOf?: CountryReader
}

/**
 * Reads a policy. Throws `policy_invalid` with file, line and field. Policies without grades, routes and expected value are policies:
 * decisions have null for what they do not say.
 */
export function parsePolicy(text: string, file: string, names: PolicyNames = {}): Policy {
  const document: CheckedYaml = readYaml(text, file, 'policy_invalid')
  const parsed = policySchema.safeParse(document.value)
  if (!parsed.success) throw document.fail(faultsOf(parsed.error, document.value))
  const policy = parsed.data
  const { countryCodeOf = (country) => country } = names
  const faults = [
    ...faultsIn(policy),
    ...modelFaults(policy, names),
    ...segmentFaults(policy, names),
    ...territoryFaults(policy.territories, countryCodeOf),
  ]
  if (faults.length > 0) throw document.fail(faults)
  const { segment_bands, territories, routes, ...rest } = policy
  const name = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1)
  return {
    ...rest,
    territories: readTerritories(territories, countryCodeOf),
    segment_bands: Object.fromEntries(
      Object.entries(segment_bands).map(([segment, ranges]) => [segment, withRanges(policy.bands, ranges)]),
    ),
    ...(routes && {
      routes: routes.map((route, index) => {
        const line = document.lineOf(['routes', index])
        return { ...route, rule: `${route.name} (${name}:${line})` }
      }),
    }),
  }
}

/** The bands for a lead in these segments, the most specific first: of the first that has its own, else of everyone. */
export function bandsFor(policy: Policy, segments: readonly string[]): readonly Band[] {
  for (const segment of segments)
    if (Object.hasOwn(policy.segment_bands, segment)) return policy.segment_bands[segment]!
  return policy.bands
}

function withRanges(bands: readonly Band[], ranges: readonly BandRange[]): Band[] {
  return bands.map(({ name, action, respond_within }, index) => ({
    ...ranges[index]!,
    name,
    action,
    respond_within,
  }))
}

function faultsIn(policy: PolicyFile) {
  const { bands, segment_bands, verdicts, grade, territories, routes, expected_value } = policy
  const outcomes = Object.keys(verdicts)
  const places = Object.keys(territories)
  const faults: Fault[] = [...bandFaults(bands, outcomes)]
  for (const [segment, ranges] of Object.entries(segment_bands))
    faults.push(...segmentBandFaults(bands, segment, ranges))
  if (grade) faults.push(...gradeFaults(grade))
  if (places.includes(NONE)) {
    const message = `must be another name: "${NONE}" says that a lead is in no territory. Given: "${NONE}".`
    faults.push({ path: ['territories', NONE], message })
  }
  const routed = [...bands.map(({ name }) => name), ...outcomes]
  if (routes) faults.push(...routeFaults(routes, routed, places, grade !== undefined))
  if (expected_value) faults.push(...expectedValueFaults(expected_value))
  faults.push(...actionableFaults(policy.actionable))
  const bandNames = bands.map(({ name }) => name)
  faults.push(...feedbackFaults(policy.feedback, bandNames))
  return faults
}

/** The models whose scores it looks at. */
export function decidingModels({
  decided_by,
  grade,
}: Pick<PolicyFile, 'decided_by' | 'grade'>): readonly string[] {
  return grade ? [decided_by, grade.fit.model, grade.intent.model] : [decided_by]
}

/** A score of a model that there is not would never come. */
function modelFaults(policy: PolicyFile, { models }: PolicyNames): Fault[] {
  if (!models) return []
  const paths = [['decided_by'], ['grade', 'fit', 'model'], ['grade', 'intent', 'model']]
  return decidingModels(policy).flatMap((model, place): Fault[] => {
    if (models.includes(model)) return []
    const must = `must be a model that scores leads: ${models.join(', ') || 'there is none'}`
    return [{ path: paths[place]!, message: `${must}${suggestion(model, models)}. Given: "${model}".` }]
  })
}

interface Naming {
  readonly segment_bands: Readonly<Record<string, unknown>>
  readonly routes?: readonly RouteLine[] | undefined
}

/** The segments that bands and routes name, and where. */
export function namedSegments({
  segment_bands,
  routes = [],
}: Naming): readonly { readonly name: string; readonly path: readonly PropertyKey[] }[] {
  return [
    ...Object.keys(segment_bands).map((name) => ({ name, path: ['segment_bands', name] })),
    ...routes.flatMap(({ when }, index) =>
      (when?.segment ?? [])
        .filter((name) => name !== NONE)
        .map((name) => ({ name, path: ['routes', index, 'when', 'segment'] })),
    ),
  ]
}

/** A segment that the definition does not have would never hold. */
function segmentFaults(policy: PolicyFile, { segmentsOf = () => null }: PolicyNames): Fault[] {
  const named = namedSegments(policy)
  const { decided_by } = policy
  const known = named.length > 0 ? segmentsOf(decided_by) : null
  if (known === null) return []
  return named
    .filter(({ name }) => !known.includes(name))
    .map(({ name, path }) => {
      const allowed = known.join(', ') || 'none, for it has no segments'
      const message = `must be a segment of the definition ${decided_by}: ${allowed}${suggestion(name, known)}. Given: "${name}".`
      return { path, message }
    })
}
