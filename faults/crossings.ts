/**
 * Which crossings there must have been, read out of the history of scores alone. Written anew from what docs/webhooks.md promises, not with
 * the code that writes the outbox: otherwise a mistake of that would be a mistake of this.
 */
import type { SubjectKind } from '../src/glossary.ts'

/** An entry of the history; all entries of a subject in the order in which they were written. */
export interface HistoryEntry {
  readonly historyId: number
  readonly kind: SubjectKind
  readonly subjectId: string
  readonly model: string
  readonly asOf: string
  readonly rawPoints: number
  /** Of the score. */
  readonly band: string
  readonly decisionBand: string
  readonly verdict: string
}

export interface CrossingRules {
  /** The lowest first. */
  readonly bands: readonly { readonly name: string; readonly from: number }[]
  /** Bands and verdicts that ask for a response: of these the first score of somebody new is told. */
  readonly asking: ReadonlySet<string>
  readonly hysteresisPoints: number
  /** Name of the model that decides, by kind. */
  readonly decidedBy: Readonly<Record<SubjectKind, string>>
  /** Of what was written up to here nobody was told. */
  readonly untold: number
}

/** What happened, in words: `lead l_1 as of T: cold, eligible -> hot, eligible`. */
export type CrossingText = string

export function crossingText(crossing: {
  readonly kind: string
  readonly subjectId: string
  readonly asOf: string
  readonly from: { readonly band: string; readonly verdict: string } | null
  readonly to: { readonly band: string; readonly verdict: string }
}): CrossingText {
  const { kind, subjectId, asOf, from, to } = crossing
  const before = from === null ? 'new' : `${from.band}, ${from.verdict}`
  return `${kind} ${subjectId} as of ${asOf}: ${before} -> ${to.band}, ${to.verdict}`
}

interface State {
  readonly band: string
  readonly verdict: string
  /** The band is that of the score. */
  readonly byScore: boolean
}

export function deriveCrossings(history: readonly HistoryEntry[], rules: CrossingRules): CrossingText[] {
  const subjects = new Map<string, HistoryEntry[]>()
  for (const entry of history) {
    const key = `${entry.kind} ${entry.subjectId}`
    subjects.set(key, [...(subjects.get(key) ?? []), entry])
  }
  return [...subjects.values()].flatMap((entries) => crossingsOf(entries, rules))
}

function crossingsOf(entries: readonly HistoryEntry[], rules: CrossingRules): CrossingText[] {
  const found: CrossingText[] = []
  let told: State | null = null
  let deciding: HistoryEntry | undefined
  for (let start = 0; start < entries.length; ) {
    // One scoring writes an entry for each model that moved, all with one decision.
    const first = entries[start]!
    let end = start
    for (; end < entries.length && entries[end]!.asOf === first.asOf; end++) {
      if (entries[end]!.model === rules.decidedBy[first.kind]) deciding = entries[end]
    }
    start = end
    const { kind, subjectId, asOf, decisionBand: band, verdict, historyId } = first
    const byScore = verdict === 'eligible' && band === deciding?.band
    const now: State = { band, verdict, byScore }
    const isNews = told === null ? rules.asking.has(band) : isCrossed(told, now, deciding, rules)
    if (isNews && historyId > rules.untold)
      found.push(crossingText({ kind, subjectId, asOf, from: told, to: now }))
    const isHeld = told !== null && told.band !== band && !isNews
    if (!isHeld) told = now
  }
  return found
}

/** A band that the score alone decides is left when the points are beyond its edge by enough; anything else at once. */
function isCrossed(
  told: State,
  now: State,
  score: HistoryEntry | undefined,
  { bands, hysteresisPoints }: CrossingRules,
): boolean {
  if (told.verdict !== now.verdict) return true
  if (told.band === now.band) return false
  const from = bands.findIndex(({ name }) => name === told.band)
  const to = bands.findIndex(({ name }) => name === now.band)
  if (!told.byScore || !now.byScore || from < 0 || to < 0 || !score) return true
  // Scores are rounded: a band begins half a point before its `from`.
  return to > from
    ? score.rawPoints - (bands[from + 1]!.from - 0.5) >= hysteresisPoints
    : bands[from]!.from - 0.5 - score.rawPoints >= hysteresisPoints
}
