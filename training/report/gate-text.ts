/** The decision of the gate in words, as it stands on top of reports. */
import { indent } from './figures.ts'
import type { GateCheck, GateReport } from './gate-report.ts'
import { textTable } from './text-table.ts'

/** One sentence; what speaks for or against it follows. */
export const DECISIONS: Readonly<Record<GateReport['verdict'], string>> = {
  pass: 'it may be promoted.',
  by_hand: 'a person has to decide.',
  refuse: 'do not promote it.',
}

export const CHECK_NAMES: Readonly<Record<GateCheck['id'], string>> = {
  log_loss: 'against what serves',
  segment: 'a model of its own',
  skill: 'against the base rate',
  calibration_slope: 'calibration',
  bands: 'order of the bands',
  audit: 'leakage audit',
  data: 'enough data',
}

export function gateLines({ verdict, checks }: GateReport): string[] {
  const rows = checks.map(({ id, passed, text, limit }) => [
    passed === null ? 'open' : passed ? 'passed' : 'FAILED',
    CHECK_NAMES[id],
    passed ? text : `${text} Wanted: ${limit}.`,
  ])
  return [`Decision: ${DECISIONS[verdict]}`, ...indent(textTable(rows, ['left', 'left', 'left']))]
}
