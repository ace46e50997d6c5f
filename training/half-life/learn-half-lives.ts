/**
 * Learns how long each type of event counts, one half-life a type, together with how much it counts. The definition that comes back has
 * a number for every half-life, and is what rows are computed by, in training and ever after.
 */
import type { Definition } from '../../src/features/definition.ts'
import {
  type DecayingFeature,
  decayingFeatures,
  leavesToTraining,
  withHalfLives,
} from '../../src/features/half-lives.ts'
import { DAY, HOUR, type Milliseconds, type ReportProgress } from '../../src/glossary.ts'
import { quantile } from '../../src/statistics/bootstrap.ts'
import type { RecordSource } from '../record-source.ts'
import type { EventHalfLife, HalfLifeReport } from '../report/half-life-report.ts'
import { fitBackground } from './background.ts'
import type { DecisionCounts, LearnedHistory } from './count-decisions.ts'
import { descend } from './descend.ts'
import { errorsOf } from './doubt.ts'
import { type Exposures, gatherExposures } from './exposures.ts'
import { OUTCOMES, type Outcome } from './followed.ts'
import { type JudgedHalfLife, judgeHalfLife } from './judge-half-life.ts'
import { createMomentSampler } from './moments.ts'
import { createPaceLoss } from './pace-loss.ts'
import { LEAST_DAYS, layoutOf, MOST_DAYS, type PaceLayout, type PacePrior, priorOf } from './pace-model.ts'
import { settle } from './settle.ts'
import { loadTensors } from './tensors.ts'

/** The target first: its weights are told. */
const DECISIONS = ['reached', 'lost'] as const satisfies readonly Outcome[]

/** Of a pinned half-life: it does not move. */
const PINNED_PRECISION = 1e8

/** Where nobody has reached the target, and there is no horizon. */
const DEFAULT_PRIOR_DAYS = 30

export interface HalfLifeRequest extends LearnedHistory {
  readonly vocabularies: Readonly<Record<string, readonly string[]>>
  /** Of that history. */
  readonly decisions: DecisionCounts
  /** Default: MOST_MOMENTS. */
  readonly mostMoments?: number
  readonly report?: ReportProgress
  readonly signal?: AbortSignal
}

export interface LearnedHalfLives {
  /** With a number for every half-life. */
  readonly definition: Definition
  /** null where nothing was left to learn. */
  readonly halfLives: HalfLifeReport | null
}

/** What was learned of one type of event. */
interface LearnedEvent extends JudgedHalfLife {
  /** null: nobody did it, or nothing was learned. */
  readonly weight: number | null
}

interface LearnedPace {
  /** In the order of the exposures. */
  readonly types: readonly LearnedEvent[]
  /** How much an event of another counts beside one of the first contact; null: nobody else did anything, or nothing was learned. */
  readonly share: number | null
}

/** Nothing is read where nothing is left to learn. The same records, definition and seed give the same half-lives. */
export async function learnHalfLives(
  records: RecordSource,
  definition: Definition,
  request: HalfLifeRequest,
): Promise<LearnedHalfLives> {
  const features = decayingFeatures(definition)
  if (features.length === 0 || !leavesToTraining(definition)) return { definition, halfLives: null }
  const { vocabularies, decisions, knownUntil, learnsFrom, mostMoments } = request
  const events = [...new Set(features.map(({ event }) => event))]
  const sampler = createMomentSampler(definition, decisions, knownUntil, definition.seed, mostMoments)
  const exposures = await gatherExposures(records, definition, events, vocabularies, sampler, learnsFrom)
  const { days: priorDays, basis } = halfOfMedianCycle(exposures.cycleDays, definition.horizonDays)
  const { types, share } = await learnPace(exposures, priorDays, pinnedDays(features), request)
  const ofEvent = ({ event }: DecayingFeature): LearnedEvent => types[events.indexOf(event)]!
  const weights = {
    weightOf: (event: string) => threeDigits(types[events.indexOf(event)]?.weight ?? 0),
    share: threeDigits(share ?? 0),
  }
  return {
    definition: withHalfLives(
      definition,
      (feature) => wholeHours(ofEvent(feature).halfLifeDays),
      () => weights,
    ),
    halfLives: {
      prior_days: priorDays,
      prior_basis: basis,
      share: share === null ? null : threeDigits(share),
      rows: exposures.background.rowCount,
      cases: count(exposures, 'reached'),
      lost: count(exposures, 'lost'),
      events: features.map((feature) => tell(feature, ofEvent(feature))),
    },
  }
}

