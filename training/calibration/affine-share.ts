/** The line that stands for a bent calibration where only a line will do: see src/model/calibration.ts. */

/**
 * Slope of the line through the average row, `(average, logOdds(average))`, that lies nearest to the calibrated log-odds of these
 * rows (least squares): then the `calibration` term of an explanation is 0 at the average row and small where rows are.
 * Above 0 for what rises between any of the rows, else 0; NaN where all scores are the average.
 */
export function affineShare(
  logOdds: (rawScore: number) => number,
  rawScores: Float64Array,
  average: number,
): number {
  const middle = logOdds(average)
  let products = 0
  let squares = 0
  for (const rawScore of rawScores) {
    products += (rawScore - average) * (logOdds(rawScore) - middle)
    squares += (rawScore - average) ** 2
  }
  return products / squares
}
