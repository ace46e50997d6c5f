/**
 * A model as a file of another program tells it, before it is bound to columns of ours. What the readers make and
 * bind-trees.ts takes.
 */
import { type ErrorCode, WonlostError } from '../errors.ts'

interface SplitNode {
  /** Index of the feature in `featureNames`. */
  readonly feature: number
  /** Where a missing value (NaN) goes. */
  readonly missingLeft: boolean
  /** Indices in the tree's nodes. */
  readonly left: number
  readonly right: number
}

export type FileNode = {
  /** Weight of the training rows that reached the node, >= 0. */ readonly cover: number
} & (
  | { readonly kind: 'leaf'; readonly value: number }
  /** Left when x <= threshold. */
  | (SplitNode & { readonly kind: 'number'; readonly threshold: number })
  /** The codes go to one side; every other known code goes to the other one. */
  | (SplitNode & {
      readonly kind: 'category'
      readonly codes: ReadonlySet<number>
      readonly codesGo: 'left' | 'right'
    })
)

export interface FileModel {
  readonly format: 'lightgbm' | 'xgboost'
  readonly featureNames: readonly string[]
  /** The root of a tree is node 0. Each node is a child at most once, so that there are no cycles. */
  readonly trees: readonly (readonly FileNode[])[]
  /** In log-odds: `raw score = baseScore + sum of leaf values`, and the probability is its sigmoid. */
  readonly baseScore: number
  /** float32: values are rounded to the nearest float32 before they are compared. */
  readonly rounding: 'none' | 'float32'
  /** What somebody who imports the file should know: trees that were left out, for instance. */
  readonly notes: readonly string[]
}

/** What one file may hold. A file that claims more is refused before memory is taken for it. */
export const LIMITS = {
  bytes: 128 * 1024 * 1024,
  features: 100_000,
  trees: 100_000,
  nodes: 4_000_000,
  /** Lists, objects and texts of JSON and UBJSON. A tree has some 40. */
  parts: 4_500_000,
  /** Numbers and all else that JSON and UBJSON hold one by one. A node has some 11. */
  values: 32_000_000,
  /** Category codes over all splits. */
  codes: 4_000_000,
} as const

/** `where`: the place in the file, such as `Tree 3, left_child[7]`. */
export type Refuse = (where: string, why: string) => WonlostError

function refusal(code: ErrorCode, file: string): Refuse {
  return (where, why) => new WonlostError(code, `${file}: ${where}: ${why}.`, { file, field: where })
}

/** The file is damaged. */
export function damaged(file: string): Refuse {
  return refusal('model_file_invalid', file)
}

/** The file is sound, but says something that cannot be represented exactly. */
export function unsupported(file: string): Refuse {
  return refusal('model_unsupported', file)
}

/** A number as text. No two parts of it match the same digits: a million of them take a million steps. */
export const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i

/** A value of a file in a message. Lists, objects and texts may be as large as the file: they are not written out. */
export function shown(value: unknown): string {
  if (typeof value === 'string') {
    return value.length > 60 ? `${JSON.stringify(value.slice(0, 57))}...` : JSON.stringify(value)
  }
  if (typeof value !== 'object' || value === null) return String(value)
  return isList(value) ? `a list of ${value.length}` : 'an object'
}

/** As JSON and UBJSON have them: lists, and typed lists of numbers. */
export function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value)
}