async function learnPace(
  exposures: Exposures,
  priorDays: number,
  pinned: ReadonlyMap<string, number>,
  options: { readonly report?: ReportProgress; readonly signal?: AbortSignal },
): Promise<LearnedPace> {
  const { events, first, others } = exposures
  const undecided = count(exposures, 'undecided')
  if (undecided === 0 || count(exposures, 'reached') === 0) {
    const because = 'nobody who was looked at has reached the target'
    const nothing = { halfLifeDays: priorDays, intervalDays: null, because, weight: null }
    return { types: events.map(() => nothing), share: null }
  }
  const decisions = DECISIONS.filter((outcome) => count(exposures, outcome) > 0)
  const layout = layoutOf(
    events.length,
    decisions.map((outcome) => OUTCOMES.indexOf(outcome)),
  )
  const logOdds = decisions.map((outcome) => Math.log(count(exposures, outcome) / undecided))
  const free = withPinned(priorOf(layout, priorDays, logOdds), layout, events, pinned)
  const offset = fitBackground(exposures, layout.decisions, priorDays)
  const near = await descendFrom(exposures, offset, layout, free, options)
  const best = await settle(exposures, offset, layout, free, near, options)
  const errors = errorsOf(best.information)
  const rows = events.map((_, place) => first[place]!.rows.length + others[place]!.rows.length)
  const judged = events.map((_, place) => {
    const at = layout.halfLives + place
    return judgeHalfLife({ logDays: best.parameters[at]!, error: errors[at]!, rows: rows[place]! }, priorDays)
  })
  // Once more, for weights that go with the half-lives that are kept.
  const kept = new Map(events.map((event, place) => [event, judged[place]!.halfLifeDays]))
  const fixed = withPinned(free, layout, events, new Map([...kept, ...pinned]))
  const { parameters } = await settle(exposures, offset, layout, fixed, best.parameters, options)
  return {
    // What nobody did has the weight of its prior, which says nothing.
    types: judged.map((one, place) => ({
      ...one,
      weight: rows[place] === 0 ? null : Math.exp(parameters[layout.weights + place]!),
    })),
    share: others.every(({ rows }) => rows.length === 0) ? null : Math.exp(parameters[layout.share]!),
  }
}

async function descendFrom(
  exposures: Exposures,
  offset: readonly Float64Array[],
  layout: PaceLayout,
  prior: PacePrior,
  options: { readonly report?: ReportProgress; readonly signal?: AbortSignal },
): Promise<Float64Array> {
  const loss = createPaceLoss(await loadTensors(), exposures, offset, layout, prior)
  try {
    return await descend(loss, prior, options)
  } finally {
    loss.dispose()
  }
}

function count({ outcomes }: Exposures, outcome: Outcome): number {
  const place = OUTCOMES.indexOf(outcome)
  return outcomes.reduce((sum, one) => (one === place ? sum + 1 : sum), 0)
}

/** By event, in days: those that no feature leaves to training. */
function pinnedDays(features: readonly DecayingFeature[]): Map<string, number> {
  const open = new Set(features.flatMap(({ event, halfLife }) => (halfLife === null ? [event] : [])))
  return new Map(
    features.flatMap(({ event, halfLife }) =>
      halfLife === null || open.has(event) ? [] : [[event, halfLife / DAY] as const],
    ),
  )
}

function withPinned(
  prior: PacePrior,
  layout: PaceLayout,
  events: readonly string[],
  pinned: ReadonlyMap<string, number>,
): PacePrior {
  const [mean, precision, least, most] = [prior.mean, prior.precision, prior.least, prior.most].map(
    (values) => values.slice(),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array]
  for (const [place, event] of events.entries()) {
    const days = pinned.get(event)
    if (days === undefined) continue
    const at = layout.halfLives + place
    for (const values of [mean, least, most]) values[at] = Math.log(days)
    precision[at] = PINNED_PRECISION
  }
  return { mean, precision, least, most }
}

/** Half the median sales cycle, from entry to the target, among those who reached it; without any, half the horizon. */
function halfOfMedianCycle(
  cycleDays: readonly number[],
  horizonDays: number | null,
): { days: number; basis: NonNullable<HalfLifeReport['prior_basis']> } {
  const within = (days: number): number => wholeHours(Math.min(MOST_DAYS, Math.max(LEAST_DAYS, days))) / DAY
  if (cycleDays.length > 0) {
    const median = quantile(Float64Array.from(cycleDays).sort(), 0.5)
    return { days: within(median / 2), basis: 'median_cycle' }
  }
  return horizonDays === null
    ? { days: DEFAULT_PRIOR_DAYS, basis: 'default' }
    : { days: within(horizonDays / 2), basis: 'horizon' }
}

function wholeHours(days: number): Milliseconds {
  return Math.max(1, Math.round((days * DAY) / HOUR)) * HOUR
}

function tell(feature: DecayingFeature, learned: LearnedEvent): EventHalfLife {
  const { event, name } = feature
  if (feature.halfLife !== null) {
    const days = feature.halfLife / DAY
    return {
      event,
      feature: name,
      half_life_days: days,
      interval_days: null,
      from: 'pinned',
      because: null,
      weight: learned.weight,
    }
  }
  return {
    event,
    feature: name,
    half_life_days: wholeHours(learned.halfLifeDays) / DAY,
    interval_days: learned.intervalDays,
    from: learned.because === null ? 'learned' : 'prior',
    because: learned.because,
    weight: learned.weight,
  }
}

/** Finer than the data tell, and easy to read in an artifact. */
function threeDigits(value: number): number {
  return Number(value.toPrecision(3))
}
