/** How near a model comes to the truth of the simulator: AUC of its probabilities beside that of the true ones, on the same rows. */
import type pg from 'pg'
import type { Milliseconds } from '../src/glossary.ts'
import { prepareAuc } from '../src/statistics/auc.ts'
import { bootstrapInterval } from '../src/statistics/bootstrap.ts'
import { trueProbabilities } from './truth.ts'

/** A prediction with its outcome; rows of one account have the same group. */
export interface PredictedRow {
  readonly leadId: string
  readonly group: number
  readonly asOf: Milliseconds
  readonly label: 0 | 1
  readonly probability: number
}

export interface TruthMeasure {
  readonly rows: number
  readonly aucModel: number
  /** The best that any model can be expected to reach: what is left is luck. */
  readonly aucTruth: number
  /** AUC of the truth minus that of the model. */
  readonly gap: number
  /** 95 %, bootstrap of accounts; null with a single account. */
  readonly gapInterval: readonly [number, number] | null
}

/** Throws `internal` where the simulator knows no probability for a row. `nextInteger(bound)` draws from [0, bound). */
export async function measureTruth(
  pool: pg.Pool,
  rows: readonly PredictedRow[],
  horizonDays: number,
  nextInteger: (bound: number) => number,
): Promise<TruthMeasure> {
  const truth = await trueProbabilities(pool, rows, horizonDays)
  const labels = Uint8Array.from(rows, (row) => row.label)
  const groups = Int32Array.from(rows, (row) => row.group)
  const modelAuc = prepareAuc(
    Float64Array.from(rows, (row) => row.probability),
    labels,
  )
  const truthAuc = prepareAuc(truth, labels)
  const gap = (weights?: Float64Array): number => truthAuc(weights) - modelAuc(weights)
  return {
    rows: rows.length,
    aucModel: modelAuc(),
    aucTruth: truthAuc(),
    gap: gap(),
    gapInterval: bootstrapInterval(gap, groups, { nextInteger }),
  }
}
