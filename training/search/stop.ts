/** What ends a search: its time, or somebody who wants what there is. What ends the whole training ends it too, by an error. */
import type { Milliseconds, ReportProgress } from '../../src/glossary.ts'
import type { SearchReport } from '../report/search-report.ts'

/** What a search is asked for, by whoever has a clock. */
export interface SearchRequest {
  /** It ends after so long, with the best so far. */
  readonly budget: Milliseconds
  readonly now: () => Milliseconds
  /** Runs `work` with a signal that asks it to end early, with what it has: Ctrl-C, at the command line. */
  readonly endEarly: <Result>(work: (ended: AbortSignal) => Promise<Result>) => Promise<Result>
  /** Settings that are drawn, beside the defaults; absent: as many as the search likes. */
  readonly candidates?: number
}

/** Of one search. */
export interface SearchLimits extends Pick<SearchRequest, 'now' | 'candidates'> {
  readonly endsAt: Milliseconds
  /** Aborted: it ends early. */
  readonly ended: AbortSignal
  readonly report?: ReportProgress
}

/** For so many searches one after the other: each has an equal share of the time that is left when it begins. */
export function shareTime(
  { budget, now, candidates }: SearchRequest,
  searches: number,
  ended: AbortSignal,
): () => SearchLimits {
  const endsAt = now() + budget
  let left = searches
  return () => {
    const begins = now()
    const share = Math.max(0, endsAt - begins) / Math.max(1, left)
    left -= 1
    return { now, ended, endsAt: begins + share, ...(candidates === undefined ? {} : { candidates }) }
  }
}

export interface Stop {
  /** Aborted by whatever ends the search. */
  readonly signal: AbortSignal
  /** Looks at the clock. */
  look(): void
  /** Why it ended before all was tried. Throws the reason of the outer signal when that was it. */
  endedBy(): Extract<SearchReport['ended_by'], 'time' | 'interrupt'>
}

/** @param outer Ends the whole training. */
export function createStop({ endsAt, now, ended }: SearchLimits, outer: AbortSignal | undefined): Stop {
  const time = new AbortController()
  return {
    signal: AbortSignal.any([time.signal, ended, ...(outer ? [outer] : [])]),
    look() {
      if (now() >= endsAt) time.abort()
    },
    endedBy() {
      outer?.throwIfAborted()
      return ended.aborted ? 'interrupt' : 'time'
    },
  }
}
