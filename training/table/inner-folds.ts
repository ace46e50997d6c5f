/**
 * How to learn from the rows of a table, chosen by folds of these same rows: the figures of the outer fold have no say in it.
 * The strength of the penalty by the first inner fold; the number of trees is the mean over all of them; the learner by the log
 * loss of all rows, each told by a model that had not seen it.
 */
import { type BoostingChoice, chooseBoosting, TABLE_SIZES } from '../learners/boosting.ts'
import { decide, scoresOf } from '../learners/choose.ts'
import { compareLearners } from '../learners/compare.ts'
import type { AskedLearner, Chosen, LearnOptions, ModelParts } from '../learners/learner.ts'
import { chooseLogistic } from '../learners/logistic.ts'
import { type Matrix, selectRows } from '../matrix.ts'
import type { LearnerChoiceReport } from '../report/learned-report.ts'
import { TABLE_ENCODINGS } from './options.ts'
import { stratifiedFolds } from './parts.ts'

const INNER_FOLDS = 5

export interface InnerFoldsOptions extends Pick<LearnOptions, 'report' | 'signal'> {
  readonly learner: AskedLearner
  /** Of boosting. */
  readonly seed: number
  /** Of the folds. */
  readonly foldSeed: number
}

interface ChosenByFolds {
  readonly chosen: Chosen
  /** null where the learner was asked for. */
  readonly choice: LearnerChoiceReport | null
}

interface InnerFold {
  readonly fit: Matrix
  readonly validate: Matrix
  /** Where the validation rows stand in all rows. */
  readonly held: Int32Array
}

export async function chooseByInnerFolds(
  rows: Matrix,
  { learner, seed, foldSeed, ...running }: InnerFoldsOptions,
): Promise<ChosenByFolds> {
  const folds = innerFolds(rows, foldSeed)
  const first = folds[0]!
  if (learner === 'logistic')
    return { chosen: await chooseLogistic(first.fit, first.validate, running, TABLE_ENCODINGS), choice: null }
  const choices: BoostingChoice[] = []
  for (const { fit, validate } of folds)
    choices.push(await chooseBoosting(fit, validate, {}, seed, running, TABLE_SIZES))
  const trees = choices.reduce((sum, choice) => sum + choice.trees, 0) / INNER_FOLDS
  const boosting = choices[0]!.withTrees(Math.round(trees))
  if (learner === 'boosting') return { chosen: boosting, choice: null }
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
  return { chosen: choice.chosen === 'boosting' ? boosting : logistic, choice }
}

function innerFolds(rows: Matrix, seed: number): InnerFold[] {
  const folds = stratifiedFolds(rows.labels, rows.groups, INNER_FOLDS, seed)
  const indices = Int32Array.from(folds.keys())
  return Array.from({ length: INNER_FOLDS }, (_, fold) => {
    const held = indices.filter((i) => folds[i] === fold)
    const fitted = indices.filter((i) => folds[i] !== fold)
    return { fit: selectRows(rows, fitted), validate: selectRows(rows, held), held }
  })
}

/** Raw scores of all rows; `parts`: one model a fold. */
function outOfFold(rows: Matrix, folds: readonly InnerFold[], parts: readonly ModelParts[]): Float64Array {
  const scores = new Float64Array(rows.rowCount)
  for (const [k, { validate, held }] of folds.entries())
    for (const [i, score] of scoresOf(parts[k]!, validate).entries()) scores[held[i]!] = score
  return scores
}
