/** Figures from folds: every row is predicted once, by a model that has seen neither it nor its group. */
import { auc } from '../../src/statistics/auc.ts'
import { baseRate, logLoss } from '../../src/statistics/proper-scores.ts'
import { trainNaiveBayes } from '../evaluate/naive-bayes.ts'
import type { LearnerName, LearnOptions } from '../learners/learner.ts'
import { chooseByInnerFolds } from './inner-folds.ts'
import { stratifiedFolds } from './parts.ts'
import { predictWith } from './predict-with.ts'
import type { Running, TableData, TableEvaluation } from './table-data.ts'
import { buildMatrix, fitVocabulary } from './table-matrix.ts'

export async function evaluateByFolds(
  data: TableData,
  foldCount: number,
  { report, signal }: Running,
): Promise<TableEvaluation> {
  const { rows, seed } = data
  const labels = rows.map((row) => data.labels[row]!)
  const groups = rows.map((row) => data.groups[row]!)
  const outcomes = Uint8Array.from(labels)
  const folds = stratifiedFolds(outcomes, groups, foldCount, seed)
  const predicted = new Float64Array(rows.length)
  const naiveBayes = new Float64Array(rows.length)
  const baseRates = new Float64Array(rows.length)
  const aucByFold: number[] = []
  const learnerByFold: LearnerName[] = []
  const stop = signal ? { signal } : {}
  for (let fold = 0; fold < foldCount; fold++) {
    report('learning by folds', fold, foldCount)
    const inFold = Int32Array.from(folds.keys()).filter((i) => folds[i] === fold)
    const learned = rows.filter((_, i) => folds[i] !== fold)
    const { vocabulary, fit, parts } = await learn(data, learned, seed + 1 + fold, {
      describe: false,
      ...stop,
    })
    const test = buildMatrix(
      data.columns,
      vocabulary,
      inFold.map((i) => rows[i]!),
      data.labels,
      data.groups,
    )
    const { probabilities } = predictWith(parts, test)
    const bayes = trainNaiveBayes(fit)
    const rate = baseRate(fit.labels)
    for (const [k, i] of inFold.entries()) {
      predicted[i] = probabilities[k]!
      naiveBayes[i] = bayes.probability(test.data, k * test.columns.length)
      baseRates[i] = rate
    }
    aucByFold.push(auc(probabilities, test.labels))
    learnerByFold.push(parts.kind)
  }
  report('learning by folds', foldCount, foldCount)
  const all = await learn(data, rows, seed, { report, ...stop })
  return {
    method: {
      method: 'folds',
      folds: foldCount,
      seed,
      figures: 'of all rows together, each predicted by the model that had not seen it',
      auc_by_fold: aucByFold,
      learner_by_fold: learnerByFold,
    },
    predictions: { probabilities: predicted, labels: outcomes, groups },
    baseline: {
      log_loss: logLoss(baseRates, outcomes),
      naive_bayes: { auc: auc(naiveBayes, outcomes), log_loss: logLoss(naiveBayes, outcomes) },
    },
    model: all.report,
    choice: all.choice,
    notices: [
      'Folds mix the times. Where the world changes, a split in order of time (--time, no --folds) is the harder and truer test.',
    ],
  }
}

async function learn(data: TableData, learned: Int32Array, foldSeed: number, options: LearnOptions) {
  const vocabulary = fitVocabulary(data.columns, learned)
  const fit = buildMatrix(data.columns, vocabulary, learned, data.labels, data.groups)
  const { learner, seed } = data
  const { chosen, choice } = await chooseByInnerFolds(fit, { learner, seed, foldSeed, ...options })
  const { parts, report } = await chosen.learn(fit, options)
  return { vocabulary, fit, parts, report, choice }
}
