/** All that was seen of a model, judged: what crossed which limit, and whether to retrain, in words. */
import { countText, numberText } from '../../src/features/wording.ts'
import { DAY, formatTime, type Milliseconds } from '../../src/glossary.ts'
import type { LoadedModel } from '../../src/scoring/load-model.ts'
import { twoSidedTail } from '../../src/statistics/normal.ts'
import type { ScoreBand } from '../evaluation.ts'
import { percent } from '../report/figures.ts'
import type { TrainingReport } from '../report/model-report.ts'
import { hasDrifted, judgeDrift, missesOtherwise } from './judge-drift.ts'
import { isMiscalibrated, judgeOutcomes } from './judge-outcomes.ts'
import { LEAST_EXPECTED_LEADS, LEAST_OUTCOMES, LEAST_ROWS, LIMITS } from './limits.ts'
import type {
  Crossing,
  DriftFigure,
  DriftReport,
  MonitorReport,
  OutcomesReport,
  VolumeReport,
} from './monitor-report.ts'
import type { Watched } from './watch-model.ts'
import type { Period } from './watched-rows.ts'

export interface Judged {
  readonly model: LoadedModel
  readonly report: TrainingReport | null
  readonly window: Period
  readonly outcomesFrom: Milliseconds
  readonly watched: Watched
  readonly bands: readonly ScoreBand[]
}

export function judgeModel({ model, report, window, outcomesFrom, watched, bands }: Judged): MonitorReport {
  const { artifact, registry } = model
  const reference = report?.reference ?? null
  const test = report?.evaluation.find(({ set }) => set === 'all_landmarks')?.metrics ?? null
  const drift = reference ? judgeDrift(reference, watched.sets) : []
  const volume = reference ? judgeVolume(reference.weekly_leads, watched.weeklyLeads) : null
  const outcomes = judgeOutcomes({
    outcomes: watched.outcomes,
    reference,
    referenceAuc: test?.auc ?? null,
    bands,
    from: outcomesFrom,
    until: window.until,
    seed: registry.definition.seed,
  })
  const importance = (report?.effects?.by_column ?? []).map(({ column }) => column)
  const crossed = [
    ...drift.flatMap((set) => driftCrossings(set, importance)),
    ...volumeCrossings(volume),
    ...outcomeCrossings(outcomes),
    ...aucCrossings(outcomes, test?.auc_interval ?? null),
  ]
  const notWatched = unwatched(artifact.kind, reference !== null, drift, volume, outcomes)
  const hasOutcomes = outcomes !== null && outcomes.metrics !== null
  const verdict = crossed.length > 0 ? 'crossed' : drift.length > 0 || hasOutcomes ? 'steady' : 'too_little'
  const horizon = registry.definition.horizonDays
  return {
    format: 'wonlost.monitor_report',
    format_version: 1,
    model: model.name,
    segment: model.segment,
    version: model.version,
    kind: artifact.kind,
    sha256: model.sha256,
    as_of: formatTime(window.until),
    window_days: Math.round((window.until - window.from) / DAY),
    cutoff: artifact.kind === 'rubric' ? null : artifact.training.cutoff,
    verdict,
    because: verdictText(verdict, crossed, notWatched),
    crossed,
    retrain: retrainAdvice(
      model.segment === '' ? model.name : `${model.name} --segment ${model.segment}`,
      verdict,
      crossed,
      horizon === null ? null : window.until + horizon * DAY,
    ),
    not_watched: notWatched,
    reference: reference && { from: reference.from, until: reference.until },
    volume,
    drift,
    outcomes,
  }
}

const SETS = { at_entry: 'at entry', later: 'later on' } as const

function driftCrossings({ set, score, columns }: DriftReport, importance: readonly string[]): Crossing[] {
  const byChange = columns.filter(missesOtherwise).sort((a, b) => changeOfMissing(b) - changeOfMissing(a))
  return [
    ...firstOfGroups([score, ...columns].filter(hasDrifted)).map(([figure, others]) =>
      driftCrossing(set, figure, others, importance),
    ),
    ...firstOfGroups(byChange).map(([figure, others]) => missingCrossing(set, figure, others)),
  ]
}

