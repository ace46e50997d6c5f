/** What came of the scores in sales: rejections, promises of response, stages reached, length of deals. */
import type pg from 'pg'
import { endExpiredOverrides } from '../../db/expired-overrides.ts'
import { type Judgements, readCorrections, readEntries, readJudgements } from '../../db/feedback-measures.ts'
import {
  firstScoring,
  readOpenedDeals,
  readStages,
  readWrittenStages,
  STAGES,
} from '../../db/outcome-measures.ts'
import { WonlostError } from '../../errors.ts'
import { DAY, formatTime, type Milliseconds, type SubjectKind } from '../../glossary.ts'
import type { Engine } from '../../scoring/engine.ts'
import { SWEEP } from '../sweep.ts'
import { type ResponseFigures, responseFigures } from './response-times.ts'
import { type CycleFigures, cycleFigures } from './sales-cycles.ts'
import { type Share, shareOf } from './share.ts'
import { type StageFigures, stageFigures } from './stage-shares.ts'

export interface FeedbackReport {
  readonly format: 'wonlost.feedback_report'
  readonly format_version: 1
  readonly as_of: string
  readonly window_days: number
  readonly horizon_days: number
  /** The model that decides. */
  readonly model: string
  readonly policy_version: string
  /** The lowest band that is handed to sales; null: the policy promises no response in any. */
  readonly hand_off: string | null
  /** What was said within the window. `band`: as it was seen, after the verdict; null: without a score. */
  readonly judgements: readonly {
    readonly band: string | null
    readonly rejected: Share
    readonly reasons: readonly { readonly reason: string; readonly count: number }[]
  }[]
  readonly corrections: readonly {
    readonly of: SubjectKind
    readonly trait: string
    readonly count: number
  }[]
  /** Of leads that came into a band within the window. */
  readonly responses: readonly ResponseFigures[]
  /** Leads as they stood, or came, within a window that ends one horizon before `as_of`. */
  readonly stages: {
    readonly from: string
    readonly until: string
    readonly leads: { readonly above: number; readonly below: number; readonly outside: number }
    readonly figures: readonly StageFigures[]
  }
  /** null: too early. Deals opened in two times of the same length, before and after `began`. */
  readonly sales_cycle: {
    readonly began: string
    readonly days: number
    readonly before: CycleFigures
    readonly after: CycleFigures
  } | null
  /** What is not answered, and why. */
  readonly notes: readonly string[]
}

export interface FeedbackReportOptions {
  readonly asOf: Milliseconds
  readonly windowDays: number
  readonly horizonDays: number
  /** When sales began to work by scores. Default: the first scoring. */
  readonly began?: Milliseconds | undefined
  readonly now: Milliseconds
}

/** Deals of before and after are compared over at most so long. */
const LONGEST_CYCLES = 365
/** A policy may want that a scoring of all leads by other versions promises nothing. */
const OF_ALL_LEADS = ['score', SWEEP]

