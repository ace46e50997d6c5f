/** Bins of a column: of about equal count for numbers, the values of a category, and one for what is missing. */
import type { Column } from '../../src/features/column.ts'
import type { ColumnBins } from '../report/reference-report.ts'

/** Bins of numbers at most, apart from the one of what is missing. */
const MOST_BINS = 10
/** A category that is rarer than this is one of the others. */
const LEAST_SHARE = 0.01

/** `values`: of the reference; NaN is missing. A column without categories (the score) is one of numbers. */
export function fitBins(values: Float64Array, column: Column | null): ColumnBins {
  const present = values.filter((value) => !Number.isNaN(value)).sort()
  if (column?.kind !== 'category')
    return { kind: 'numbers', edges: equalCountEdges(present, column === null) }
  const counts = new Array<number>(column.categories.length).fill(0)
  for (const code of present) counts[code]! += 1
  const least = LEAST_SHARE * values.length
  return {
    kind: 'categories',
    values: column.categories.filter((_, code) => counts[code]! >= Math.max(1, least)),
  }
}

/**
 * Where bins of about equal count begin. Equal values stay together, and a value that fills a bin by itself (0 visits) has one:
 * together with its neighbours it would hide what becomes of them. An edge is the first value of its bin; `between`: half way to the
 * value before it, for scores, whose last digits another calibration changes.
 */
function equalCountEdges(sorted: Float64Array, between: boolean): number[] {
  const size = sorted.length / MOST_BINS
  const edges: number[] = []
  let start = 0
  for (let at = 0; at < sorted.length; ) {
    let end = at
    while (end < sorted.length && sorted[end] === sorted[at]) end++
    const isFull = at - start >= size || (at > start && end - at >= size)
    if (isFull) {
      edges.push(between ? (sorted[at - 1]! + sorted[at]!) / 2 : sorted[at]!)
      start = at
    }
    at = end
  }
  // A last bin of a few belongs to the one before it; but a few where most are nothing are all that there is to watch.
  if (edges.length > 1 && sorted.length - start < size / 2) edges.pop()
  return edges
}

/** How many there are, the one of what is missing included. */
export function binCount(bins: ColumnBins): number {
  return bins.kind === 'numbers' ? bins.edges.length + 2 : bins.values.length + 2
}

/** The bin of each value of a column: an index below `binCount`, the last for what is missing. */
export function binner(bins: ColumnBins, column: Column | null): (value: number) => number {
  const missing = binCount(bins) - 1
  if (bins.kind === 'numbers') {
    const { edges } = bins
    return (value) => {
      if (Number.isNaN(value)) return missing
      let bin = 0
      while (bin < edges.length && value >= edges[bin]!) bin++
      return bin
    }
  }
  const categories = column?.kind === 'category' ? column.categories : []
  const others = missing - 1
  const places = categories.map((value) => {
    const place = bins.values.indexOf(value)
    return place < 0 ? others : place
  })
  return (code) => (Number.isNaN(code) ? missing : (places[code] ?? others))
}

/** What people call the bins: `10 to 50`, `partner`, `missing`. */
export function binLabels(bins: ColumnBins): string[] {
  if (bins.kind === 'categories') return [...bins.values, 'others', 'missing']
  const { edges } = bins
  if (edges.length === 0) return ['known', 'missing']
  const inner = edges.slice(1).map((edge, i) => `${short(edges[i]!)} to ${short(edge)}`)
  return [`below ${short(edges[0]!)}`, ...inner, `${short(edges.at(-1)!)} and more`, 'missing']
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)))
}
