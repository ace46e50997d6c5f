/**
 * Which learner, and how it learns (the strength of a penalty, the number of trees), is chosen on the validation part, by models that
 * learned from the fit part. With that choice a model is fitted on everything that was known when the calibration part begins, and
 * calibrated there. What is kept is fitted in the same way on everything that was known when the test part begins, calibrated like the
 * one before it: each step knows only what came before it. Only how long and how much events count, two numbers for each type, is learned once for both.
 */
import type { Definition } from '../src/features/definition.ts'
import type { LearnedBeside } from './baselines.ts'
import { calibrateModel } from './calibration/calibrate-model.ts'
import type { CalibrationFit } from './calibration/choose.ts'
import { keepLevel } from './calibration/keep-level.ts'
import { chooseLearner, type LearnerChoice } from './learners/choose.ts'
import type { Chosen, Learned, LearnOptions } from './learners/learner.ts'
import { type Matrix, selectRows } from './matrix.ts'
import type { PreparedMatrices, PreparedRows } from './prepare-rows.ts'
import type { SearchReport } from './report/search-report.ts'
import type { Row } from './rows.ts'
import { searchDefinition } from './search/search-in-time.ts'
import type { SearchRequest } from './search/stop.ts'
import type { Stages } from './stages.ts'

export interface LearnedModel {
  /** With the settings that were found, where they were searched for. */
  readonly definition: Definition
  readonly searched: SearchReport | null
  readonly choice: LearnerChoice
  /** What is kept. */
  readonly learned: Learned
  readonly calibrated: CalibrationFit
  /** The learner that was not chosen, learned and calibrated like the one that was. */
  readonly beside: LearnedBeside | null
}

export interface LearningOptions extends Omit<LearnOptions, 'describe'> {
  /** Settings of boosting are searched for, and what is found takes the place of the definition's. */
  readonly search?: SearchRequest
}

export async function learnModel(
  { definition: asked, learning, parts, rows }: PreparedRows,
  options: LearningOptions,
  stages: Stages,
): Promise<LearnedModel> {
  await stages.begin('choosing how to learn')
  const { definition, searched } = await searchDefinition(asked, rows.learning, learning, options)
  const choice = await chooseLearner(
    { learner: definition.learner, boosting: definition.boosting ?? {}, seed: definition.seed },
    subsetOf(rows.learning, learning, parts.fit),
    subsetOf(rows.learning, learning, parts.validate),
    options,
  )
  await stages.begin('learning')
  const rehearsed = await choice.chosen.learn(rows.learning, { ...options, describe: false })
  const rehearsedFit = calibrateModel(rehearsed.parts, rows.calibrate, definition.seed)
  const learned = await choice.chosen.learn(rows.known, options)
  const calibrated = keepLevel(rehearsedFit, learned.parts, rows.calibrate)
  const beside = choice.beside ? await learnBeside(choice.beside, rows, options) : null
  return { definition, searched, choice, learned, calibrated, beside }
}

async function learnBeside(
  beside: Chosen,
  rows: Pick<PreparedMatrices, 'learning' | 'known'>,
  options: LearnOptions,
): Promise<LearnedBeside> {
  const running = { ...options, describe: false }
  const rehearsed = await beside.learn(rows.learning, running)
  const learned = await beside.learn(rows.known, running)
  return { rehearsed: rehearsed.parts, parts: learned.parts }
}

/** The rows of a part out of the rows that hold it. */
function subsetOf(matrix: Matrix, rows: readonly Row[], part: readonly Row[]): Matrix {
  const wanted = new Set(part)
  return selectRows(
    matrix,
    rows.flatMap((row, index) => (wanted.has(row) ? [index] : [])),
  )
}
