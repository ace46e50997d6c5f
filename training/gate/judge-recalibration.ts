/**
 * The gate for a version whose level was moved to recent outcomes. There are no later rows to judge it on, so it is judged on those
 * it was moved by, crosswise: the accounts are cut into five parts, and the rows of each are judged with the shift that the four
 * others give. The columns and the order of the leads are the champion's, so its audit and its bands are not asked again. Rows that
 * the champion has learned from are fit for neither comparison nor slope: with such among them a person decides.
 */
import { formatTime, type Milliseconds } from '../../src/glossary.ts'
import { interceptShift } from '../../src/statistics/intercept-shift.ts'
import { sigmoid } from '../../src/statistics/log-odds.ts'
import type { OutcomeCounts } from '../enough-data.ts'
import { evaluate } from '../evaluate/metrics.ts'
import type { GateReport } from '../report/gate-report.ts'
import { championName, checkData, checkLogLoss, checkSlope } from './checks.ts'
import { compareLosses } from './compare-losses.ts'
import { decideGate } from './verdict.ts'

const PARTS = 5

/** Rows whose outcome became known after `since`. */
export interface RecentRows {
  readonly since: Milliseconds
  /** The champion has learned from no outcome that became known after this. */
  readonly learnedUntil: Milliseconds
  /** What the champion says, in calibrated log-odds; one a row. */
  readonly logOdds: Float64Array
  readonly labels: Uint8Array
  readonly groups: Int32Array
  readonly outcomes: OutcomeCounts
}

/** @param champion The version that was moved. */
export function judgeRecalibration(
  champion: number,
  { since, learnedUntil, logOdds, labels, groups, outcomes }: RecentRows,
  seed: number,
): GateReport {
  if (since < learnedUntil) {
    const text = `It cannot be compared with ${championName(champion)}, on rows that this one has learned from: it knew what was known until ${formatTime(learnedUntil)}, and the rows begin with what became known after ${formatTime(since)}.`
    return decideGate({ basis: 'champion', version: champion, rows: 0, accounts: 0 }, [
      checkLogLoss(championName(champion), text),
      checkData(outcomes),
    ])
  }
  const probabilities = crossShifted(logOdds, labels, groups).map(sigmoid)
  const compared = compareLosses(probabilities, logOdds.map(sigmoid), { labels, groups }, seed)
  const { rows, accounts } = compared
  return decideGate({ basis: 'champion', version: champion, rows, accounts }, [
    checkLogLoss(championName(champion), compared),
    checkSlope(evaluate({ probabilities, labels, groups, seed })),
    checkData(outcomes),
  ])
}

/** Each row moved by what the rows of other parts ask for; not at all where those have one outcome only. */
function crossShifted(logOdds: Float64Array, labels: Uint8Array, groups: Int32Array): Float64Array {
  const places = new Map([...new Set(groups)].map((group, place) => [group, place % PARTS]))
  const parts = Array.from(groups, (group) => places.get(group)!)
  const shifts = Array.from({ length: PARTS }, (_, part) => {
    const others = parts.flatMap((own, row) => (own === part ? [] : [row]))
    const { shift } = interceptShift(
      Float64Array.from(others, (row) => logOdds[row]!),
      Uint8Array.from(others, (row) => labels[row]!),
      Int32Array.from(others, (row) => groups[row]!),
    )
    return Number.isNaN(shift) ? 0 : shift
  })
  return logOdds.map((value, row) => value + shifts[parts[row]!]!)
}
