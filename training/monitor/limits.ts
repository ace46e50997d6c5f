/**
 * The limits, in one place. Each asks two things: is it more than chance, and is it enough to matter? With a million leads the
 * smallest difference is surely one, and with a hundred a large one may be none.
 */
export const LIMITS = {
  /** PSI above what chance brings. 0.1 is the usual "look at it", 0.25 the usual "has changed". */
  psi: 0.1,
  /** Change of the share that is missing. */
  missing: 0.1,
  /** Of no change at all: q-value over everything of a kind that is looked at in a run. */
  qValue: 0.01,
  /** New leads a week against those of the reference: below 1 / ratio or above it. */
  volume: 2,
  /** What came true against what was said: all rows, and a single band. Below 1 / ratio or above it. */
  ratio: 1.25,
  bandRatio: 1.5,
  /** AUC lost since the test part. */
  auc: 0.05,
} as const

/** Rows of a set below which nothing is said of its drift. */
export const LEAST_ROWS = 50

/** Of each outcome, below which nothing is said of calibration. */
export const LEAST_OUTCOMES = 20

/** New leads that the window should have brought, below which nothing is said of the volume. */
export const LEAST_EXPECTED_LEADS = 20

/** Outcomes that became known so long ago say little about now. */
export const OUTCOME_DAYS = 180
