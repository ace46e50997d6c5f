/** Where a subject stands: of all that was said of it, what people act on. */
import type { VerdictStatus } from '../glossary.ts'
import type { BandRange } from '../policy/bands.ts'
import { bandsFor, type Policy } from '../policy/policy.ts'
import type { Decision, ModelScore } from './scored-lead.ts'

/** What was told of a subject last, or would have been. */
export interface ToldStanding {
  /** Of the decision: also disqualified, review, unscored. */
  readonly band: string
  readonly verdict: VerdictStatus
  /** The band is that of the score: no rule and no person capped, raised or overruled it. */
  readonly byScore: boolean
}

export interface Standing extends ToldStanding {
  readonly action: string
  /** ISO 8601 duration; null: no response is due. */
  readonly respondWithin: string | null
  /** The name of the model that decides, and what it says; null: it does not apply. */
  readonly model: string
  readonly said: {
    readonly score: number
    readonly rawPoints: number
    readonly probability: number | null
  } | null
  /** Those that hold for the subject, the lowest first. */
  readonly bands: readonly BandRange[]
}

/** Of a scored lead, or of a scored account with the policy for accounts. */
interface Scored {
  readonly scores: Readonly<Record<string, ModelScore>>
  readonly verdict: { readonly status: VerdictStatus }
  readonly decision: Pick<Decision, 'band' | 'action' | 'respond_within'>
}

/** @param segments Whose bands hold, the most specific first. */
export function standingOf(
  policy: Policy,
  segments: readonly string[],
  { scores, verdict: { status }, decision }: Scored,
): Standing {
  const score = scores[policy.decided_by]
  const deciding = score?.applies ? score : null
  return {
    band: decision.band,
    verdict: status,
    byScore: isByScore(status, decision.band, deciding?.band ?? null),
    action: decision.action,
    respondWithin: decision.respond_within,
    model: policy.decided_by,
    said: deciding && {
      score: deciding.score,
      rawPoints: deciding.raw_points,
      probability: deciding.probability,
    },
    bands: bandsFor(policy, segments),
  }
}

/** @param scoreBand Of the score of the model that decides; null: it does not apply. */
export function isByScore(verdict: VerdictStatus, band: string, scoreBand: string | null): boolean {
  return verdict === 'eligible' && band === scoreBand
}
