/**
 * A definition says what to learn: about whom (entity, population), what (target, horizon), when (landmarks) and from what
 * (features). People write it as YAML in models/; an artifact carries it as the same plain data.
 */
import { z } from 'zod'
import {
  type CheckedYaml,
  type Fault,
  faultsOf,
  readYaml,
  strictFields,
  suggestion,
} from '../checked-yaml.ts'
import { WonlostError } from '../errors.ts'
import { DAY, HOUR, MINUTE } from '../glossary.ts'
import { type BoostingSettings, boostingSchema, monotoneFaults } from './boosting-settings.ts'
import { durationBetween, durationOr } from './duration.ts'
import { entityFaults } from './entity-faults.ts'
import type { Feature } from './feature-kind.ts'
import { FEATURE_KINDS } from './kinds/index.ts'
import { liftFaults } from './lifted-traits.ts'
import { type DomainLists, withListedDomains } from './listed-domains.ts'
import { type Segment, segmentFaults, segmentsSchema, segmentsToPlain } from './segment-schema.ts'

/** A feature as a definition names it: a kind and its options, complete and plain. */
export interface FeatureSpec {
  readonly kind: string
  readonly options: Readonly<Record<string, unknown>>
  /** Why it may use a trait that gives the outcome away in general. Not one of the options: it changes nothing that is computed. */
  readonly lift?: string
}

export interface Definition {
  readonly name: string
  readonly description: string
  readonly entity: 'lead' | 'account'
  /** Who is asked about, from when on: leads from first touch, deals from their opening, and so on. */
  readonly population: 'leads' | 'deals' | 'trials' | 'customers'
  readonly pipeline: string
  readonly target: 'won' | 'opened' | 'sales_qualified'
  /** The target counts when reached within this of a landmark. null: whenever (only closed deals are used then). */
  readonly horizonDays: number | null
  /** Entry is this long after first touch: at the very moment of first touch nothing is known yet. */
  readonly entryDelayHours: number
  /** Days after entry at which a row is taken, ascending; 0 is entry itself. */
  readonly landmarkDays: readonly number[]
  readonly learner: 'logistic' | 'boosting' | 'auto'
  /** Absent where the definition says nothing about it. */
  readonly boosting?: BoostingSettings
  readonly seed: number
  /** Whether the winner is fitted once more on all rows, the test part included. */
  readonly refit: boolean
  /** A category enters a vocabulary when at least `minimumCount` subjects have it; the `maximumSize` most frequent stay. */
  readonly vocabulary: { readonly minimumCount: number; readonly maximumSize: number }
  /** Event types that count for nothing. */
  readonly ignoreEvents: readonly string[]
  /** Event types that are no sign of interest (what we sent, goodbyes): only their own behaviour sees them. */
  readonly notEngagement: readonly string[]
  /** Parts of the population for which a model of their own is trained, where there is enough data. */
  readonly segments: readonly Segment[]
  readonly features: readonly FeatureSpec[]
}

const name = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,63}$/, 'must be of lower-case letters, digits, _ and -, and begin with a letter')
const days = durationBetween(MINUTE, 3_650 * DAY)
const eventTypes = z.array(z.string().trim().min(1).max(200)).max(100)

const schema = strictFields({
  name,
  description: z.string().trim().min(1),
  entity: z.enum(['lead', 'account']),
  population: z.enum(['leads', 'deals', 'trials', 'customers']),
  pipeline: z.string().trim().min(1).max(200),
  target: z.enum(['won', 'opened', 'sales_qualified']),
  horizon: durationOr('none', days),
  entry_delay: durationBetween(1, 30 * DAY).default(HOUR),
  landmarks: z
    .array(durationOr('entry', days))
    .min(1)
    .max(100)
    .refine(
      (landmarks) => landmarks.every((landmark, i) => i === 0 || landmark > landmarks[i - 1]!),
      'must be in ascending order, each once',
    ),
  learner: z.enum(['logistic', 'boosting', 'auto']),
  boosting: boostingSchema.optional(),
  seed: z.int().min(0).max(2_147_483_647),
  refit: z.boolean().default(false),
  vocabulary: strictFields({
    minimum_count: z.int().min(1).max(1_000_000).default(20),
    maximum_size: z.int().min(1).max(1_000).default(60),
  }).prefault({}),
  ignore_events: eventTypes.default([]),
  not_engagement: eventTypes.default([]),
  segments: segmentsSchema.optional(),
  features: z.array(z.record(z.string(), z.unknown())).min(1).max(1_000),
})

/**
 * Reads a definition. `file` is only for messages. Without `lists`, what is on them is not known, and its columns are missing.
 * Throws `definition_invalid` with file, line and field, the allowed values and what was given; all faults are in `details`.
 */
export function parseDefinition(yaml: string, file: string, lists?: DomainLists): Definition {
  const document = readYaml(yaml, file, 'definition_invalid')
  const definition = definitionOf(document.value, document.fail)
  const faults = definition.features.flatMap((feature, position) => liftFaults(feature, position))
  if (faults.length > 0) document.fail(faults)
  return withListedDomains(definition, lists, document.fail)
}

/**
 * From plain data, as `definitionToPlain` gives it. Throws `definition_invalid` with the field. Traits that give the outcome away
 * are no fault here: a model that learned from one, before we knew it for what it is, can still be loaded.
 */
export function definitionFromPlain(plain: unknown): Definition {
  const fail: CheckedYaml['fail'] = (faults) => {
    const [fault] = faults
    throw new WonlostError('definition_invalid', `${fault?.path.join('.')}: ${fault?.message}`, {
      field: fault?.path.join('.') ?? '',
    })
  }
  return definitionOf(plain, fail)
}

