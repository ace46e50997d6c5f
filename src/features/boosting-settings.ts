/** What a definition may ask of boosting, in the words of the YAML. What it leaves out is the learner's default. */
import { z } from 'zod'
import { type Fault, strictFields, suggestion } from '../checked-yaml.ts'
import { EventIndex } from './event-index.ts'
import type { Feature } from './feature-kind.ts'

export const boostingSchema = strictFields({
  /** How much each tree counts: smaller is slower and steadier. */
  rate: z.number().gt(0).max(1).optional(),
  /** Leaves a tree, at most. */
  leaves: z.int().min(2).max(1024).optional(),
  /** Splits from the root to a leaf, at most. */
  depth: z.int().min(1).max(32).optional(),
  /** Rows in a leaf, at least. */
  min_rows: z.int().min(1).max(1_000_000_000).optional(),
  /** Penalty on half the squared value of a leaf: larger draws small leaves towards 0. */
  l2: z.number().min(0).max(1_000_000).optional(),
  /** Share of the columns that each tree may ask. */
  column_share: z.number().gt(0).max(1).optional(),
  /** Share of the rows that each tree is grown from. */
  row_share: z.number().gt(0).max(1).optional(),
  /** At most so many trees; the validation part decides how many stay. */
  trees: z.int().min(1).max(100_000).optional(),
  /** By column: the score must not fall (increasing), or not rise (decreasing), as the value rises. */
  monotone: z.record(z.string(), z.enum(['increasing', 'decreasing'])).optional(),
})

export type BoostingSettings = Readonly<z.output<typeof boostingSchema>>

/**
 * Names under `monotone` must be columns of the features that have an order. What a fitted vocabulary will hold is not known yet:
 * `technologies.kubernetes` is taken, and without effect where that technology is too rare to become a column.
 */
export function monotoneFaults(
  { monotone = {} }: BoostingSettings,
  features: readonly Feature[],
): readonly Fault[] {
  const index = new EventIndex({ ignored: [], notEngagement: [] })
  const columns = features.flatMap((feature) => feature.fit([], index).columns)
  const ordered = columns.filter(({ kind }) => kind !== 'category').map(({ name }) => name)
  const lists = features.filter(({ values }) => values !== null).map(({ name }) => `${name}.`)
  return Object.keys(monotone).flatMap((name): Fault[] => {
    if (ordered.includes(name) || lists.some((list) => name.startsWith(list))) return []
    const isCategory = columns.some((column) => column.name === name)
    const why = isCategory
      ? `the categories of "${name}" have no order`
      : `there is no column "${name}"${suggestion(name, ordered)}`
    return [{ path: ['boosting', 'monotone', name], message: `${why}; allowed: ${ordered.join(', ')}.` }]
  })
}
