/**
 * Which calibration. The candidates are fitted to four fifths of the accounts of the calibration part and judged by log loss on the
 * fifth, in turn; what is chosen is then fitted to all of them. Platt's line has to be better than the raw score, by however little,
 * and the raw score stays on a tie: the two numbers of a line cost next to nothing, and raw scores of a penalised model, or after
 * a change of the base rate, are wrong in just these two. Curves can follow noise: they have to win by more than it.
 */
import type { Calibration, Intervals } from '../../src/model/artifact.ts'
import { createCalibrator } from '../../src/model/calibration.ts'
import { lossesOf, meanOf, type PairedDifference, pairedDifference, secondWins } from '../learners/compare.ts'
import { randomIntegers, shuffle } from '../random.ts'
import type { CalibrationReport, CalibratorName } from '../report/calibration-report.ts'
import { fitBeta } from './beta.ts'
import { learnIntervals } from './intervals.ts'
import { fitIsotonic } from './isotonic.ts'
import { fitPlatt } from './platt.ts'

const FOLDS = 5

/** Isotonic regression needs many rows: on six public sets it lost below this. */
const LEAST_ROWS_FOR_ISOTONIC = 5_000

export interface CalibrationRows {
  /** Log-odds, finite. At least one. */
  readonly rawScores: Float64Array
  readonly labels: Uint8Array
  readonly groups: Int32Array
  /** Raw score of the average row that the model learned from. */
  readonly average: number
  readonly seed: number
}

export interface CalibrationFit {
  readonly calibration: Calibration
  readonly intervals: Intervals
  /** Why the raw score was left as it is; null when it was calibrated. */
  readonly identity_because: string | null
  readonly report: CalibrationReport
}

type Calibrate = (rows: CalibrationRows) => Calibration | null

/** The simplest first. */
const CANDIDATES: readonly (readonly [name: CalibratorName, calibrate: Calibrate])[] = [
  ['identity', () => ({ kind: 'identity' })],
  [
    'platt',
    ({ rawScores, labels }) => {
      const { calibration, identity_because: none } = fitPlatt(rawScores, labels)
      return none === null ? calibration : null
    },
  ],
  ['beta', ({ rawScores, labels, average }) => fitBeta(rawScores, labels, average)],
  ['isotonic', ({ rawScores, labels, average }) => fitIsotonic(rawScores, labels, average)],
]

export function chooseCalibration(rows: CalibrationRows): CalibrationFit {
  const { rawScores, labels, groups, seed } = rows
  const { identity_because: noLine } = fitPlatt(rawScores, labels)
  const tried = noLine === null ? crossFit(rows) : [identityOf(rows)]
  const { chosen, because } = noLine === null ? decide(tried, groups) : { chosen: tried[0]!, because: noLine }
  const intervals = learnIntervals(rawScores, labels, groups, seed)
  return {
    calibration: chosen.calibration,
    intervals,
    identity_because: chosen.name === 'identity' ? because : null,
    report: {
      chosen: chosen.name,
      because,
      candidates: tried.map(({ name, losses }) => ({ name, log_loss: meanOf(losses) })),
      rows: labels.length,
      accounts: new Set(groups).size,
      interval: { accounts: intervals.accounts },
    },
  }
}

interface Tried {
  readonly name: CalibratorName
  /** Fitted to all rows. */
  readonly calibration: Calibration
  /** Of each row, by the fit that has not seen its account. */
  readonly losses: Float64Array
}

function identityOf({ rawScores, labels }: CalibrationRows): Tried {
  return { name: 'identity', calibration: { kind: 'identity' }, losses: lossesOf(rawScores, labels) }
}

/** Candidates that exist on all rows and without each fold. */
function crossFit(rows: CalibrationRows): Tried[] {
  const folds = foldsOf(rows.groups, rows.seed)
  const isEnough = (name: CalibratorName): boolean =>
    name !== 'isotonic' || rows.labels.length > LEAST_ROWS_FOR_ISOTONIC
  return CANDIDATES.filter(([name]) => isEnough(name)).flatMap(([name, calibrate]): Tried[] => {
    const calibration = calibrate(rows)
    const losses = calibration && crossLosses(rows, folds, calibrate)
    return losses ? [{ name, calibration, losses }] : []
  })
}

function crossLosses(rows: CalibrationRows, folds: Int32Array, calibrate: Calibrate): Float64Array | null {
  const calibrated = new Float64Array(folds.length)
  for (const fold of new Set(folds)) {
    const isOther = (_: number, row: number): boolean => folds[row] !== fold
    const fitted = calibrate({
      ...rows,
      rawScores: rows.rawScores.filter(isOther),
      labels: rows.labels.filter(isOther),
      groups: rows.groups.filter(isOther),
    })
    if (!fitted) return null
    const { logOdds } = createCalibrator(fitted)
    for (const [row, own] of folds.entries())
      if (own === fold) calibrated[row] = logOdds(rows.rawScores[row]!)
  }
  return lossesOf(calibrated, rows.labels)
}

/** A fold for each row; accounts are shuffled and dealt out in turn. */
function foldsOf(groups: Int32Array, seed: number): Int32Array {
  const accounts = shuffle(Int32Array.from(new Set(groups)), randomIntegers(seed))
  const foldOf = new Map(Array.from(accounts, (account, place) => [account, place % FOLDS]))
  return groups.map((group) => foldOf.get(group)!)
}

/** Each is compared with the simplest that none before it has beaten. */
function decide(tried: readonly Tried[], groups: Int32Array): { chosen: Tried; because: string } {
  let chosen = tried[0]!
  const sentences: string[] = []
  for (const next of tried.slice(1)) {
    const compared = pairedDifference(chosen.losses, next.losses, groups)
    const wins = next.name === 'platt' ? compared.difference > 0 : secondWins(compared)
    sentences.push(sentenceOf(next.name, chosen.name, compared, wins))
    if (wins) chosen = next
  }
  return {
    chosen,
    because: sentences.join('; ') || 'too few accounts to judge a line by those that it has not seen',
  }
}

function sentenceOf(
  name: CalibratorName,
  other: CalibratorName,
  { difference, standard_error: error }: PairedDifference,
  wins: boolean,
): string {
  const noise = error === null ? 'of a single account' : `standard error ${error.toFixed(5)}`
  const better = `${Math.abs(difference).toFixed(5)} ${difference < 0 ? 'higher' : 'lower'} (${noise})`
  return `${name} ${wins ? 'beats' : 'does not beat'} ${other}: log loss ${better}`
}
