/** The stages of a training run: each is told as it begins, is where an abort is heard, and is timed where there is a clock. */
import type { Milliseconds, ReportProgress } from '../src/glossary.ts'
import { checkpoint } from './checkpoint.ts'
import type { StageReport } from './report/stages-report.ts'

export interface Stages {
  /** The stage before it ends here. Throws the reason of the abort. */
  begin(stage: string): Promise<void>
  /** Ends the last stage. null without a clock. */
  end(): readonly StageReport[] | null
}

/** @param now The clock, which nothing that is learned depends on. */
export function createStages({
  now,
  report,
  signal,
}: {
  readonly now?: () => Milliseconds
  readonly report?: ReportProgress
  readonly signal?: AbortSignal
}): Stages {
  const begun: { readonly stage: string; readonly at: Milliseconds }[] = []
  return {
    async begin(stage) {
      report?.(stage)
      await checkpoint(signal)
      if (now) begun.push({ stage, at: now() })
    },
    end() {
      if (!now) return null
      const endedAt = now()
      // The clock of a machine may be set back meanwhile.
      return begun.map(({ stage, at }, i) => ({
        stage,
        seconds: Math.max(0, (begun[i + 1]?.at ?? endedAt) - at) / 1_000,
      }))
    },
  }
}
