import { WonlostError } from '../../src/errors.ts'

/** @param given What asks for logistic regression, as it was written. */
export function nothingToSearch(given: string): WonlostError {
  return new WonlostError(
    'usage',
    `--search looks for settings of boosting, and needs the learner boosting or auto. Given: ${given}.`,
  )
}
