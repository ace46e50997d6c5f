/**
 * One tree of a LightGBM text (src/io/tree.cpp of LightGBM): inner nodes 0 .. n - 2 and leaves, which children name as
 * `-1 - leaf`. `decision_type` holds bits: 1 category split, 2 missing goes left, 4 zero is missing, 8 NaN is missing.
 */
import { damaged, type FileNode, LIMITS, type Refuse } from '../file-model.ts'
import { type NumberFields, numberFields } from './numbers.ts'
import type { Fields } from './sections.ts'

const CATEGORY = 1
const MISSING_LEFT = 2
const MISSING_ZERO = 4
const MISSING_NAN = 8

/** What LightGBM takes for zero where zero is missing. */
export const ZERO = Math.fround(1e-35)

/** A node as the file has it: LightGBM may take values near zero for missing. */
export type LightGbmNode = FileNode & { readonly zeroIsMissing: boolean }

export interface TreeLimits {
  readonly features: number
  /** Category codes that the rest of the file may still name. */
  readonly codes: number
}

/** `scale` multiplies the leaf values. Throws `model_file_invalid`. */
export function readLightGbmTree(
  fields: Fields,
  index: number,
  limits: TreeLimits,
  scale: number,
  file: string,
): { readonly nodes: readonly LightGbmNode[]; readonly codes: number } {
  const refuse = damaged(file)
  const place = `Tree ${index}`
  const given = numberFields(fields, place, refuse)
  const leaves = given.integers('num_leaves', 1, 1, LIMITS.nodes)[0]!
  const inner = leaves - 1
  const value = given.numbers('leaf_value', leaves)
  const leafCover = inner === 0 ? Float64Array.of(1) : covers(given, 'leaf_count', leaves)
  const leafNodes = Array.from(value, (leaf, l): LightGbmNode => {
    return { kind: 'leaf', value: leaf * scale, cover: leafCover[l]!, zeroIsMissing: false }
  })
  if (inner === 0) return { nodes: leafNodes, codes: 0 }

  const feature = given.integers('split_feature', inner, 0, limits.features - 1)
  const threshold = given.numbers('threshold', inner)
  const decision = given.integers('decision_type', inner, -128, 255)
  const children = (key: string): Float64Array =>
    given.integers(key, inner, -leaves, inner - 1).map((child) => (child >= 0 ? child : inner - 1 - child))
  const left = children('left_child')
  const right = children('right_child')
  const cover = covers(given, 'internal_count', inner)
  const sets = readCategorySets(given, place, refuse, limits.codes)

  const nodes = Array.from(feature, (column, i): LightGbmNode => {
    const type = decision[i]!
    const split = {
      feature: column,
      left: left[i]!,
      right: right[i]!,
      cover: cover[i]!,
      zeroIsMissing: false,
    }
    if ((type & CATEGORY) !== 0) {
      const codes = sets[threshold[i]!]
      if (!codes)
        throw refuse(`${place}, threshold[${i}]`, `must be one of ${sets.length} sets, given ${threshold[i]}`)
      // NaN and unknown codes go right, whatever decision_type says.
      return { kind: 'category', ...split, codes, codesGo: 'left', missingLeft: false }
    }
    const zeroIsMissing = (type & MISSING_ZERO) !== 0
    const isLearned = zeroIsMissing || (type & MISSING_NAN) !== 0
    // Where the training rows had no missing value, NaN is taken for 0.
    const missingLeft = isLearned ? (type & MISSING_LEFT) !== 0 : threshold[i]! >= 0
    return { kind: 'number', ...split, threshold: threshold[i]!, missingLeft, zeroIsMissing }
  })
  return {
    nodes: [...nodes, ...leafNodes],
    codes: sets.reduce((sum, codes) => sum + codes.size, 0),
  }
}

/** pred_contrib averages with the counts of rows; the weights (sums of hessians) it does not use. */
function covers(given: NumberFields, key: string, length: number): Float64Array {
  return given.integers(key, length, 0, Number.MAX_SAFE_INTEGER)
}

/** Set s is the bits of `cat_threshold[cat_boundaries[s]] .. cat_threshold[cat_boundaries[s + 1] - 1]`. */
function readCategorySets(
  given: NumberFields,
  place: string,
  refuse: Refuse,
  mostCodes: number,
): readonly ReadonlySet<number>[] {
  const count = given.integers('num_cat', 1, 0, LIMITS.nodes)[0]!
  if (count === 0) return []
  const boundaries = given.integers('cat_boundaries', count + 1, 0, LIMITS.codes)
  const fallen = boundaries.findIndex((boundary, s) =>
    s === 0 ? boundary !== 0 : boundary < boundaries[s - 1]!,
  )
  if (fallen >= 0) throw refuse(`${place}, cat_boundaries[${fallen}]`, 'boundaries begin at 0 and never fall')
  const words = given.integers('cat_threshold', boundaries[count]!, 0, 2 ** 32 - 1)
  let left = mostCodes
  return Array.from({ length: count }, (_, s) => {
    const codes = new Set<number>()
    for (let word = boundaries[s]!; word < boundaries[s + 1]!; word++) {
      for (let bit = 0; bit < 32; bit++) {
        if (((words[word]! >>> bit) & 1) === 0) continue
        if (--left < 0) throw refuse(`${place}, cat_threshold`, `more than ${LIMITS.codes} category codes`)
        codes.add((word - boundaries[s]!) * 32 + bit)
      }
    }
    return codes
  })
}
