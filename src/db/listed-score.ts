/** The stored score of one model, as queues list it: of leads and of accounts. */
import type { Milliseconds } from '../glossary.ts'

export interface ListedScore {
  readonly model: string
  readonly version: number
  readonly asOf: Milliseconds
  readonly probability: number | null
  readonly rawPoints: number
  readonly score: number
  readonly band: string
  readonly verdict: string
  readonly decision: unknown
}

/** What SCORE_FIELDS select. */
export interface ScoreRow {
  /** null: not scored yet, and the others are null too. */
  version: number | null
  as_of: Date
  probability: number | null
  raw_points: number
  expected_value: number | null
  score: number
  band: string
  verdict: string
  decision: unknown
}

/** Of the scores `s`. */
export const SCORE_FIELDS =
  's.version, s.as_of, s.probability, s.raw_points, s.expected_value, s.score, s.band, s.verdict, s.decision'

/** The band that people see: of the decision, after verdict, cap and raise. */
export const SHOWN_BAND = "(s.decision ->> 'band')"

/** A condition on the verdict in that parameter: whoever is not eligible is in the band of that name, which has an index. */
export const isVerdict = (verdict: string): string =>
  `(s.verdict = ${verdict} AND (${verdict} = 'eligible' OR ${SHOWN_BAND} = ${verdict}))`

/** null: not scored yet. */
export function listedScore(row: ScoreRow, model: string): ListedScore | null {
  const { version } = row
  if (version === null) return null
  return {
    model,
    version,
    asOf: row.as_of.getTime(),
    probability: row.probability,
    rawPoints: row.raw_points,
    score: row.score,
    band: row.band,
    verdict: row.verdict,
    decision: row.decision,
  }
}
