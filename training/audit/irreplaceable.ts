/**
 * Columns without which a model falls apart. Honest columns overlap with others, or add little each; one that knows the outcome
 * adds more than all others can make good.
 */

import { sigmoid } from '../../src/model/link.ts'
import { logLossSkill } from '../../src/statistics/proper-scores.ts'
import { scoresOf } from '../learners/choose.ts'
import { logisticParts } from '../learners/logistic.ts'
import { trainLogistic } from '../logistic/train.ts'
import { type Matrix, selectRows } from '../matrix.ts'
import type { AuditUnit } from './accuse.ts'
import type { AuditedRows } from './alone.ts'

export interface Loss {
  readonly unit: AuditUnit
  /** Skill of the model of all units, minus its skill without this one. */
  readonly skillLost: number
  readonly skill: number
}

/** The skill (share of the base rate's log loss that is explained) falls by this or more. */
const IRREPLACEABLE_SKILL = 0.15
/** Whatever a model cannot do without ranks by itself; each candidate costs a model. */
const CANDIDATE_AUC = 0.75
const CANDIDATES = 4
/**
 * Beside noise, whatever is honest is missed: others have to explain so much without it, or it has to rank better by itself than
 * honest columns do.
 */
const OTHERS_SKILL = 0.05
const HONEST_AUC = 0.8
const STRENGTH = 10

/**
 * The unit that is missed most, of those that rank by themselves; null where none is missed so much. Judged by logistic models
 * of half of the rows, on the other half, whose standard error is about 0.02 with 12,000 rows.
 */
export function findIrreplaceable(
  rows: AuditedRows,
  units: readonly { readonly unit: AuditUnit; readonly auc: number }[],
): Loss | null {
  const candidates = units
    .filter(({ auc }) => auc >= CANDIDATE_AUC)
    .sort((a, b) => b.auc - a.auc)
    .slice(0, CANDIDATES)
  if (candidates.length === 0 || units.length < 2) return null
  const skillOf = skillOnHalves(rows)
  const columnsWithout = (left: AuditUnit | null): number[] =>
    units.flatMap(({ unit }) => (unit === left ? [] : unit.columns))
  const skill = skillOf(columnsWithout(null))
  const losses = candidates.flatMap(({ unit, auc }): Loss[] => {
    const others = skillOf(columnsWithout(unit))
    const isMissed = skill - others >= IRREPLACEABLE_SKILL
    return isMissed && (others >= OTHERS_SKILL || auc > HONEST_AUC)
      ? [{ unit, skill, skillLost: skill - others }]
      : []
  })
  return losses.toSorted((a, b) => b.skillLost - a.skillLost)[0] ?? null
}

/** Even folds learn, odd ones judge: no group is on both sides. */
function skillOnHalves({ matrix, folds }: AuditedRows): (columns: readonly number[]) => number {
  const rowsOf = (side: number): number[] =>
    [...folds.keys()].filter((row) => Number(folds[row]! % 2 === 0) === side)
  const [judged, learned] = [selectRows(matrix, rowsOf(0)), selectRows(matrix, rowsOf(1))]
  return (columns) => {
    const fit = pickColumns(learned, columns)
    const test = pickColumns(judged, columns)
    const model = trainLogistic(fit, selectRows(fit, []), { strengths: [STRENGTH], describe: false })
    return logLossSkill(scoresOf(logisticParts(model), test).map(sigmoid), test.labels)
  }
}

function pickColumns(matrix: Matrix, columns: readonly number[]): Matrix {
  const { rowCount, data } = matrix
  const width = columns.length
  const picked = new Float64Array(rowCount * width)
  for (let row = 0; row < rowCount; row++)
    for (const [place, column] of columns.entries())
      picked[row * width + place] = data[row * matrix.columns.length + column]!
  return { ...matrix, columns: columns.map((column) => matrix.columns[column]!), data: picked }
}
