/** What boosting may be asked for: defaults, and the check that fills them in. */
import { WonlostError } from '../../src/errors.ts'
import type { Column } from '../../src/features/column.ts'

export interface BoostingOptions {
  /** At most this many trees; with a validation part, early stopping may keep fewer. */
  readonly trees: number
  /** Each tree's leaf values count by this much, (0, 1]. */
  readonly learningRate: number
  readonly maxLeaves: number
  /** Splits from the root to a leaf, at most. */
  readonly maxDepth: number
  /** Least sum of hessians in a leaf. */
  readonly minHessian: number
  /** Least number of rows in a leaf, whatever their weights. */
  readonly minRows: number
  /** Penalty on the absolute leaf value: gradients are drawn towards 0 by this much. */
  readonly l1: number
  /** Penalty on half the squared leaf value: adds to the hessian. */
  readonly l2: number
  /** Bins of values a column, 2 .. 255; missing has one of its own. */
  readonly maxBins: number
  /** Share of the rows that each tree is grown from, (0, 1], drawn without replacement. */
  readonly rowSample: number
  /** Share of the columns that each tree may ask, (0, 1]. */
  readonly columnSample: number
  /** One a column: 1 when the score must not fall as the value rises, -1 when it must not rise. Empty: all 0. */
  readonly monotone: readonly (-1 | 0 | 1)[]
  readonly seed: number
  /** Stops when the validation log loss has had no new minimum for this many trees; 0: never. */
  readonly earlyStoppingRounds: number
  /** Any number gives the same model. Tables of fewer than 50,000 rows are learned on one, which is faster there. */
  readonly threads: number
  /** 'reference' is plain TypeScript. 'auto' takes the fastest there is. All give the same model. */
  readonly kernel: 'auto' | 'reference' | 'wasm'
}

/** Good on small tables without any search: a few thousand rows, tens of columns. */
export const DEFAULT_BOOSTING: BoostingOptions = {
  trees: 1000,
  learningRate: 0.05,
  maxLeaves: 31,
  maxDepth: 8,
  minHessian: 1,
  minRows: 20,
  l1: 0,
  l2: 1,
  maxBins: 255,
  rowSample: 0.8,
  columnSample: 0.8,
  monotone: [],
  seed: 1,
  earlyStoppingRounds: 50,
  threads: 1,
  kernel: 'auto',
}

interface Range {
  readonly low: number
  readonly high: number
  readonly whole?: true
  /** `low` itself is not allowed. */
  readonly above?: true
}

const RANGES = {
  trees: { low: 1, high: 100_000, whole: true },
  learningRate: { low: 0, high: 1, above: true },
  maxLeaves: { low: 2, high: 1024, whole: true },
  maxDepth: { low: 1, high: 32, whole: true },
  minHessian: { low: 0, high: Number.MAX_VALUE },
  minRows: { low: 1, high: 1e9, whole: true },
  l1: { low: 0, high: Number.MAX_VALUE },
  l2: { low: 0, high: Number.MAX_VALUE },
  maxBins: { low: 2, high: 255, whole: true },
  rowSample: { low: 0, high: 1, above: true },
  columnSample: { low: 0, high: 1, above: true },
  seed: { low: Number.MIN_SAFE_INTEGER, high: Number.MAX_SAFE_INTEGER, whole: true },
  earlyStoppingRounds: { low: 0, high: 100_000, whole: true },
  threads: { low: 1, high: 64, whole: true },
} as const satisfies Partial<Record<keyof BoostingOptions, Range>>

const KERNELS: readonly string[] = ['auto', 'reference', 'wasm']

/** Fills in defaults. Throws `usage` that names the option, what is allowed and what was given. */
export function completeOptions(
  given: Partial<BoostingOptions>,
  columns: readonly Column[],
): BoostingOptions {
  const options = { ...DEFAULT_BOOSTING, ...given }
  for (const name of Object.keys(options))
    if (!Object.hasOwn(DEFAULT_BOOSTING, name)) throw unknownOption(name)
  for (const [name, range] of Object.entries(RANGES))
    checkRange(name, options[name as keyof typeof RANGES], range)
  if (!KERNELS.includes(options.kernel))
    throw refused('kernel', `one of ${KERNELS.join(', ')}`, options.kernel)
  const { monotone } = options
  const allowed = `empty or one a column (${columns.length})`
  if (!Array.isArray(monotone)) throw refused('monotone', allowed, monotone)
  if (monotone.length !== 0 && monotone.length !== columns.length)
    throw refused('monotone', allowed, `${monotone.length} of them`)
  for (const [c, direction] of monotone.entries()) {
    const column = columns[c]!
    if (direction !== 0 && direction !== 1 && direction !== -1)
      throw refused('monotone', `-1, 0 or 1 for "${column.name}"`, direction)
    if (direction !== 0 && column.kind === 'category')
      throw refused('monotone', `0 for "${column.name}", whose categories have no order`, direction)
  }
  return { ...options, monotone: monotone.length === 0 ? columns.map(() => 0) : monotone }
}

function checkRange(name: string, value: number, { low, high, whole, above }: Range): void {
  const inside = (above ? value > low : value >= low) && value <= high
  if (typeof value === 'number' && inside && (!whole || Number.isInteger(value))) return
  const from = above ? `above ${low}` : `from ${low}`
  throw refused(name, `a ${whole ? 'whole ' : ''}number ${from} to ${high}`, value)
}

function unknownOption(name: string): WonlostError {
  const allowed = Object.keys(DEFAULT_BOOSTING).join(', ')
  return new WonlostError('usage', `Boosting has no option "${name}". Allowed: ${allowed}.`, { field: name })
}

function refused(name: string, allowed: string, given: unknown): WonlostError {
  return new WonlostError('usage', `Boosting: ${name} must be ${allowed}. Given: ${String(given)}.`, {
    field: name,
  })
}
