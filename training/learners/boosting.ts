/**
 * Boosting as a learner: how many trees, and of which size where the definition does not say, is what does best on the validation
 * part, having learned from the fit part. The other settings are the definition's, or defaults that did well without any search.
 */
import type { BoostingSettings } from '../../src/features/boosting-settings.ts'
import { treesToData } from '../../src/model/tree-data.ts'
import { type BoostingFit, trainBoosting } from '../boosting/boosting.ts'
import type { Matrix } from '../matrix.ts'
import type { BoostingReport } from '../report/learned-report.ts'
import { type CompleteSettings, completeSettings, HISTORY_SIZES, trainerOptions } from './boosting-options.ts'
import type { Chosen, LearnOptions, ModelParts } from './learner.ts'

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
  { report, signal, threads }: LearnOptions,
  sizes = HISTORY_SIZES,
): Promise<BoostingChoice> {
  let best: { settings: CompleteSettings; chosen: BoostingFit } | undefined
  let leastLoss = Number.POSITIVE_INFINITY
  for (const settings of completeSettings(given, sizes)) {
    const options = trainerOptions(settings, fit.columns, seed, threads)
    const chosen = await trainBoosting(fit, validate, options, report, signal)
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
    async learn(rows, running) {
      // At least one: an artifact has a tree, and calibration makes the best of it.
      const fixed = {
        ...trainerOptions(settings, rows.columns, seed, running.threads),
        trees: Math.max(1, trees),
      }
      const learned = await trainBoosting(rows, null, fixed, running.report, running.signal)
      const learnedParts = boostingParts(learned)
      return {
        parts: learnedParts,
        report: {
          kind: 'boosting',
          ...sizeOf(learnedParts.trees),
          settings,
          path,
        },
        gain: learned.gain,
      }
    },
  })
  return { ...withTrees(chosen.bestTrees), trees: chosen.bestTrees, withTrees }
}

export function boostingParts({ baseScore, trees }: BoostingFit): Extract<ModelParts, { kind: 'boosting' }> {
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