/** Throws `model_not_found` where nothing is loaded under the name that the policy decides by. */
export async function feedbackReport(
  pool: pg.Pool,
  engine: Engine,
  { asOf, windowDays, horizonDays, began, now }: FeedbackReportOptions,
): Promise<FeedbackReport> {
  await endExpiredOverrides(pool, now)
  const { policy } = engine
  const model = policy.decided_by
  const pipeline = pipelineOf(engine)
  const window = { from: asOf - windowDays * DAY, until: asOf }
  const bands = policy.bands.map(({ name }) => name)
  const promises = [...policy.bands, { name: 'review', ...policy.verdicts.review }].flatMap(
    ({ name, respond_within }) => (respond_within === null ? [] : [{ band: name, respond_within }]),
  )
  const handOff =
    policy.feedback.hand_off ??
    policy.bands.find(({ respond_within }) => respond_within !== null)?.name ??
    null
  const placed = { from: window.from - horizonDays * DAY, until: asOf - horizonDays * DAY }

  // One after the other: each reads much, and a report must not take the connections of those who work.
  const judgements = await readJudgements(pool, window)
  const corrections = await readCorrections(pool, window)
  const entries = await readEntries(pool, {
    ...{ model, ...window, bands },
    promising: promises.map(({ band }) => band),
    responseEvents: policy.feedback.response_events,
    quietCauses: policy.actions.after_new_versions === 'keep_quiet' ? OF_ALL_LEADS : [],
  })
  const stages = await readStages(pool, {
    ...{ model, pipeline, ...placed, bands, horizon: horizonDays * DAY },
    above: handOff === null ? [] : bands.slice(bands.indexOf(handOff)),
  })
  const written = await readWrittenStages(pool, pipeline)
  const unwritten = STAGES.filter((stage) => !written.has(stage)).map((stage) => stage.replaceAll('_', ' '))
  const scoredFirst = await firstScoring(pool, model)
  const cycles = await compareCycles(pool, {
    ...{ asOf, horizonDays, pipeline, model },
    began: began ?? scoredFirst,
  })
  const leadsOn = (side: string): number =>
    stages.reduce((sum, one) => sum + (one.side === side ? one.leads : 0), 0)
  return {
    format: 'wonlost.feedback_report',
    format_version: 1,
    as_of: formatTime(asOf),
    window_days: windowDays,
    horizon_days: horizonDays,
    model,
    policy_version: String(policy.version),
    hand_off: handOff,
    judgements: judgementFigures(judgements, [...bands].reverse()),
    corrections,
    responses: responseFigures(entries, promises, asOf).reverse(),
    stages: {
      from: formatTime(placed.from),
      until: formatTime(placed.until),
      leads: { above: leadsOn('above'), below: leadsOn('below'), outside: leadsOn('outside') },
      figures: stageFigures(stages),
    },
    sales_cycle: cycles,
    notes: [
      ...(judgements.length === 0 ? ['Nobody accepted or rejected a lead in the window.'] : []),
      ...(entries.length === 0 ? ['No lead came into a band that promises a response in the window.'] : []),
      ...(handOff === null ? ['No band promises a response, so no lead is handed to sales.'] : []),
      ...(stages.length === 0
        ? [`No lead had a score ${horizonDays} days ago or earlier: what it led to is not known yet.`]
        : []),
      ...(stages.length > 0 && unwritten.length > 0
        ? [
            `Nobody writes down who is ${unwritten.join(' or ')}: it is known only of those who reached a later stage.`,
          ]
        : []),
      ...(cycles === null
        ? [`Deals of before and after scoring began can be compared ${horizonDays} days after it began.`]
        : []),
    ],
  }
}

function pipelineOf({ models, policy }: Engine): string {
  const deciding = models.find(({ name }) => name === policy.decided_by)
  if (deciding) return deciding.registry.definition.pipeline
  const message = `There is no model "${policy.decided_by}", by which the policy decides.`
  throw new WonlostError('model_not_found', message)
}

/** The highest band first, then what is outside the bands. */
function judgementFigures(
  judgements: readonly Judgements[],
  bands: readonly string[],
): FeedbackReport['judgements'] {
  const seen = [...new Set(judgements.map(({ band }) => band))]
  const rank = (band: string | null): number =>
    band !== null && bands.includes(band) ? bands.indexOf(band) : bands.length
  return seen
    .sort((a, b) => rank(a) - rank(b) || ((a ?? '') < (b ?? '') ? -1 : 1))
    .map((band) => {
      const own = judgements.filter((one) => one.band === band)
      const reasons = new Map<string, number>()
      for (const { rejected } of own)
        for (const [reason, count] of Object.entries(rejected))
          reasons.set(reason, (reasons.get(reason) ?? 0) + count)
      return {
        band,
        rejected: shareOf(
          own.map(({ account, accepted, rejected }) => {
            const count = Object.values(rejected).reduce((sum, one) => sum + one, 0)
            return { account, of: accepted + count, count }
          }),
        ),
        reasons: [...reasons]
          .map(([reason, count]) => ({ reason, count }))
          .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1)),
      }
    })
}

async function compareCycles(
  pool: pg.Pool,
  {
    asOf,
    horizonDays,
    pipeline,
    model,
    began,
  }: {
    readonly asOf: Milliseconds
    readonly horizonDays: number
    readonly pipeline: string
    readonly model: string
    readonly began: Milliseconds | null
  },
): Promise<FeedbackReport['sales_cycle']> {
  if (began === null) return null
  const days = Math.min(LONGEST_CYCLES, Math.floor((asOf - horizonDays * DAY - began) / DAY))
  if (days < 1) return null
  const horizon = horizonDays * DAY
  const read = (from: Milliseconds, scoredBy: string | null) =>
    readOpenedDeals(pool, { pipeline, from, until: from + days * DAY, model: scoredBy })
  const before = await read(began - days * DAY, null)
  const after = await read(began, model)
  return {
    began: formatTime(began),
    days,
    before: cycleFigures(before, horizon),
    after: cycleFigures(after, horizon),
  }
}
