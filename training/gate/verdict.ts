/** From checks to a decision in words. */
import type { GateCheck, GateReport } from '../report/gate-report.ts'

/**
 * A check that failed refuses, but for too little data, which only takes the decision away from the program; so does a check that could
 * not be asked.
 */
export function decideGate(against: GateReport['against'], checks: readonly GateCheck[]): GateReport {
  const failed = checks.filter(({ passed }) => passed === false)
  const refusing = failed.filter(({ id }) => id !== 'data')
  const open = checks.filter(({ id, passed }) => passed === null || (id === 'data' && !passed))
  if (refusing.length > 0) {
    return { verdict: 'refuse', because: texts(refusing), against, checks }
  }
  if (open.length > 0) {
    return { verdict: 'by_hand', because: `Nothing speaks against it, but: ${texts(open)}`, against, checks }
  }
  return { verdict: 'pass', because: 'Every check passed.', against, checks }
}

function texts(checks: readonly GateCheck[]): string {
  return checks.map(({ text }) => text).join(' ')
}
