/** Raw scores of rows by what `Trees` promises, on raw values: knows nothing of bins. */
import { inCategorySet } from '../../../src/model/trees.ts'
import type { BoostingFit } from '../../../training/boosting/boosting.ts'
import type { Matrix } from '../../../training/matrix.ts'

export function rawScoresBy(
  { trees, baseScore }: BoostingFit,
  { columns, data, rowCount }: Matrix,
): Float64Array {
  const goesLeft = (node: number, x: number) => {
    if (Number.isNaN(x)) return trees.missingLeft[node] === 1
    const set = trees.categorySets[trees.categorySet[node]!]
    return set ? inCategorySet(set, x) : x <= trees.threshold[node]!
  }
  return Float64Array.from({ length: rowCount }, (_, row) => {
    let score = baseScore
    for (const root of trees.roots) {
      let node = root
      for (let column = trees.column[node]!; column >= 0; column = trees.column[node]!)
        node = trees.left[node]! + (goesLeft(node, data[row * columns.length + column]!) ? 0 : 1)
      score += trees.value[node]!
    }
    return score
  })
}
