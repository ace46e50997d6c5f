/** The best that a search found against the best of the defaults, on rows that both were judged on. */
import { meanOf, pairedDifference } from '../learners/compare.ts'
import type { SearchReport } from '../report/search-report.ts'

type Comparison = NonNullable<SearchReport['compared']>

/** Standard errors that the best of many must be better by. One would be for a single rival: the best of many is lucky, too. */
const SURE = 2

/** @param defaults, found Log loss of each row. */
export function compareFound(defaults: Float64Array, found: Float64Array, groups: Int32Array): Comparison {
  return {
    rows: groups.length,
    defaults_log_loss: meanOf(defaults),
    found_log_loss: meanOf(found),
    ...pairedDifference(defaults, found, groups),
  }
}

/** The defaults stay whatever is less sure. */
export function isBetter({ difference, standard_error: error }: Comparison): boolean {
  return error !== null && difference > 0 && difference >= SURE * error
}

export function verdictText(compared: Comparison): string {
  const { difference, standard_error: error, found_log_loss: found, defaults_log_loss: defaults } = compared
  const noise =
    error === null ? 'a single account does not say how sure that is' : `standard error ${error.toFixed(5)}`
  const figures = `log loss ${found.toFixed(5)}, of the defaults ${defaults.toFixed(5)} on the same ${compared.rows} rows: ${difference < 0 ? 'higher' : 'lower'} by ${Math.abs(difference).toFixed(5)} (${noise})`
  return isBetter(compared)
    ? `What was found is better than the defaults by more than the noise: ${figures}.`
    : `The defaults stay: the best found is not better by more than the noise: ${figures}.`
}