/** Columns of one group tell of one thing, and the farthest of them, which comes first, tells it best; with it, how many others there are. */
function firstOfGroups(figures: readonly DriftFigure[]): (readonly [DriftFigure, number])[] {
  const firsts = figures.filter(
    (figure, place) => figures.findIndex(({ group }) => group === figure.group) === place,
  )
  return firsts.map((first) => [first, figures.filter(({ group }) => group === first.group).length - 1])
}

function changeOfMissing({ missing }: DriftFigure): number {
  return missing === null ? 0 : Math.abs(missing.now - missing.reference)
}

function driftCrossing(
  set: DriftReport['set'],
  { column, group, psi, psi_by_chance: chance, psi_above_chance: above, bins = [] }: DriftFigure,
  others: number,
  importance: readonly string[],
): Crossing {
  const place = importance.indexOf(column)
  const weight = place < 0 ? '' : `, place ${place + 1} by importance`
  const [most] = [...bins].sort((a, b) => Math.abs(b.now - b.reference) - Math.abs(a.now - a.reference))
  const moved = most
    ? `; most of it: ${most.bin}, ${percent(most.reference)} then, ${percent(most.now)} now`
    : ''
  return {
    limit: group === null ? 'drift_of_score' : 'drift_of_feature',
    subject: group === null ? null : column,
    set,
    value: above,
    allowed: `below ${LIMITS.psi}`,
    text: `${group === null ? 'The score' : column} ${SETS[set]}: PSI ${psi.toFixed(2)}, of which ${chance.toFixed(2)} is chance${weight}${moved}.${moreText(group, others)}`,
  }
}

/** A value that training did not see is missing to the model. */
function missingCrossing(
  set: DriftReport['set'],
  { column, kind, group, missing }: DriftFigure,
  others: number,
): Crossing {
  const { now, reference } = missing ?? { now: Number.NaN, reference: Number.NaN }
  const what = kind === 'categories' ? 'missing, or a value that training did not see,' : 'missing'
  return {
    limit: 'missing',
    subject: column,
    set,
    value: now - reference,
    allowed: `a change below ${percent(LIMITS.missing)}`,
    text: `${column} ${SETS[set]} is ${what} in ${percent(now)}; in training in ${percent(reference)}.${moreText(group, others)}`,
  }
}

function moreText(group: string | null, others: number): string {
  return others > 0 ? ` ${countText(others, 'more column')} of ${group} with it.` : ''
}

