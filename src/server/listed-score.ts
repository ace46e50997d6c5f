/** The stored score of a lead or an account, as lists show it. */
import type { ListedScore } from '../db/listed-score.ts'
import { formatTime } from '../glossary.ts'
import { inFieldOrder } from '../jobs/stored-lead.ts'
import type { Decision } from '../scoring/scored-lead.ts'

export function shownListedScore(score: ListedScore | null) {
  if (score === null) return null
  return {
    model: score.model,
    version: String(score.version),
    as_of: formatTime(score.asOf),
    probability: score.probability,
    raw_points: score.rawPoints,
    score: score.score,
    band: score.band,
    verdict: score.verdict,
    decision: inFieldOrder(score.decision as Decision),
  }
}
