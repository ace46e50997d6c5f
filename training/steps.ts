/** Calculations that take minutes where rows are many, cut into steps: run at once, or with a moment between them. */
import { checkpoint } from './checkpoint.ts'

export type Steps<Result> = Generator<void, Result, void>

export function atOnce<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** After each step Ctrl-C is heard. Throws the reason of the abort. */
export async function interruptibly<Result>(
  steps: Steps<Result>,
  signal: AbortSignal | undefined,
): Promise<Result> {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    await checkpoint(signal)
  }
}
