/** Where the time of a training run went: the only part of a report that another run of the same data does not repeat. */
import { numberText } from '../../src/features/wording.ts'

/** `seconds` of the wall clock, >= 0. In the order in which the stages began. */
export interface StageReport {
  readonly stage: string
  readonly seconds: number
}

/** One line: "Time: finding rows 1.2 s, learning 3.4 s; 4.6 s in all". */
export function stagesLine(stages: readonly StageReport[]): string {
  const total = stages.reduce((sum, { seconds }) => sum + seconds, 0)
  const parts = stages.map(({ stage, seconds }) => `${stage} ${secondsText(seconds)}`)
  return `Time: ${parts.join(', ')}; ${secondsText(total)} in all`
}

function secondsText(seconds: number): string {
  return `${seconds < 100 ? seconds.toFixed(1) : numberText(Math.round(seconds))} s`
}
