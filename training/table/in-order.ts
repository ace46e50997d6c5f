/**
 * Figures from the last fifth of the rows in order of time or file: learned from the past, judged on what came
 * after.
 */
import { auc } from '../../src/statistics/auc.ts'
import { baseRate, logLoss } from '../../src/statistics/proper-scores.ts'
import { calibrateModel } from '../calibration/calibrate-model.ts'
import { describeEffects } from '../effects/describe-effects.ts'
import { trainNaiveBayes } from '../evaluate/naive-bayes.ts'
import { chooseLearner } from '../learners/choose.ts'
import { predictorOf } from '../learners/predictor.ts'
import { countPositives, type Matrix } from '../matrix.ts'
import { searchInTime } from '../search/search-in-time.ts'
import { TABLE_ENCODINGS } from './options.ts'
import { orderedParts, type Part } from './parts.ts'
import { predictWith } from './predict-with.ts'
import type { Running, TableData, TableEvaluation } from './table-data.ts'
import { buildMatrix, fitVocabulary, type TableVocabulary } from './table-matrix.ts'

/**
 * @param times By index in the file; absent: file order. Throws `too_little_data` when the fit part has one
 *   outcome only.
 */
export async function evaluateInOrder(
  data: TableData,
  times: Float64Array | undefined,
  running: Running,
): Promise<TableEvaluation> {
  const { rows } = data
  const split = orderedParts(
    rows.map((row) => data.groups[row]!),
    times && Float64Array.from(rows, (row) => times[row]!),
  )
  const rowsOf = (part: Part): Int32Array => split.rows[part].map((i) => rows[i]!)
  const vocabulary = fitVocabulary(data.columns, rowsOf('fit'))
  const matrixOf = (part: Part): Matrix =>
    buildMatrix(data.columns, vocabulary, rowsOf(part), data.labels, data.groups)
  const [fit, validate, calibrate, test] = [
    matrixOf('fit'),
    matrixOf('validate'),
    matrixOf('calibrate'),
    matrixOf('test'),
  ]
  const { learner, seed } = data
  const known = Int32Array.from([...rowsOf('fit'), ...rowsOf('validate')])
  const found = running.search ? await searchInOrder(data, vocabulary, known, running) : null
  const asked = { learner, boosting: found?.settings ?? {}, seed, encodings: TABLE_ENCODINGS }
  const choice = await chooseLearner(asked, fit, validate, running)
  const { parts, report: model, gain } = await choice.chosen.learn(fit, running)
  const { calibration, identity_because, report: chosen } = calibrateModel(parts, calibrate, seed)
  const { probabilities } = predictWith(parts, test, calibration)
  const bayes = trainNaiveBayes(fit)
  const naiveBayes = probabilities.map((_, i) => bayes.probability(test.data, i * test.columns.length))
  const describe = ({ rowCount, labels }: Matrix) => ({ rows: rowCount, positives: countPositives(labels) })
  const oneClass = auc(probabilities, test.labels)
  return {
    method: {
      method: 'order',
      by: times ? 'time' : 'file',
      figures: 'of the test part: the last fifth of the rows',
      parts: {
        fit: describe(fit),
        validate: describe(validate),
        calibrate: describe(calibrate),
        test: describe(test),
      },
      calibration: { ...calibration, identity_because, choice: chosen },
    },
    predictions: { probabilities, labels: test.labels, groups: test.groups },
    baseline: {
      log_loss: logLoss(new Float64Array(test.rowCount).fill(baseRate(fit.labels)), test.labels),
      naive_bayes: {
        auc: Number.isNaN(oneClass) ? null : auc(naiveBayes, test.labels),
        log_loss: logLoss(naiveBayes, test.labels),
      },
    },
    model,
    effects: describeEffects(predictorOf(parts, fit.columns, calibration), fit, gain),
    choice: choice.report,
    searched: found?.report ?? null,
    notices: [
      ...strangeColumns(fit, test),
      ...(times
        ? []
        : [
            'The rows were taken to stand in order of time, as the file has them; --time names a column that says so, --folds mixes them.',
          ]),
      ...(split.leftOut > 0
        ? [`${split.leftOut} rows were left out: an earlier part has rows of the same id.`]
        : []),
    ],
  }
}

/** @param known Rows in order. Places stand for times: a table tells the outcome with the row. */
function searchInOrder(data: TableData, vocabulary: TableVocabulary, known: Int32Array, running: Running) {
  const { columns, labels, groups, seed } = data
  const rows = buildMatrix(columns, vocabulary, known, labels, groups)
  const timed = Array.from(known, (row, place) => ({
    asOf: place,
    labelKnownAt: place,
    group: groups[row]!,
    label: labels[row]!,
  }))
  return searchInTime({ rows, timed, given: {}, seed }, running)
}

/** Where more than this share of the test rows lies outside what was learned from, the model guesses. */
const STRANGE_SHARE = 0.5

/** Columns of numbers whose test rows lie beyond the range of the fit rows, in words. */
function strangeColumns(fit: Matrix, test: Matrix): string[] {
  const width = fit.columns.length
  return fit.columns.flatMap((column, c) => {
    if (column.kind !== 'number') return []
    let low = Number.POSITIVE_INFINITY
    let high = Number.NEGATIVE_INFINITY
    for (let i = 0; i < fit.rowCount; i++) {
      const value = fit.data[i * width + c]!
      if (value < low) low = value
      if (value > high) high = value
    }
    let strange = 0
    for (let i = 0; i < test.rowCount; i++) {
      const value = test.data[i * width + c]!
      if (value < low || value > high) strange++
    }
    const share = strange / test.rowCount
    if (!(share > STRANGE_SHARE)) return []
    return [
      `"${column.name}": ${Math.round(100 * share)} % of the test rows lie outside ${low} .. ${high}, the range learned from. The world has changed; expect little of figures in order.`,
    ]
  })
}
