/** Prediction of trees: `rawScore = base score + sum of the leaves that the row reaches`, then the calibration. */
import type { BoostingArtifact, ImportedArtifact } from './artifact.ts'
import { createCalibrator } from './calibration.ts'
import { createIntervalOf } from './interval.ts'
import { clampProbability, sigmoid } from './link.ts'
import type { Predictor } from './predict.ts'
import { type LowestLeaves, lowestLeaves } from './tree-bounds.ts'
import { treesFromData } from './tree-data.ts'
import { rowPreparer } from './tree-rows.ts'
import { type AddShap, createTreeShap } from './tree-shap/quadrature.ts'
import { BLOCK, referenceWalker, walkTable } from './tree-walk.ts'
import type { Trees } from './trees.ts'
import { wasmWalker } from './wasm-walker.ts'

/** From so many nodes on kernels in WebAssembly are worth starting: below, the reference takes microseconds. */
const LEAST_NODES_FOR_WASM = 500

export function createBoostingPredictor(artifact: BoostingArtifact | ImportedArtifact): Predictor {
  const { base_score: baseScore, columns } = artifact
  const { slope, logOdds } = createCalibrator(artifact.calibration)
  const trees = treesFromData(artifact.trees)
  const table = walkTable(trees)
  const prepare = rowPreparer(columns, artifact.rounding)
  const width = 2 * columns.length
  const isLarge = trees.column.length >= LEAST_NODES_FOR_WASM
  const walker = (isLarge ? wasmWalker(table, width) : null) ?? referenceWalker(table, width)
  const prepared = new Float64Array(width)
  // Made for the first row that is explained: most programs only score.
  let addShap: AddShap | undefined
  // As is this: few rows are asked how low they can get.
  let lowest: LowestLeaves | undefined
  return {
    artifact,
    base: logOdds(baseScore + sumOfMeans(trees)),
    rawScore(row, offset = 0) {
      prepare(row, offset, walker.rows, 0)
      return baseScore + walker.sumOfLeaves()
    },
    lowestRawScore(from, to) {
      lowest ??= lowestLeaves(trees, table, columns, artifact.rounding)
      return baseScore + lowest(from, to)
    },
    rawScores(rows, out) {
      for (let first = 0; first < out.length; first += BLOCK) {
        const count = Math.min(BLOCK, out.length - first)
        for (let i = 0; i < count; i++)
          prepare(rows, (first + i) * columns.length, walker.rows, i * walker.stride)
        walker.sumsOfLeaves(count, out, first)
      }
      // Last, so that every row is summed in the order of rawScore.
      for (let i = 0; i < out.length; i++) out[i] = baseScore + out[i]!
    },
    contributions(row, offset, out) {
      prepare(row, offset, prepared, 0)
      out.fill(0, 0, columns.length)
      addShap ??= createTreeShap(trees, table, columns.length)
      addShap(prepared, out)
      for (let c = 0; c < columns.length; c++) out[c] = slope * out[c]!
    },
    probability: (rawScore) => clampProbability(sigmoid(logOdds(rawScore))),
    interval: createIntervalOf(artifact.intervals),
  }
}

/** Sum over the trees of the mean of their leaves, weighted with cover: what the trees say of a row of which nothing is known. */
function sumOfMeans({ roots, column, left, cover, value }: Trees): number {
  let sum = 0
  for (const root of roots) {
    const open = [{ node: root, share: 1 }]
    for (let next = open.pop(); next; next = open.pop()) {
      const { node, share } = next
      if (column[node]! < 0) {
        sum += share * value[node]!
        continue
      }
      for (const child of [left[node]!, left[node]! + 1])
        open.push({ node: child, share: (share * cover[child]!) / cover[node]! })
    }
  }
  return sum
}
