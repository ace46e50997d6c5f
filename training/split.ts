/**
 * Four parts in time order: fit, validate, calibrate, test (the most recent). A row belongs to the part
 *
 *     startsAt <= asOf  and  labelKnownAt <= endsAt
 *
 * so every label of a part was known when the next part begins, and a row whose label crosses a boundary is left out.
 * An account belongs to one part: the earliest that holds one of its scheduled landmarks, at risk or not. That depends on
 * when its leads came, not on what became of them; an account put where its last rows lie would be sorted by outcome,
 * because winners have no later rows.
 */
import type { Milliseconds } from '../src/glossary.ts'

export const PART_NAMES = ['fit', 'validate', 'calibrate', 'test'] as const
export type PartName = (typeof PART_NAMES)[number]

/** Shares of the rows that are left in the parts. */
const SHARES: Readonly<Record<PartName, number>> = { fit: 0.5, validate: 0.15, calibrate: 0.15, test: 0.2 }

export interface SplitCandidate {
  readonly asOf: Milliseconds
  /** Infinity: not known by the cut-off. */
  readonly labelKnownAt: Milliseconds
  /** The account, or the lead where it has none. */
  readonly group: number
  /** false: scheduled only; places its account and is no row. */
  readonly usable: boolean
}

export interface Part {
  readonly name: PartName
  /** Inclusive, for landmarks. */
  readonly startsAt: Milliseconds
  /** Labels are known by then; it is where the next part begins. */
  readonly endsAt: Milliseconds
  /** Indices of the candidates, in their given order. */
  readonly rows: readonly number[]
}

export interface Split {
  readonly parts: Readonly<Record<PartName, Part>>
  /** The part each group belongs to; groups without a landmark inside a part are absent. */
  readonly partOfGroup: ReadonlyMap<number, PartName>
  /** Usable rows in no part, because the label was not yet known at a boundary. */
  readonly crossing: number
  /** Usable rows inside a part, whose account stands on another side. */
  readonly otherSide: number
}

/**
 * Splits so that the rows that remain are shared out as 50/15/15/20. Depends on times and groups only, never on labels
 * or on the order of the candidates. null when the history is too short for four parts.
 */
export function splitInTime(candidates: readonly SplitCandidate[], cutoff: Milliseconds): Split | null {
  const timeline = sortByLabelTime(candidates, cutoff)
  const usable = timeline.usable.reduce((count, one) => count + one, 0)
  // The total that can be shared out is not known before the boundaries are: search the largest that leaves the test
  // part its share. Later boundaries can only take rows from the test part.
  let boundaries: readonly Milliseconds[] | null = null
  let low = PART_NAMES.length
  let high = usable
  while (low <= high) {
    const total = Math.floor((low + high) / 2)
    const attempt = boundariesFor(timeline, total)
    if (attempt) {
      boundaries = attempt
      low = total + 1
    } else high = total - 1
  }
  return boundaries && assign(candidates, boundaries, cutoff)
}

/** The candidates whose label is known by the cut-off, in the order in which it becomes known, column by column. */
interface Timeline {
  readonly asOf: Float64Array
  readonly labelKnownAt: Float64Array
  /** Groups numbered 0, 1, ... */
  readonly group: Int32Array
  readonly groupCount: number
  readonly usable: Uint8Array
}

function sortByLabelTime(candidates: readonly SplitCandidate[], cutoff: Milliseconds): Timeline {
  const known = candidates
    .filter((candidate) => candidate.labelKnownAt <= cutoff)
    .sort((a, b) => a.labelKnownAt - b.labelKnownAt)
  const numbers = new Map<number, number>()
  const group = Int32Array.from(known, (candidate) => {
    const number = numbers.get(candidate.group) ?? numbers.size
    numbers.set(candidate.group, number)
    return number
  })
  return {
    asOf: Float64Array.from(known, (candidate) => candidate.asOf),
    labelKnownAt: Float64Array.from(known, (candidate) => candidate.labelKnownAt),
    group,
    groupCount: numbers.size,
    usable: Uint8Array.from(known, (candidate) => (candidate.usable ? 1 : 0)),
  }
}

