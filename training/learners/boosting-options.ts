/** From what a definition says of boosting to what the trainer is told: defaults that did well without any search. */
import type { BoostingSettings } from '../../src/features/boosting-settings.ts'
import type { Column } from '../../src/features/column.ts'
import { type BoostingOptions, DEFAULT_BOOSTING } from '../boosting/options.ts'
import type { BoostingReport } from '../report/learned-report.ts'

/** With nothing left to be filled in. */
export type CompleteSettings = BoostingReport['settings']

export type TreeSize = Pick<CompleteSettings, 'leaves' | 'min_rows'>

/** Good on flat tables, by folds with other seeds than those that reports use. */
const TABLE_SIZE: TreeSize = { leaves: 15, min_rows: 20 }

/** By folds of a flat table: one size, not chosen. */
export const TABLE_SIZES: readonly TreeSize[] = [TABLE_SIZE]

/**
 * The simpler first: it wins when both do equally well. Rows of a history are several of one lead, and small leaves learn leads
 * by heart: there smaller trees are often better. Three leaves are a column, or two together: on simulated histories 0.003 of AUC
 * better than six.
 */
export const HISTORY_SIZES: readonly TreeSize[] = [{ leaves: 3, min_rows: 60 }, TABLE_SIZE]

/** Each tree sees half of the columns: on public tables better than all of them, by folds likewise. */
const DEFAULTS: Omit<CompleteSettings, keyof TreeSize | 'monotone'> = {
  rate: 0.05,
  depth: DEFAULT_BOOSTING.maxDepth,
  l2: DEFAULT_BOOSTING.l2,
  column_share: 0.5,
  row_share: DEFAULT_BOOSTING.rowSample,
  trees: DEFAULT_BOOSTING.trees,
}

/** What is given, with defaults for the rest: once for each of `sizes` where nothing is said of the size of the trees. */
export function completeSettings(
  given: BoostingSettings,
  sizes: readonly TreeSize[],
): readonly CompleteSettings[] {
  const isSized = given.leaves !== undefined || given.min_rows !== undefined
  return (isSized ? TABLE_SIZES : sizes).map((size) => ({
    rate: given.rate ?? DEFAULTS.rate,
    leaves: given.leaves ?? size.leaves,
    depth: given.depth ?? DEFAULTS.depth,
    min_rows: given.min_rows ?? size.min_rows,
    l2: given.l2 ?? DEFAULTS.l2,
    column_share: given.column_share ?? DEFAULTS.column_share,
    row_share: given.row_share ?? DEFAULTS.row_share,
    trees: given.trees ?? DEFAULTS.trees,
    monotone: given.monotone ?? {},
  }))
}

const DIRECTIONS = { increasing: 1, decreasing: -1 } as const

export function trainerOptions(
  settings: CompleteSettings,
  columns: readonly Column[],
  seed: number,
  threads = 1,
): Partial<BoostingOptions> {
  return {
    learningRate: settings.rate,
    maxLeaves: settings.leaves,
    maxDepth: settings.depth,
    minRows: settings.min_rows,
    l2: settings.l2,
    columnSample: settings.column_share,
    rowSample: settings.row_share,
    trees: settings.trees,
    monotone: columns.map(({ name }) => {
      // Columns may be named like what every object has: "constructor".
      const direction = Object.hasOwn(settings.monotone, name) ? settings.monotone[name] : undefined
      return direction === undefined ? 0 : DIRECTIONS[direction]
    }),
    seed,
    threads,
  }
}
