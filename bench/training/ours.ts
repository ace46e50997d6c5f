/** Our side of the training part: a process that keeps a table in memory and trains on it as often as it is asked. */
import { readFileSync, writeFileSync } from 'node:fs'
import { createPredictor } from '../../src/model/predict.ts'
import { treesToData } from '../../src/model/tree-data.ts'
import { type BoostingFit, trainBoosting } from '../../training/boosting/boosting.ts'
import type { Matrix } from '../../training/matrix.ts'
import { answer } from '../answer.ts'
import { benchArtifact, benchColumns } from '../columns.ts'
import { readValues, type TableFile } from '../data/files.ts'
import type { SETTINGS } from './cases.ts'

let matrix: Matrix | undefined
let fit: BoostingFit | undefined

await answer({
  load({ table }: { table: TableFile }) {
    matrix = {
      columns: benchColumns(table.categories),
      rowCount: table.rows,
      data: readValues(table),
      labels: new Uint8Array(readFileSync(table.labels)),
      groups: Int32Array.from({ length: table.rows }, (_, row) => row),
    }
  },

  async train({ settings, threads }: { settings: typeof SETTINGS; threads: number }) {
    const started = performance.now()
    fit = await trainBoosting(matrix!, null, {
      trees: settings.trees,
      learningRate: settings.learning_rate,
      maxLeaves: settings.max_leaves,
      maxDepth: settings.max_depth,
      maxBins: settings.max_bins,
      minRows: settings.min_rows,
      minHessian: settings.min_hessian,
      l2: settings.l2,
      rowSample: 1,
      columnSample: 1,
      threads,
    })
    return (performance.now() - started) / 1000
  },

  /** Megabytes of memory that were resident at most so far. */
  peakMemory: () => process.resourceUsage().maxRSS / 1024,

  /** Writes the raw scores of a table's rows, as float64. */
  predict({ table, out }: { table: TableFile; out: string }) {
    const artifact = benchArtifact(matrix!.columns, fit!.baseScore, treesToData(fit!.trees))
    const scores = new Float64Array(table.rows)
    createPredictor(artifact).rawScores(readValues(table), scores)
    writeFileSync(out, scores)
  },
})
