/** What edges of bands mean: sums over the lines of a score distribution. The edges are where the bands above the lowest begin. */

import type { components } from '../../api/openapi.ts'
import type { PolicyBand } from '../../api/policy-content.ts'

export type Distribution = components['schemas']['ScoreDistribution']
export type Line = Distribution['lines'][number]

export interface BandSums {
  readonly name: string
  /** Both ends included. */
  readonly from: number
  readonly to: number
  readonly leads: number
  /** null: not everybody in it has a probability. */
  readonly wins: number | null
  /** Wins of the leads in it; null: nobody is, or they have no probability. */
  readonly precision: number | null
  /** Leads a week that come into this band or a better one; null of the lowest. */
  readonly weekly: number | null
}

const HIGHEST = 100
/** What `new_leads` of the lines are counted over. */
const NEW_WEEKS = 4

/** Where the bands begin now, the lowest, at 0, first. */
export function startsOf(bands: readonly PolicyBand[]): readonly number[] {
  return bands.map(({ from }) => from)
}

export function bandSums(
  names: readonly string[],
  starts: readonly number[],
  { lines }: Pick<Distribution, 'lines'>,
): readonly BandSums[] {
  return names.map((name, band) => {
    const from = starts[band] ?? 0
    const to = (starts[band + 1] ?? HIGHEST + 1) - 1
    const { leads, wins } = sumOf(lines.slice(from, to + 1))
    const precision = wins === null || leads === 0 ? null : wins / leads
    return { name, from, to, leads, wins, precision, weekly: band === 0 ? null : weeklyFrom(lines, from) }
  })
}

/** Leads and expected wins of some lines together. */
export function sumOf(lines: readonly Line[]): { readonly leads: number; readonly wins: number | null } {
  let leads = 0
  let wins: number | null = 0
  for (const line of lines) {
    leads += line.leads
    if (line.leads > 0) wins = wins === null || line.expected_wins === null ? null : wins + line.expected_wins
  }
  return { leads, wins }
}

/** Leads a week that reach this score; where crossings are not counted yet, those that came into being and stand there. */
export function weeklyFrom(lines: readonly Line[], score: number): number {
  const crossed = lines[score]?.crossings
  if (typeof crossed === 'number') return crossed
  return lines.slice(score).reduce((sum, line) => sum + line.new_leads, 0) / NEW_WEEKS
}

/** Leads that would stand in another band. */
export function movedLeads(
  lines: readonly Line[],
  before: readonly number[],
  after: readonly number[],
): { readonly up: number; readonly down: number } {
  const bandAt = (starts: readonly number[], score: number): number =>
    starts.findLastIndex((start) => start <= score)
  let up = 0
  let down = 0
  for (const { score, leads } of lines) {
    const by = bandAt(after, score) - bandAt(before, score)
    if (by > 0) up += leads
    if (by < 0) down += leads
  }
  return { up, down }
}

/** Of the edges above the lowest band, as they stand in an address: `31,61,81`. null: there are not so many bands, or they are not in order. */
export function startsFrom(text: string, bands: number): readonly number[] | null {
  const starts = [0, ...text.split(',').map((edge) => (/^\d{1,3}$/.test(edge) ? Number(edge) : Number.NaN))]
  const isInOrder = starts.every((start, band) => band === 0 || start > (starts[band - 1] ?? HIGHEST))
  return starts.length === bands && isInOrder && (starts.at(-1) ?? 0) <= HIGHEST ? starts : null
}

/** With the edge of one band elsewhere, as near to `score` as its neighbours leave room: every band holds a score at least. */
export function moveEdge(starts: readonly number[], band: number, score: number): readonly number[] {
  const { least, most } = roomOf(starts, band)
  return starts.with(band, Math.min(most, Math.max(least, Math.round(score))))
}

export function roomOf(
  starts: readonly number[],
  band: number,
): { readonly least: number; readonly most: number } {
  return { least: (starts[band - 1] ?? 0) + 1, most: (starts[band + 1] ?? HIGHEST + 1) - 1 }
}

/** The lowest score that no more than `capacity` leads a week reach; null: even the highest is reached by more. */
export function edgeWithin(lines: readonly Line[], capacity: number): number | null {
  for (let score = 1; score <= HIGHEST; score++) if (weeklyFrom(lines, score) <= capacity) return score
  return null
}