/** The definition as plain data, in the words of the YAML, with defaults filled in. */
export function definitionToPlain(definition: Definition): Record<string, unknown> {
  return z.encode(schema, {
    name: definition.name,
    description: definition.description,
    entity: definition.entity,
    population: definition.population,
    pipeline: definition.pipeline,
    target: definition.target,
    horizon: (definition.horizonDays ?? 0) * DAY,
    entry_delay: definition.entryDelayHours * HOUR,
    landmarks: definition.landmarkDays.map((landmark) => landmark * DAY),
    learner: definition.learner,
    ...(definition.boosting ? { boosting: definition.boosting } : {}),
    seed: definition.seed,
    refit: definition.refit,
    vocabulary: {
      minimum_count: definition.vocabulary.minimumCount,
      maximum_size: definition.vocabulary.maximumSize,
    },
    ignore_events: [...definition.ignoreEvents],
    not_engagement: [...definition.notEngagement],
    ...(definition.segments.length > 0 ? { segments: segmentsToPlain(definition.segments) } : {}),
    features: definition.features.map(({ kind, options, lift }) => ({
      [kind]: { ...options, ...(lift === undefined ? {} : { lift }) },
    })),
  })
}

/** The features of a definition, ready to be fitted, in its order. */
export function featuresOf(definition: Definition): readonly Feature[] {
  return definition.features.map(({ kind, options }) => {
    const read = readFeature({ [kind]: options }, [])
    if ('faults' in read) {
      throw new WonlostError('definition_invalid', `${kind}: ${read.faults[0]?.message}`, { field: kind })
    }
    return read.feature
  })
}

function definitionOf(plain: unknown, fail: CheckedYaml['fail']): Definition {
  const parsed = schema.safeParse(plain)
  if (!parsed.success) fail(faultsOf(parsed.error, plain))
  const given = parsed.data
  const faults: Fault[] = []
  const features: FeatureSpec[] = []
  const ready: Feature[] = []
  const taken = new Map<string, number>()
  for (const [position, entry] of given.features.entries()) {
    const read = readFeature(entry, ['features', position])
    if ('faults' in read) {
      faults.push(...read.faults)
      continue
    }
    const { feature } = read
    const other = taken.get(feature.name)
    if (other !== undefined) {
      const message = `features[${other}] is called ${feature.name} too; give one of them another name.`
      faults.push({ path: ['features', position, feature.kind], message })
    }
    taken.set(feature.name, position)
    faults.push(...entityFaults(given.entity, feature, position))
    ready.push(feature)
    const { lift } = read
    features.push({ kind: feature.kind, options: feature.options, ...(lift === undefined ? {} : { lift }) })
  }
  if (given.horizon === 0 && given.population !== 'deals') {
    const message = `none is for the population deals only; ${given.population} need a duration such as 90d.`
    faults.push({ path: ['horizon'], message })
  }
  // A feature that could not be read has columns that are not known: its own fault comes first.
  if (given.boosting && faults.length === 0) faults.push(...monotoneFaults(given.boosting, ready))
  faults.push(...segmentFaults(given.segments ?? []))
  if (faults.length > 0) fail(faults)
  return {
    name: given.name,
    description: given.description,
    entity: given.entity,
    population: given.population,
    pipeline: given.pipeline,
    target: given.target,
    horizonDays: given.horizon === 0 ? null : given.horizon / DAY,
    entryDelayHours: given.entry_delay / HOUR,
    landmarkDays: given.landmarks.map((landmark) => landmark / DAY),
    learner: given.learner,
    ...(given.boosting ? { boosting: given.boosting } : {}),
    seed: given.seed,
    refit: given.refit,
    vocabulary: {
      minimumCount: given.vocabulary.minimum_count,
      maximumSize: given.vocabulary.maximum_size,
    },
    ignoreEvents: given.ignore_events,
    notEngagement: given.not_engagement,
    segments: given.segments ?? [],
    features,
  }
}

/** One entry of `features`: a single field, the kind, with its options. */
function readFeature(
  entry: Readonly<Record<string, unknown>>,
  path: readonly PropertyKey[],
): { readonly feature: Feature; readonly lift: string | undefined } | { readonly faults: readonly Fault[] } {
  const kinds = FEATURE_KINDS.map(({ kind }) => kind)
  const [kind = '', ...more] = Object.keys(entry)
  const found = FEATURE_KINDS.find((candidate) => candidate.kind === kind)
  if (!found) {
    const message = `unknown kind of feature "${kind}"${suggestion(kind, kinds)}; allowed: ${kinds.join(', ')}.`
    return { faults: [{ path: [...path, kind], message }] }
  }
  if (more.length > 0) {
    const message = `a feature has one kind, and its options are indented below it; "${more[0]}" stands beside ${kind}.`
    return { faults: [{ path: [...path, more[0]!], message }] }
  }
  const given = entry[kind] ?? {}
  const { lift, ...options } = given as Readonly<Record<string, unknown>>
  if (lift !== undefined && (typeof lift !== 'string' || lift.trim() === '')) {
    const message = `must say in a sentence why this trait does not give the outcome away here. Given: ${JSON.stringify(lift)}.`
    return { faults: [{ path: [...path, kind, 'lift'], message }] }
  }
  const read = found.parse(lift === undefined ? given : options)
  return 'feature' in read
    ? { feature: read.feature, lift: lift?.trim() }
    : { faults: faultsOf(read.error, given, [...path, kind]) }
}