const NO_PART = -1

/** The earliest ends of fit, validate and calibrate that give each its share of `total`; null when a part gets too few. */
function boundariesFor(timeline: Timeline, total: number): Milliseconds[] | null {
  const { asOf, labelKnownAt, group, groupCount, usable } = timeline
  const partOfGroup = new Int8Array(groupCount).fill(NO_PART)
  const ends: Milliseconds[] = []
  let startsAt = Number.NEGATIVE_INFINITY
  let position = 0
  for (const [part, name] of PART_NAMES.entries()) {
    const wanted = Math.ceil(SHARES[name] * total)
    let count = 0
    let endsAt = Number.NaN
    for (; position < asOf.length; position++) {
      const knownAt = labelKnownAt[position]!
      // Rows whose labels become known together stay together.
      if (count >= wanted && knownAt > endsAt) break
      if (asOf[position]! < startsAt) continue
      const owner = group[position]!
      if (partOfGroup[owner] === NO_PART) partOfGroup[owner] = part
      if (partOfGroup[owner] !== part || usable[position] === 0) continue
      count += 1
      endsAt = knownAt
    }
    if (count < wanted) return null
    ends.push(endsAt)
    startsAt = endsAt
  }
  return ends.slice(0, -1)
}

function assign(
  candidates: readonly SplitCandidate[],
  boundaries: readonly Milliseconds[],
  cutoff: Milliseconds,
): Split {
  const edges = [Number.NEGATIVE_INFINITY, ...boundaries, cutoff]
  const inside = candidates.map((candidate) => partHolding(candidate, edges))
  const first = new Map<number, number>()
  candidates.forEach((candidate, index) => {
    const part = inside[index] ?? -1
    if (part >= 0) first.set(candidate.group, Math.min(part, first.get(candidate.group) ?? part))
  })
  const rows: number[][] = PART_NAMES.map(() => [])
  let crossing = 0
  let otherSide = 0
  candidates.forEach((candidate, index) => {
    if (!candidate.usable) return
    const part = inside[index] ?? -1
    if (part < 0) crossing += 1
    else if (first.get(candidate.group) !== part) otherSide += 1
    else rows[part]?.push(index)
  })
  const started = candidates.reduce((least, candidate) => Math.min(least, candidate.asOf), cutoff)
  const part = (name: PartName, index: number): Part => ({
    name,
    startsAt: index === 0 ? started : (edges[index] ?? cutoff),
    endsAt: edges[index + 1] ?? cutoff,
    rows: rows[index] ?? [],
  })
  return {
    parts: {
      fit: part('fit', 0),
      validate: part('validate', 1),
      calibrate: part('calibrate', 2),
      test: part('test', 3),
    },
    partOfGroup: new Map([...first].map(([group, index]) => [group, PART_NAMES[index] ?? 'test'])),
    crossing,
    otherSide,
  }
}

/**
 * Usable rows whose label was known when the part begins, of accounts that stand in no part from there on: what a model that
 * is judged from there on may learn from. More than the parts before it hold, for no boundary among them matters any more.
 */
export function rowsKnownBefore(
  candidates: readonly SplitCandidate[],
  { parts, partOfGroup }: Split,
  name: PartName,
): number[] {
  const { startsAt } = parts[name]
  const first = PART_NAMES.indexOf(name)
  const isEarlier = (group: number): boolean => {
    const own = partOfGroup.get(group)
    return own === undefined || PART_NAMES.indexOf(own) < first
  }
  return candidates.flatMap((candidate, index) =>
    candidate.usable && candidate.labelKnownAt <= startsAt && isEarlier(candidate.group) ? [index] : [],
  )
}

/** The part whose time holds landmark and label both, or -1. */
function partHolding(candidate: SplitCandidate, edges: readonly Milliseconds[]): number {
  for (let part = 0; part < PART_NAMES.length; part++) {
    const startsAt = edges[part] ?? Number.NaN
    const endsAt = edges[part + 1] ?? Number.NaN
    if (candidate.asOf >= startsAt && candidate.labelKnownAt <= endsAt) return part
  }
  return -1
}
