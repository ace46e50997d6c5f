/** How far columns and score have moved from the reference, and whether that is more than chance. */
import type { Column } from '../../src/features/column.ts'
import { compareShares, type ShareComparison } from '../../src/statistics/compare-shares.ts'
import { falseDiscoveryRates } from '../../src/statistics/false-discoveries.ts'
import type {
  ReferenceColumn,
  ReferenceReport,
  ReferenceSet,
  ReferenceSetName,
} from '../report/reference-report.ts'
import { binRows, type WatchedRows } from './bin-rows.ts'
import { binLabels } from './column-bins.ts'
import { LEAST_ROWS, LIMITS } from './limits.ts'
import type { DriftFigure, DriftReport } from './monitor-report.ts'

interface Compared {
  readonly reference: ReferenceColumn
  /** null: the score. */
  readonly column: Column | null
  readonly spread: ShareComparison
  /** Present against missing. */
  readonly missing: ShareComparison
}

/** Sets that both have, with enough rows. The q-values are over all columns, sets and the score together. */
export function judgeDrift(
  reference: ReferenceReport,
  watched: Readonly<Record<ReferenceSetName, WatchedRows>>,
): DriftReport[] {
  const sets = reference.sets
    .filter(({ set }) => watched[set].rowCount >= LEAST_ROWS)
    .map((set) => ({ set, rows: watched[set.set], compared: compareSet(set, watched[set.set]) }))
  const all = sets.flatMap(({ compared }) => compared)
  const spreadRates = falseDiscoveryRates(all.map(({ spread }) => spread.pValue))
  const missingRates = falseDiscoveryRates(all.map(({ missing }) => missing.pValue))
  const figures = new Map(
    all.map((one, place) => [one, toFigure(one, spreadRates[place]!, missingRates[place]!)]),
  )
  return sets.map(({ set, rows, compared }) => {
    const [score, ...columns] = compared.map((one) => figures.get(one)!)
    return {
      set: set.set,
      rows: rows.rowCount,
      accounts: new Set(rows.groups).size,
      reference_rows: set.rows,
      score: score!,
      columns: columns.sort(
        (a, b) => b.psi_above_chance - a.psi_above_chance || (a.column < b.column ? -1 : 1),
      ),
    }
  })
}

/** The score first, then the columns. Columns that only one side has are passed over: the fingerprint says that there are none. */
function compareSet(set: ReferenceSet, rows: WatchedRows): Compared[] {
  const names = rows.columns.map(({ name }) => name)
  return [set.score, ...set.columns].flatMap((reference) => {
    const column = reference === set.score ? null : names.indexOf(reference.column)
    if (column === -1) return []
    const now = binRows(rows, column, reference.bins, set.days.length)
    const then = { counts: reference.counts, designEffect: reference.design_effect }
    const spread = compareShares(then, now)
    const missing = compareShares(
      { ...then, counts: then.counts.map(presentAndMissing) },
      { ...now, counts: now.counts.map(presentAndMissing) },
    )
    const about = column === null ? null : rows.columns[column]!
    return spread && missing ? [{ reference, column: about, spread, missing }] : []
  })
}

function presentAndMissing(counts: readonly number[]): number[] {
  const missing = counts.at(-1) ?? 0
  return [counts.reduce((sum, count) => sum + count, 0) - missing, missing]
}

function toFigure(
  { reference, column, spread, missing }: Compared,
  qValue: number,
  missingQValue: number,
): DriftFigure {
  const { bins } = reference
  const above = Math.max(0, spread.index - spread.byChance)
  const figure: DriftFigure = {
    column: reference.column,
    kind: bins.kind,
    group: column?.group ?? null,
    psi: spread.index,
    psi_by_chance: spread.byChance,
    psi_above_chance: above,
    q_value: qValue,
    missing:
      column?.side === 'fit'
        ? { now: missing.current[1]!, reference: missing.reference[1]!, q_value: missingQValue }
        : null,
  }
  if (column !== null && !hasDrifted(figure) && !missesOtherwise(figure)) return figure
  const labels = binLabels(bins)
  return {
    ...figure,
    bins: labels.map((bin, place) => ({
      bin,
      now: spread.current[place]!,
      reference: spread.reference[place]!,
    })),
  }
}

export function hasDrifted({ psi_above_chance: above, q_value: qValue }: DriftFigure): boolean {
  return above >= LIMITS.psi && qValue <= LIMITS.qValue
}

export function missesOtherwise({ missing }: DriftFigure): boolean {
  if (missing === null) return false
  return Math.abs(missing.now - missing.reference) >= LIMITS.missing && missing.q_value <= LIMITS.qValue
}
