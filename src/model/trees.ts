/**
 * An ensemble of trees as flat arrays, one entry a node. What training makes, what an artifact holds, what predicts and
 * explains.
 *
 * A row holds raw column values; category columns hold codes. At an inner node a row goes left when
 * - numeric split: `x <= threshold`; NaN goes left when `missingLeft` is 1;
 * - category split: the code is in the set; another known code goes right; NaN, and what is not a known code, goes where
 *   `missingLeft` says.
 *
 * The right child stands beside the left one: `right = left + 1`. A leaf has column -1, and only there does `value` count.
 */
export interface Trees {
  /** The first node of each tree. */
  readonly roots: Int32Array
  /** Index of the column that is asked; -1 at a leaf. */
  readonly column: Int32Array
  /** NaN at leaves and category splits. */
  readonly threshold: Float64Array
  /** The left child; -1 at a leaf. */
  readonly left: Int32Array
  /** 1 when missing values go left. */
  readonly missingLeft: Uint8Array
  /** -1, or index into `categorySets`. */
  readonly categorySet: Int32Array
  /** Bit sets: code c goes left when bit `c & 31` of word `c >>> 5` is set. */
  readonly categorySets: readonly Uint32Array[]
  /** Of leaves, in raw log-odds. */
  readonly value: Float64Array
  /** Weight of the training rows that reached the node, > 0. Path-dependent SHAP averages with it. */
  readonly cover: Float64Array
}

/** Is a code in a bit set? Codes beyond its end are not. */
export function inCategorySet(set: Uint32Array, code: number): boolean {
  return (((set[code >>> 5] ?? 0) >>> (code & 31)) & 1) === 1
}
