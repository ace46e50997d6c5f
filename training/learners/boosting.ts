/**
 * Boosting as a learner: how many trees, and of which size where the definition does not say, is what does best on the validation
 * part, having learned from the fit part. The other settings are the definition's, or defaults that did well without any search.
 */
import type { BoostingSettings } from '../../src/features/boosting-settings.ts'
import type { Column } from '../../src/features/column.ts'
import { treesToData } from '../../src/model/tree-data.ts'
import { type BoostingFit, trainBoosting } from '../boosting/boosting.ts'
import { type BoostingOptions, DEFAULT_BOOSTING } from '../boosting/options.ts'
import type { Matrix } from '../matrix.ts'
import type { BoostingReport } from '../report/learned-report.ts'
import { groupImportance } from './importance.ts'
import type { Chosen, LearnOptions, ModelParts } from './learner.ts'

type Settings = BoostingReport['settings']

type TreeSize = Pick<Settings, 'leaves' | 'min_rows'>

/** Good on flat tables, by folds with other seeds than those that reports use. */
const TABLE_SIZE: TreeSize = { leaves: 15, min_rows: 20 }

/**
 * The simpler first: it wins when both do equally well. Rows of a history are several of one lead, and small leaves learn leads
 * by heart: there smaller trees are often better.
 */
const TREE_SIZES: readonly TreeSize[] = [{ leaves: 6, min_rows: 60 }, TABLE_SIZE]

/** Each tree sees half of the columns: on public tables better than all of them, by folds likewise. */
const DEFAULTS: Pick<Settings, 'rate' | 'depth' | 'trees' | 'column_share'> = {
  rate: 0.05,
  depth: DEFAULT_BOOSTING.maxDepth,
  trees: DEFAULT_BOOSTING.trees,
  column_share: 0.5,
}

/** For `chooseBoosting` on flat tables: one size, not chosen. */
export const TABLE_SIZES: readonly TreeSize[] = [TABLE_SIZE]

/** Points of the learning path that a report lists. */
const LISTED_POINTS = 40

/** A choice of boosting says how many trees, so that choices of several parts can be brought together. */
export interface BoostingChoice extends Chosen {
  /** 0: not one tree did better than the base rate. */
  readonly trees: number
  /** The same way to learn, with so many trees. */
  withTrees(trees: number): Chosen
}

/** @param sizes Tried where `given` says nothing of the size of the trees. */
export async function chooseBoosting(
  fit: Matrix,
  validate: Matrix,
  given: BoostingSettings,
  seed: number,
  { report, signal }: LearnOptions,
  sizes = TREE_SIZES,
): Promise<BoostingChoice> {
  const isSized = given.leaves !== undefined || given.min_rows !== undefined
  let best: { settings: Settings; chosen: BoostingFit } | undefined
  let leastLoss = Number.POSITIVE_INFINITY
  for (const size of isSized ? [TABLE_SIZE] : sizes) {
    const settings = completeSettings(given, size)
    const chosen = await trainBoosting(
      fit,
      validate,
      trainerOptions(settings, fit.columns, seed),
      report,
      signal,
    )
    const loss = Math.min(...chosen.path.map((point) => point.validationLogLoss))
    if (best && loss >= leastLoss) continue
    best = { settings, chosen }
    leastLoss = loss
  }
  const { settings, chosen } = best!
  const parts = boostingParts(chosen)
  const path = listedPath(chosen)
  const withTrees = (trees: number): Chosen => ({
    learner: 'boosting',
    parts,
    async learn(rows, { describe = true, ...running }) {
      // At least one: an artifact has a tree, and calibration makes the best of it.
      const fixed = { ...trainerOptions(settings, rows.columns, seed), trees: Math.max(1, trees) }
      const learned = await trainBoosting(rows, null, fixed, running.report, running.signal)
      const learnedParts = boostingParts(learned)
      return {
        parts: learnedParts,
        report: {
          kind: 'boosting',
          ...sizeOf(learnedParts.trees),
          settings,
          path,
          importance: describe ? groupImportance(learnedParts, learned.gain, rows) : [],
        },
      }
    },
  })
  return { ...withTrees(chosen.bestTrees), trees: chosen.bestTrees, withTrees }
}

function completeSettings(given: BoostingSettings, size: TreeSize): Settings {
  return {
    rate: given.rate ?? DEFAULTS.rate,
    leaves: given.leaves ?? size.leaves,
    depth: given.depth ?? DEFAULTS.depth,
    min_rows: given.min_rows ?? size.min_rows,
    trees: given.trees ?? DEFAULTS.trees,
    column_share: DEFAULTS.column_share,
    monotone: given.monotone ?? {},
  }
}

const DIRECTIONS = { increasing: 1, decreasing: -1 } as const

function trainerOptions(
  settings: Settings,
  columns: readonly Column[],
  seed: number,
): Partial<BoostingOptions> {
  return {
    learningRate: settings.rate,
    maxLeaves: settings.leaves,
    maxDepth: settings.depth,
    minRows: settings.min_rows,
    trees: settings.trees,
    columnSample: settings.column_share,
    monotone: columns.map(({ name }) => {
      const direction = settings.monotone[name]
      return direction === undefined ? 0 : DIRECTIONS[direction]
    }),
    seed,
  }
}

function boostingParts({ baseScore, trees }: BoostingFit): Extract<ModelParts, { kind: 'boosting' }> {
  return { kind: 'boosting', base_score: baseScore, trees: treesToData(trees), rounding: 'none' }
}

/** Evenly spaced, with the first, the last and the best among them. */
function listedPath({ path, bestTrees }: BoostingFit): BoostingReport['path'] {
  const step = Math.max(1, Math.ceil(path.length / LISTED_POINTS))
  return path
    .filter(({ trees }, i) => i % step === 0 || trees === bestTrees || i === path.length - 1)
    .map((point) => ({
      trees: point.trees,
      fit_log_loss: point.fitLogLoss,
      validation_log_loss: point.validationLogLoss,
    }))
}

function sizeOf(
  trees: Extract<ModelParts, { kind: 'boosting' }>['trees'],
): Pick<BoostingReport, 'trees' | 'leaves' | 'depth'> {
  let leaves = 0
  let depth = 0
  for (const { left } of trees) {
    // Parents stand before their children.
    const depths = new Int32Array(left.length)
    for (const [node, child] of left.entries()) {
      if (child < 0) leaves++
      else depths.fill(depths[node]! + 1, child, child + 2)
    }
    depth = Math.max(depth, ...depths)
  }
  return { trees: trees.length, leaves, depth }
}
