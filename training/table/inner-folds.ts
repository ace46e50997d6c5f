/**
 * How to learn from the rows of a table, chosen by folds of these same rows: the figures of the outer fold have no say in it.
 * The strength of the penalty by the first inner fold; the number of trees is the mean over all of them; the learner by the log
 * loss of all rows, each told by a model that had not seen it.
 */
import { type BoostingChoice, chooseBoosting } from '../learners/boosting.ts'
import { TABLE_SIZES } from '../learners/boosting-options.ts'
import { decide, scoresOf } from '../learners/choose.ts'
import { compareLearners } from '../learners/compare.ts'
import type { AskedLearner, Chosen, LearnOptions, ModelParts } from '../learners/learner.ts'
import { chooseLogistic } from '../learners/logistic.ts'
import { type Matrix, selectRows } from '../matrix.ts'
import type { LearnerChoiceReport } from '../report/learned-report.ts'
import type { SearchReport } from '../report/search-report.ts'
import { searchBoosting } from '../search/search-boosting.ts'
import type { SearchLimits } from '../search/stop.ts'
import type { Fold } from '../search/time-folds.ts'
import { TABLE_ENCODINGS } from './options.ts'
import { stratifiedFolds } from './parts.ts'

const INNER_FOLDS = 5

export interface InnerFoldsOptions extends Omit<LearnOptions, 'describe'> {
  readonly learner: AskedLearner
  /** Of boosting. */
  readonly seed: number
  /** Of the folds. */
  readonly foldSeed: number
  /** Settings of boosting are searched for on the same folds; absent: the defaults. */
  readonly search?: SearchLimits
}

interface ChosenByFolds {
  readonly chosen: Chosen
  /** null where the learner was asked for. */
  readonly choice: LearnerChoiceReport | null
  /** null where no search was asked for. */
  readonly searched: SearchReport | null
}

interface InnerFold {
  readonly fit: Matrix
  readonly validate: Matrix
  /** Where the rows stand in all rows: validation rows are the judged ones. */
  readonly places: Fold
}

export async function chooseByInnerFolds(
  rows: Matrix,
  { learner, seed, foldSeed, search, ...running }: InnerFoldsOptions,
): Promise<ChosenByFolds> {
  const folds = innerFolds(rows, foldSeed)
  const first = folds[0]!
  if (learner === 'logistic') {
    const chosen = await chooseLogistic(first.fit, first.validate, running, TABLE_ENCODINGS)
    return { chosen, choice: null, searched: null }
  }
  const places = folds.map((fold) => fold.places)
  const task = { rows, folds: places, order: 'mixed', given: {}, sizes: TABLE_SIZES, seed } as const
  const found = search ? await searchBoosting(task, search, running) : null
  const searched = found?.report ?? null
  const choices: BoostingChoice[] = []
  for (const { fit, validate } of folds)
    choices.push(await chooseBoosting(fit, validate, found?.settings ?? {}, seed, running, TABLE_SIZES))
  const trees = choices.reduce((sum, choice) => sum + choice.trees, 0) / INNER_FOLDS
  const boosting = choices[0]!.withTrees(Math.round(trees))
  if (learner === 'boosting') return { chosen: boosting, choice: null, searched }
  const logistic = await chooseLogistic(first.fit, first.validate, running, TABLE_ENCODINGS)
  const logisticParts: ModelParts[] = [logistic.parts]
  for (const { fit } of folds.slice(1))
    logisticParts.push((await logistic.learn(fit, { ...running, describe: false })).parts)
  const compared = compareLearners({
    logistic: outOfFold(rows, folds, logisticParts),
    boosting: outOfFold(
      rows,
      folds,
      choices.map(({ parts }) => parts),
    ),
    labels: rows.labels,
    groups: rows.groups,
  })
  const choice = decide(learner, compared, 'inner folds')
  return { chosen: choice.chosen === 'boosting' ? boosting : logistic, choice, searched }
}

function innerFolds(rows: Matrix, seed: number): InnerFold[] {
  const folds = stratifiedFolds(rows.labels, rows.groups, INNER_FOLDS, seed)
  const indices = Int32Array.from(folds.keys())
  return Array.from({ length: INNER_FOLDS }, (_, fold) => {
    const held = indices.filter((i) => folds[i] === fold)
    const fitted = indices.filter((i) => folds[i] !== fold)
    return {
      fit: selectRows(rows, fitted),
      validate: selectRows(rows, held),
      places: { fit: fitted, judged: held },
    }
  })
}

/** Raw scores of all rows; `parts`: one model a fold. */
function outOfFold(rows: Matrix, folds: readonly InnerFold[], parts: readonly ModelParts[]): Float64Array {
  const scores = new Float64Array(rows.rowCount)
  for (const [k, { validate, places }] of folds.entries())
    for (const [i, score] of scoresOf(parts[k]!, validate).entries()) scores[places.judged[i]!] = score
  return scores
}
