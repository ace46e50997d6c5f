/** How many reach each stage: above the line at which leads are handed to sales, below it, and of all. */
import { type Side, STAGES, type Stage, type StageCounts } from '../../db/outcome-measures.ts'
import { type Share, shareOf } from './share.ts'

export interface StageFigures {
  readonly stage: Stage
  readonly above: Share
  readonly below: Share
  /** Disqualified, in review, or without a score that decides. */
  readonly outside: Share
  /** Of all: the base rate. */
  readonly all: Share
  /** above / all; null where either is not defined or nobody reached it. */
  readonly lift: number | null
}

export function stageFigures(counts: readonly StageCounts[]): StageFigures[] {
  return STAGES.map((stage, place) => {
    const of = (side: Side | null): Share =>
      shareOf(
        counts
          .filter((one) => side === null || one.side === side)
          .map(({ account, atRisk, reached }) => ({ account, of: atRisk[place]!, count: reached[place]! })),
      )
    const [above, all] = [of('above'), of(null)]
    return {
      stage,
      above,
      below: of('below'),
      outside: of('outside'),
      all,
      lift: above.share === null || !all.share ? null : above.share / all.share,
    }
  })
}
