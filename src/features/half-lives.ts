/**
 * Half-lives that a definition leaves to training. Whatever computes rows needs numbers: training learns them, the rubric has its own,
 * and an artifact carries a definition in which there are none left to learn.
 */
import { WonlostError } from '../errors.ts'
import type { Milliseconds } from '../glossary.ts'
import type { Definition, FeatureSpec } from './definition.ts'
import { formatDuration, parseDuration } from './duration.ts'

/** What stands for a half-life that training finds. */
export const LEARNED = 'learned'

/** A feature with a column that decays. */
export interface DecayingFeature {
  readonly name: string
  readonly event: string
  /** How people call it. */
  readonly label: string
  /** null: training finds it. */
  readonly halfLife: Milliseconds | null
}

/** How much each type of event counts in the feature `interest`, and how much one of another counts beside one of the first contact. */
interface EventWeights {
  readonly weightOf: (event: string) => number
  readonly share: number
}

/** Where nothing is learned: every event counts the same, whoever did it. */
export const EVEN_WEIGHTS: EventWeights = { weightOf: () => 1, share: 1 }

/** Behaviours with the measure `decayed`, in the order of the definition. */
export function decayingFeatures({ features }: Pick<Definition, 'features'>): DecayingFeature[] {
  return features.flatMap((feature) => decayingFeature(feature) ?? [])
}

/** Whether there is anything that training finds: a half-life, or how much events count. */
export function leavesToTraining(definition: Definition): boolean {
  return definition.features.some((spec) => decayingFeature(spec)?.halfLife === null || isOpenInterest(spec))
}

/**
 * The definition with a number, in milliseconds, wherever `halfLifeOf` gives one for a half-life that is to be learned; null leaves it so.
 * Where that leaves none, a feature `interest` that is to be learned has the events that decay and are a sign of interest, with their
 * half-lives and the weights that `weightsOf` gives for its name; null leaves it so.
 */
export function withHalfLives(
  definition: Definition,
  halfLifeOf: (feature: DecayingFeature) => Milliseconds | null,
  weightsOf: (interest: string) => EventWeights | null = () => EVEN_WEIGHTS,
): Definition {
  const features = definition.features.map((spec): FeatureSpec => {
    const feature = decayingFeature(spec)
    if (feature === null || feature.halfLife !== null) return spec
    const halfLife = halfLifeOf(feature)
    if (halfLife === null) return spec
    return { ...spec, options: { ...spec.options, half_life: formatDuration(halfLife) } }
  })
  const resolved = { ...definition, features }
  const decaying = decayingFeatures(resolved)
  if (decaying.some(({ halfLife }) => halfLife === null)) return resolved
  return {
    ...resolved,
    features: features.map((spec): FeatureSpec => {
      const weights = isOpenInterest(spec) ? weightsOf(String(spec.options['name'])) : null
      if (weights === null) return spec
      const events = interestEvents(resolved, learnedFirst(definition, decaying), weights)
      const share = spec.options['share'] ?? weights.share
      return { ...spec, options: { ...spec.options, events, share } }
    }),
  }
}

/** Throws `half_life_not_learned`, naming the first, where a half-life is still to be learned. */
export function requireHalfLives(definition: Definition): void {
  const open = decayingFeatures(definition).find(({ halfLife }) => halfLife === null)
  if (!open) {
    requireInterest(definition)
    return
  }
  const message = `${definition.name}: the half-life of ${open.name} is learned by training, and without it no row can be computed. Train the model, or write a duration in the definition: behaviour: { event: ${open.event}, ..., half_life: 14d }. Given: ${LEARNED}.`
  throw new WonlostError('half_life_not_learned', message, { field: `features.${open.name}.half_life` })
}

function requireInterest(definition: Definition): void {
  const open = definition.features.find(isOpenInterest)
  if (!open) return
  const name = String(open.options['name'])
  const message = `${definition.name}: how much each event counts in ${name} is learned by training, from the behaviours that decay, and without it no row can be computed. Train the model, with a behaviour that has the measure decayed, or write the events in the definition: interest: { events: [{ event: demo_requested, label: demo request, weight: 3, half_life: 14d }] }. Given: none.`
  throw new WonlostError('half_life_not_learned', message, { field: `features.${name}.events` })
}

function isOpenInterest({ kind, options }: FeatureSpec): boolean {
  return kind === 'interest' && (options as { readonly events: readonly unknown[] }).events.length === 0
}

/** Each type once, as the options of the kind say it. */
function interestEvents(
  { notEngagement }: Definition,
  decaying: readonly DecayingFeature[],
  { weightOf }: EventWeights,
) {
  return decaying
    .filter(({ event }, at) => decaying.findIndex((other) => other.event === event) === at)
    .filter(({ event }) => !notEngagement.includes(event))
    .map(({ event, label, halfLife }) => ({
      event,
      label,
      weight: weightOf(event),
      half_life: formatDuration(halfLife!),
    }))
}

/** Of two features of one type the half-life that goes with its weight comes first: the one that training found. */
function learnedFirst(given: Definition, resolved: readonly DecayingFeature[]): DecayingFeature[] {
  const open = new Set(
    decayingFeatures(given).flatMap(({ name, halfLife }) => (halfLife === null ? [name] : [])),
  )
  return resolved.toSorted((a, b) => Number(open.has(b.name)) - Number(open.has(a.name)))
}

function decayingFeature({ kind, options }: FeatureSpec): DecayingFeature | null {
  if (kind !== 'behaviour') return null
  const {
    event,
    label,
    name = event,
    half_life: given,
    measures,
  } = options as {
    readonly event: string
    readonly label: string
    readonly name?: string
    readonly half_life: string
    readonly measures: readonly string[]
  }
  if (!measures.includes('decayed')) return null
  return { name, event, label, halfLife: given === LEARNED ? null : parseDuration(given) }
}
