/** Figures from folds: every row is predicted once, by a model that has seen neither it nor its group. */
import type { ReportProgress } from '../../src/glossary.ts'
import { auc } from '../../src/statistics/auc.ts'
import { baseRate, logLoss } from '../../src/statistics/proper-scores.ts'
import { describeEffects } from '../effects/describe-effects.ts'
import { trainNaiveBayes } from '../evaluate/naive-bayes.ts'
import type { LearnerName, LearnOptions } from '../learners/learner.ts'
import { predictorOf } from '../learners/predictor.ts'
import type { SearchReport } from '../report/search-report.ts'
import { type SearchLimits, shareTime } from '../search/stop.ts'
import { chooseByInnerFolds } from './inner-folds.ts'
import { stratifiedFolds } from './parts.ts'
import { predictWith } from './predict-with.ts'
import type { Running, TableData, TableEvaluation } from './table-data.ts'
import { buildMatrix, fitVocabulary } from './table-matrix.ts'

/** With a search, each fold searches in what it learns from, and the model of all rows in all: no row is judged by settings that it helped to find. */
export async function evaluateByFolds(
  data: TableData,
  foldCount: number,
  { search, ...running }: Running,
): Promise<TableEvaluation> {
  if (!search) return evaluate(data, foldCount, running)
  return search.endEarly((ended) =>
    evaluate(data, foldCount, running, shareTime(search, foldCount + 1, ended)),
  )
}

/** @param limits Of the next search. */
async function evaluate(
  data: TableData,
  foldCount: number,
  { report, ...running }: Omit<Running, 'search'>,
  limits?: () => SearchLimits,
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
  const searchByFold: SearchReport[] = []
  const ofFold =
    (fold: number): ReportProgress =>
    (step, done, total) =>
      report(`fold ${fold + 1} of ${foldCount}: ${step}`, done, total)
  for (let fold = 0; fold < foldCount; fold++) {
    report('learning by folds', fold, foldCount)
    const inFold = Int32Array.from(folds.keys()).filter((i) => folds[i] === fold)
    const learned = rows.filter((_, i) => folds[i] !== fold)
    const { vocabulary, fit, parts, searched } = await learn(data, learned, seed + 1 + fold, {
      describe: false,
      ...running,
      ...(limits ? { search: { ...limits(), report: ofFold(fold) } } : {}),
    })
    if (searched) searchByFold.push(searched)
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
  const all = await learn(data, rows, seed, {
    report,
    ...running,
    ...(limits ? { search: { ...limits(), report } } : {}),
  })
  return {
    method: {
      method: 'folds',
      folds: foldCount,
      seed,
      figures: 'of all rows together, each predicted by the model that had not seen it',
      auc_by_fold: aucByFold,
      learner_by_fold: learnerByFold,
      ...(limits ? { search_by_fold: searchByFold } : {}),
    },
    predictions: { probabilities: predicted, labels: outcomes, groups },
    baseline: {
      log_loss: logLoss(baseRates, outcomes),
      naive_bayes: { auc: auc(naiveBayes, outcomes), log_loss: logLoss(naiveBayes, outcomes) },
    },
    model: all.report,
    effects: describeEffects(predictorOf(all.parts, all.fit.columns), all.fit, all.gain),
    choice: all.choice,
    searched: all.searched,
    notices: [
      'Folds mix the times. Where the world changes, a split in order of time (--time, no --folds) is the harder and truer test.',
    ],
  }
}

async function learn(
  data: TableData,
  learned: Int32Array,
  foldSeed: number,
  options: LearnOptions & { readonly search?: SearchLimits },
) {
  const vocabulary = fitVocabulary(data.columns, learned)
  const fit = buildMatrix(data.columns, vocabulary, learned, data.labels, data.groups)
  const { learner, seed } = data
  const { chosen, choice, searched } = await chooseByInnerFolds(fit, { learner, seed, foldSeed, ...options })
  const { parts, report, gain } = await chosen.learn(fit, options)
  return { vocabulary, fit, parts, report, gain, choice, searched }
}
