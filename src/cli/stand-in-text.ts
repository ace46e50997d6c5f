/** What `train` and `demo` say where the rubric answers: of what worth its points are, and when a model will be possible. */
import { rubricReportLines } from '../../training/report/rubric-report.ts'
import type { StandIn } from '../../training/rubric/stand-in.ts'
import { formatTime } from '../glossary.ts'

export function standInLines(name: string, { outlook, rubric }: StandIn): string[] {
  return [
    ...(outlook === null ? [] : [`When a model of ${name} will be possible: ${outlook.text}`]),
    ...(rubric === null
      ? []
      : 'because' in rubric
        ? [`The rubric of ${name} ranks by points, without a probability. ${rubric.because}`]
        : [
            `The rubric of ${name} answers with a probability (version ${rubric.version}), until a model is promoted.`,
            ...rubricReportLines(rubric.report),
          ]),
  ]
}

/** The same for programs. */
export function standInNumbers({ outlook, rubric }: StandIn) {
  return {
    outlook: outlook && {
      reached: outlook.outcomes.reached,
      not_reached: outlook.outcomes.notReached,
      missing: { reached: outlook.missing.reached, not_reached: outlook.missing.notReached },
      ready_at: outlook.readyAt === null ? null : formatTime(outlook.readyAt),
      text: outlook.text,
    },
    rubric,
  }
}
