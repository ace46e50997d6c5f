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
import { countPositives } from '../matrix.ts'
import { randomIntegers } from '../random.ts'
import type { RecordSource } from '../record-source.ts'
import type { EventHalfLife, HalfLifeReport } from '../report/half-life-report.ts'
import type { Row } from '../rows.ts'
import { fitBackground } from './background.ts'
import { descend } from './descend.ts'
import { doubtOf } from './doubt.ts'
import { type Exposures, gatherExposures } from './exposures.ts'
import { type JudgedHalfLife, judgeHalfLife } from './judge-half-life.ts'
import { createMomentSampler } from './moments.ts'
import { createPaceLoss } from './pace-loss.ts'
import { LEAST_DAYS, layoutOf, MOST_DAYS, type PaceLayout, type PacePrior, priorOf } from './pace-model.ts'
import { loadTensors } from './tensors.ts'

/** One account in so many is held out, to see when to stop. */
const HELD_OUT_ONE_IN = 20

/** Of a pinned half-life: it does not move. */
const PINNED_PRECISION = 1e8

/** Where nobody has reached the target, and there is no horizon. */
const DEFAULT_PRIOR_DAYS = 30

export interface HalfLifeRequest {
  readonly vocabularies: Readonly<Record<string, readonly string[]>>
  /** Rows of the learning part: only their subjects are looked at... */
  readonly learning: readonly Row[]
  /** ...and only what was known before this: where the calibration part begins. */
  readonly knownUntil: Milliseconds
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
  readonly weight: number | null
}

interface LearnedPace {
  /** In the order of the exposures. */
  readonly types: readonly LearnedEvent[]
  /** How much a colleague's event counts beside the lead's own. */
  readonly share: number
}

/** Nothing is read where nothing is left to learn. The same records, definition and seed give the same half-lives. */
export async function learnHalfLives(
  records: RecordSource,
  definition: Definition,
  request: HalfLifeRequest,
): Promise<LearnedHalfLives> {
  const features = decayingFeatures(definition)
  if (features.length === 0 || !leavesToTraining(definition)) return { definition, halfLives: null }
  const { vocabularies, learning, knownUntil, mostMoments } = request
  const events = [...new Set(features.map(({ event }) => event))]
  const sampler = createMomentSampler(definition, learning, knownUntil, definition.seed, mostMoments)
  const exposures = await gatherExposures(records, definition, events, vocabularies, learning, sampler)
  const priorDays = halfOfMedianCycle(exposures.cycleDays, definition.horizonDays)
  const { types, share } = await learnPace(
    exposures,
    priorDays,
    pinnedDays(features),
    definition.seed,
    request,
  )
  const ofEvent = ({ event }: DecayingFeature): LearnedEvent => types[events.indexOf(event)]!
  const { labels, rowCount } = exposures.background
  const weights = {
    weightOf: (event: string) => threeDigits(types[events.indexOf(event)]?.weight ?? 0),
    share: threeDigits(share),
  }
  return {
    definition: withHalfLives(
      definition,
      (feature) => wholeHours(ofEvent(feature).halfLifeDays),
      () => weights,
    ),
    halfLives: {
      prior_days: priorDays,
      rows: rowCount,
      cases: countPositives(labels),
      events: features.map((feature) => tell(feature, ofEvent(feature))),
    },
  }
}

async function learnPace(
  exposures: Exposures,
  priorDays: number,
  pinned: ReadonlyMap<string, number>,
  seed: number,
  { report, signal }: HalfLifeRequest,
): Promise<LearnedPace> {
  const { events, own, background } = exposures
  const cases = countPositives(background.labels)
  if (cases === 0 || cases === background.rowCount) {
    const because = 'nobody who was looked at has reached the target'
    const nothing = { halfLifeDays: priorDays, intervalDays: null, because, weight: null }
    return { types: events.map(() => nothing), share: 0 }
  }
  const layout = layoutOf(events.length)
  const free = priorOf(layout, priorDays, Math.log(cases / (background.rowCount - cases)))
  const prior = withPinned(free, layout, events, pinned)
  const mask = chooseLearned(background.groups, seed)
  const offset = fitBackground(exposures, priorDays)
  const loss = createPaceLoss(await loadTensors(), exposures, offset, mask, layout, prior)
  try {
    const { parameters } = await descend(loss, prior, {
      ...(report ? { report } : {}),
      ...(signal ? { signal } : {}),
    })
    const { errors } = doubtOf(exposures, offset, mask, layout, prior, parameters)
    const types = events.map((_, place) => {
      const at = layout.halfLives + place
      const found = { logDays: parameters[at]!, error: errors[at]!, rows: own[place]!.rows.length }
      return { ...judgeHalfLife(found, priorDays), weight: Math.exp(parameters[layout.weights + place]!) }
    })
    return { types, share: Math.exp(parameters[layout.share]!) }
  } finally {
    loss.dispose()
  }
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
  for (const [place, event] of events.entries()) {
    const days = pinned.get(event)
    if (days === undefined) continue
    const at = layout.halfLives + place
    for (const values of [prior.mean, prior.least, prior.most]) values[at] = Math.log(days)
    prior.precision[at] = PINNED_PRECISION
  }
  return prior
}

/** By row: 0 where its account is held out. */
function chooseLearned(groups: Int32Array, seed: number): Uint8Array {
  const draw = randomIntegers(seed)
  let learned: 0 | 1 = 1
  return Uint8Array.from(groups, (group, row) => {
    if (row === 0 || group !== groups[row - 1]) learned = draw(HELD_OUT_ONE_IN) === 0 ? 0 : 1
    return learned
  })
}

/** Finer than the data tell, and easy to read in an artifact. */
function threeDigits(value: number): number {
  return Number(value.toPrecision(3))
}

/** Half the median sales cycle, from entry to the target, among those who reached it; without any, half the horizon. */
function halfOfMedianCycle(cycleDays: readonly number[], horizonDays: number | null): number {
  const median = cycleDays.length > 0 ? quantile(Float64Array.from(cycleDays).sort(), 0.5) : horizonDays
  const days = median === null ? DEFAULT_PRIOR_DAYS : median / 2
  return wholeHours(Math.min(MOST_DAYS, Math.max(LEAST_DAYS, days))) / DAY
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
      weight: null,
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
