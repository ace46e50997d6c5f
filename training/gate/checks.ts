/** What is asked of a version before it may serve, each with its limit. docs/gate.md says why, and why these limits. */
import { numberText as count } from '../../src/features/wording.ts'
import { LEAST_TO_PROMOTE } from '../enough-data.ts'
import type { Metrics } from '../evaluate/metrics.ts'
import { type AuditReport, objectionsOf } from '../report/audit-report.ts'
import { percent } from '../report/figures.ts'
import type { GateCheck } from '../report/gate-report.ts'
import type { BandOrder } from './band-order.ts'
import type { LossComparison } from './compare-losses.ts'

/** By so much the log loss may be worse than that of what serves, at the upper end of the interval. */
const MOST_WORSE = 0.005

/** The interval of the calibration slope must meet this range: 1 is calibrated. */
const SLOPES = [0.8, 1.25] as const

/** In a sentence. */
export function championName(version: number): string {
  return `version ${version}, the champion`
}

/** In a sentence: champions that score the leads of a segment together while it has none. */
export function championsName(
  champions: readonly { readonly segment: string; readonly version: number }[],
): string {
  const told = champions.map(
    ({ segment, version }) => `version ${version} for ${segment === '' ? 'everyone' : segment}`,
  )
  return `${told.join(' and ')}, which ${champions.length > 1 ? 'score' : 'scores'} these leads without it`
}

/** @param compared With what scores the leads of the segment without a model of their own; a sentence where they cannot be compared. */
export function checkSegment(other: string, compared: LossComparison | string): GateCheck {
  const asked = {
    id: 'segment',
    limit: 'log loss lower than without it by more than one standard error',
  } as const
  if (typeof compared === 'string')
    return { ...asked, passed: null, figure: null, interval: null, text: compared }
  const { difference, interval } = compared
  const told = `${lossText(other, compared)} on ${rowsText(compared)} that neither has learned from`
  if (interval === null)
    return {
      ...asked,
      passed: null,
      figure: difference,
      interval,
      text: `${told}; a single account does not say how sure that is.`,
    }
  const standardError = (interval[1] - interval[0]) / (2 * 1.96)
  const passed = difference < -standardError
  const why = passed ? '' : ': no more than noise, and what learned from more leads stays'
  return { ...asked, passed, figure: difference, interval, text: `${told}${why}.` }
}

/** @param compared With what serves; a sentence where they cannot be compared. */
export function checkLogLoss(other: string, compared: LossComparison | string): GateCheck {
  const asked = {
    id: 'log_loss',
    limit: `upper end of the interval of the difference below ${MOST_WORSE}`,
  } as const
  if (typeof compared === 'string')
    return { ...asked, passed: null, figure: null, interval: null, text: compared }
  const { difference, interval } = compared
  const told = `${lossText(other, compared)} on ${rowsText(compared)} that neither has learned from`
  if (interval === null) {
    const text = `${told}; a single account does not say how sure that is.`
    return { ...asked, passed: null, figure: difference, interval, text }
  }
  const passed = interval[1] < MOST_WORSE
  return { ...asked, passed, figure: difference, interval, text: `${told}${whyWorse(passed, interval)}.` }
}

function whyWorse(passed: boolean, [low]: readonly [number, number]): string {
  if (passed) return ''
  return low > 0 ? ': it is worse' : ': so few rows cannot show that it is not worse'
}

/** @param compared With the base rate of each landmark, on the test part. */
export function checkSkill(compared: LossComparison): GateCheck {
  const { difference, interval } = compared
  const told = `${lossText('the base rate of each landmark', compared)} on ${rowsText(compared)} of the test part`
  const passed = interval === null ? null : interval[1] < 0
  const why = passed === false ? ': it does not surely tell one lead from another' : ''
  return {
    id: 'skill',
    passed,
    figure: difference,
    interval,
    limit: 'upper end of the interval of the difference below 0',
    text: `${told}${why}.`,
  }
}

export function checkSlope(
  metrics: Pick<Metrics, 'calibration_slope' | 'calibration_slope_interval'>,
): GateCheck {
  const { calibration_slope: slope, calibration_slope_interval: interval = null } = metrics
  const asked = {
    id: 'calibration_slope',
    figure: slope,
    interval,
    limit: `the interval meets ${SLOPES[0]} to ${SLOPES[1]}`,
  } as const
  if (slope === null || interval === null) {
    const text = 'The rows of the test part do not determine a calibration slope.'
    return { ...asked, passed: null, text }
  }
  const [low, high] = interval
  const told = `Calibration slope ${slope.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`
  if (high < SLOPES[0])
    return { ...asked, passed: false, text: `${told}: its probabilities are too extreme.` }
  if (low > SLOPES[1]) return { ...asked, passed: false, text: `${told}: its probabilities are too timid.` }
  return { ...asked, passed: true, text: `${told}.` }
}

export function checkBands({ pairs, level, wrong }: BandOrder): GateCheck {
  const asked = {
    id: 'bands',
    figure: pairs.length === 0 ? null : Math.min(...pairs.map(({ chance }) => chance)),
    interval: null,
    limit: `no band converts worse than the one below at a chance under ${level.toFixed(3)}`,
  } as const
  if (wrong.length > 0) {
    const told = wrong.map(
      ({ upper, lower, upperRate, lowerRate, chance }) =>
        `${upper} converts worse than ${lower} (${percent(upperRate)} against ${percent(lowerRate)}, by chance ${chance.toPrecision(2)})`,
    )
    return { ...asked, passed: false, text: `${told.join('; ')}.` }
  }
  const text =
    pairs.length === 0
      ? 'All rows of the test part are in one band: there is no order to be wrong.'
      : 'No band converts surely worse than the one below it.'
  return { ...asked, passed: true, text }
}

export function checkAudit(audit: AuditReport): GateCheck {
  const suspects = objectionsOf(audit)
  const columns = [...new Set(suspects.map(({ column }) => column))]
  const told = suspects.map(({ text }) => text).join(' ')
  return {
    id: 'audit',
    passed: suspects.length === 0,
    figure: suspects.length,
    interval: null,
    limit: 'no suspects',
    text:
      suspects.length === 0
        ? 'The audit accuses no column.'
        : `The audit suspects ${columns.join(', ')}: ${told}`,
  }
}

export function checkData({ reached }: { readonly reached: number }): GateCheck {
  return {
    id: 'data',
    passed: reached >= LEAST_TO_PROMOTE,
    figure: reached,
    interval: null,
    limit: `${LEAST_TO_PROMOTE} subjects that reached the target`,
    text: `${count(reached)} subjects reached the target${reached >= LEAST_TO_PROMOTE ? '' : ': too few for figures to go by'}.`,
  }
}

function lossText(other: string, { own, other: loss, difference, interval }: LossComparison): string {
  if (difference === 0 && interval?.every((end) => end === 0))
    return `Log loss ${own.toFixed(4)}, the same as of ${other}`
  const direction = difference > 0 ? 'higher' : 'lower'
  const range = interval === null ? '' : ` (${signed(interval[0])} to ${signed(interval[1])})`
  return `Log loss ${own.toFixed(4)}, of ${other} ${loss.toFixed(4)}: ${direction} by ${Math.abs(difference).toFixed(4)}${range}`
}

function signed(value: number): string {
  return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(4)}`
}

function rowsText({ rows, accounts }: LossComparison): string {
  return `${count(rows)} rows of ${count(accounts)} accounts`
}