/** null where the weeks cannot be compared: none, or too few leads to expect any. */
function judgeVolume(reference: readonly number[], weeks: readonly number[]): VolumeReport | null {
  if (reference.length === 0 || weeks.length === 0) return null
  const before = mean(reference)
  if (before * weeks.length < LEAST_EXPECTED_LEADS) return null
  const now = mean(weeks)
  return { weeks, per_week: now, reference_per_week: before, ratio: now / before }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** With as many leads as are asked for, half or twice as many are never chance. */
function volumeCrossings(volume: VolumeReport | null): Crossing[] {
  if (!volume || (volume.ratio < LIMITS.volume && volume.ratio > 1 / LIMITS.volume)) return []
  const { per_week: now, reference_per_week: before, ratio } = volume
  return [
    {
      limit: 'volume',
      subject: null,
      set: 'at_entry',
      value: ratio,
      allowed: `above ${1 / LIMITS.volume} and below ${LIMITS.volume} times as many`,
      text: `${numberText(Math.round(now))} new leads a week; in training it was ${numberText(Math.round(before))}.`,
    },
  ]
}

function outcomeCrossings(outcomes: OutcomesReport | null): Crossing[] {
  if (!outcomes) return []
  return [outcomes.all, ...outcomes.bands].flatMap((one, place) => {
    const limit = place === 0 ? LIMITS.ratio : LIMITS.bandRatio
    if (!isMiscalibrated(one, limit) || one.ratio === null || one.expected === null) return []
    const then = one.reference_ratio === null ? '' : `; on the test part ${one.reference_ratio.toFixed(2)}`
    const who = place === 0 ? 'Of all rows' : `Of the band ${one.band}`
    const crossing: Crossing = {
      limit: place === 0 ? 'calibration' : 'band',
      subject: place === 0 ? null : one.band,
      set: null,
      value: one.ratio,
      allowed: `${(1 / limit).toFixed(2)} to ${limit}`,
      text: `${who} ${numberText(one.positives)} reached the target where ${numberText(Math.round(one.expected))} were said to: ${one.ratio.toFixed(2)} times as many${then}.`,
    }
    return [crossing]
  })
}

function aucCrossings(outcomes: OutcomesReport | null, then: readonly [number, number] | null): Crossing[] {
  const now = outcomes?.metrics?.auc ?? null
  const interval = outcomes?.metrics?.auc_interval ?? null
  const before = outcomes?.reference_auc ?? null
  if (now === null || before === null || interval === null || then === null) return []
  const lost = before - now
  // A 95 % interval is 3.92 standard errors wide.
  const error = Math.hypot(interval[1] - interval[0], then[1] - then[0]) / 3.92
  if (lost < LIMITS.auc || twoSidedTail(lost / error) > LIMITS.qValue) return []
  return [
    {
      limit: 'auc',
      subject: null,
      set: null,
      value: lost,
      allowed: `below ${LIMITS.auc} lost`,
      text: `It ranks worse than on the test part: AUC ${now.toFixed(3)}, then ${before.toFixed(3)}.`,
    },
  ]
}

function unwatched(
  kind: LoadedModel['artifact']['kind'],
  hasReference: boolean,
  drift: readonly DriftReport[],
  volume: VolumeReport | null,
  outcomes: OutcomesReport | null,
): string[] {
  const reasons: string[] = []
  if (!hasReference) {
    const why = {
      rubric: 'a rubric was not trained',
      imported: 'the model was trained elsewhere',
      logistic: 'it was trained before there was a monitor; train it again',
      boosting: 'it was trained before there was a monitor; train it again',
    }[kind]
    reasons.push(`Drift, missing values and volume: there is nothing to compare with, for ${why}.`)
  } else {
    if (drift.length === 0) reasons.push(`Drift: fewer than ${LEAST_ROWS} leads in the window.`)
    if (volume === null) reasons.push('Volume: too few new leads are expected to tell a change.')
  }
  if (outcomes === null)
    reasons.push('Outcomes: the horizon of no row has elapsed since the model was trained.')
  else if (kind === 'rubric') reasons.push('Calibration: a rubric says points, not probabilities.')
  else if (outcomes.metrics === null)
    reasons.push(`Calibration: fewer than ${LEAST_OUTCOMES} reached the target, or did not, since then.`)
  return reasons
}

function verdictText(
  verdict: MonitorReport['verdict'],
  crossed: readonly Crossing[],
  notWatched: readonly string[],
): string {
  if (verdict === 'crossed') return `${countText(crossed.length, 'limit')} crossed.`
  if (verdict === 'too_little') return `Too little to say. ${notWatched.join(' ')}`
  return 'No limit was crossed.'
}

/** `knownAt`: when the outcomes of the leads of now are known. */
/** `name`: of the model, as commands take it. */
function retrainAdvice(
  name: string,
  verdict: MonitorReport['verdict'],
  crossed: readonly Crossing[],
  knownAt: Milliseconds | null,
): MonitorReport['retrain'] {
  const has = (...limits: readonly Crossing['limit'][]): boolean =>
    crossed.some(({ limit }) => limits.includes(limit))
  if (verdict === 'too_little')
    return { advice: 'no', text: 'Nothing speaks for it, and nothing against it.' }
  if (has('calibration', 'band', 'auc'))
    return {
      advice: 'yes',
      text: `Retrain: what comes true is no longer what the model says. wonlost train ${name}`,
    }
  if (has('drift_of_score', 'drift_of_feature')) {
    const when =
      knownAt === null ? 'once their deals are closed' : `from ${formatTime(knownAt).slice(0, 10)} on`
    return {
      advice: 'look',
      text: `Look first at what changed. The leads are others; whether they convert otherwise than the model says is known ${when}, and only then can a model learn it. If the change stays, retrain then; until then go by the bands with care.`,
    }
  }
  if (has('missing', 'volume'))
    return { advice: 'no', text: 'Training does not mend that: look at where the records come from.' }
  return { advice: 'no', text: 'There is no need to retrain.' }
}
