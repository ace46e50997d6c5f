/** What a boosted model is, for the terminal: of trained models and of tables alike. */
import { numberText as count } from '../../src/features/wording.ts'
import type { BoostingReport } from './learned-report.ts'
import { textTable } from './text-table.ts'

/** Points of the path that are shown; the report holds more. */
const SHOWN_POINTS = 6

/** "boosting of 123 trees with 1,800 leaves ...". */
export function boostingSummary({ trees, leaves, depth, settings }: BoostingReport): string {
  const { rate, min_rows: minRows } = settings
  return `boosting of ${count(trees)} trees with ${count(leaves)} leaves, ${depth} splits deep at most (rate ${rate}, at least ${count(minRows)} rows a leaf)`
}

/** A few points of the learning path, with the first, the last and the best among them. */
export function pathLines({ path }: BoostingReport): string[] {
  const best = path.reduce(
    (least, point, i) => (point.validation_log_loss < path[least]!.validation_log_loss ? i : least),
    0,
  )
  const step = Math.max(1, Math.ceil(path.length / SHOWN_POINTS))
  const rows = path
    .map((point, i) => ({ point, i }))
    .filter(({ i }) => i % step === 0 || i === best || i === path.length - 1)
    .map(({ point, i }) => [
      count(point.trees),
      point.fit_log_loss.toFixed(4),
      point.validation_log_loss.toFixed(4),
      i === best ? 'best' : '',
    ])
  return textTable([['trees', 'fit', 'validation', ''], ...rows], ['right', 'right', 'right', 'left'])
}
