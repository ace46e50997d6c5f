/** Figures from folds: every row is predicted once, by a model that has seen neither it nor its group. */
import type { ReportProgress } from '../../src/glossary.ts'
import { auc } from '../../src/statistics/auc.ts'
import { baseRate, logLoss } from '../../src/statistics/proper-scores.ts'
import { trainNaiveBayes } from '../evaluate/naive-bayes.ts'
import { trainLogistic } from '../logistic/train.ts'
import { selectRows } from '../matrix.ts'
import { stratifiedFolds } from './parts.ts'
import { predictWith } from './predict-with.ts'
import type { TableData, TableEvaluation } from './table-data.ts'
import { buildMatrix, fitVocabulary } from './table-matrix.ts'

/** One fifth of the rows learned from chooses the strength; the model is then fitted to all of them. */
const INNER_FOLDS = 5

export function evaluateByFolds(data: TableData, foldCount: number, report: ReportProgress): TableEvaluation {
  const { rows, seed } = data
  const labels = rows.map((row) => data.labels[row]!)
  const groups = rows.map((row) => data.groups[row]!)
  const outcomes = Uint8Array.from(labels)
  const folds = stratifiedFolds(outcomes, groups, foldCount, seed)
  const predicted = new Float64Array(rows.length)
  const naiveBayes = new Float64Array(rows.length)
  const baseRates = new Float64Array(rows.length)
  const aucByFold: number[] = []
  for (let fold = 0; fold < foldCount; fold++) {
    report('learning by folds', fold, foldCount)
    const inFold = Int32Array.from(folds.keys()).filter((i) => folds[i] === fold)
    const learned = rows.filter((_, i) => folds[i] !== fold)
    const { vocabulary, fit, model } = learn(data, learned, seed + 1 + fold, false)
    const test = buildMatrix(
      data.columns,
      vocabulary,
      inFold.map((i) => rows[i]!),
      data.labels,
      data.groups,
    )
    const { probabilities } = predictWith(model, test)
    const bayes = trainNaiveBayes(fit)
    const rate = baseRate(fit.labels)
    for (const [k, i] of inFold.entries()) {
      predicted[i] = probabilities[k]!
      naiveBayes[i] = bayes.probability(test.data, k * test.columns.length)
      baseRates[i] = rate
    }
    aucByFold.push(auc(probabilities, test.labels))
  }
  report('learning by folds', foldCount, foldCount)
  return {
    method: {
      method: 'folds',
      folds: foldCount,
      seed,
      figures: 'of all rows together, each predicted by the model that had not seen it',
      auc_by_fold: aucByFold,
    },
    predictions: { probabilities: predicted, labels: outcomes, groups },
    baseline: {
      log_loss: logLoss(baseRates, outcomes),
      naive_bayes: { auc: auc(naiveBayes, outcomes), log_loss: logLoss(naiveBayes, outcomes) },
    },
    model: learn(data, rows, seed, true).model,
    notices: [
      'Folds mix the times. Where the world changes, a split in order of time (--time, no --folds) is the harder and truer test.',
    ],
  }
}

/** Chooses the strength on a fifth of these rows, then fits to all of them. */
function learn(data: TableData, learned: Int32Array, seed: number, describe: boolean) {
  const vocabulary = fitVocabulary(data.columns, learned)
  const fit = buildMatrix(data.columns, vocabulary, learned, data.labels, data.groups)
  const inner = stratifiedFolds(fit.labels, fit.groups, INNER_FOLDS, seed)
  const indices = Int32Array.from(inner.keys())
  const { strength } = trainLogistic(
    selectRows(
      fit,
      indices.filter((i) => inner[i] !== 0),
    ),
    selectRows(
      fit,
      indices.filter((i) => inner[i] === 0),
    ),
    { describe: false },
  )
  return {
    vocabulary,
    fit,
    model: trainLogistic(fit, selectRows(fit, []), { strengths: [strength], describe }),
  }
}
