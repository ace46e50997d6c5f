/** Progress of long work on standard error: a bar on a terminal, a plain line a step (and every 10 %) elsewhere. */
import { Presets, SingleBar } from 'cli-progress'
import type { ReportProgress } from '../glossary.ts'

export interface Progress {
  readonly report: ReportProgress
  /** Ends the bar in hand, so that other text starts on a line of its own. */
  readonly finish: () => void
}

export function createProgress(stream: NodeJS.WriteStream): Progress {
  return stream.isTTY ? barProgress(stream) : lineProgress(stream)
}

function barProgress(stream: NodeJS.WriteStream): Progress {
  let bar: SingleBar | null = null
  let current = ''
  const finish = () => {
    bar?.stop()
    bar = null
    current = ''
  }
  return {
    finish,
    report(step, done, total) {
      if (total === undefined || done === undefined) {
        finish()
        stream.write(`  ${step}\n`)
        return
      }
      if (!bar || current !== step) {
        finish()
        current = step
        bar = new SingleBar(
          {
            stream,
            format: `  ${step} {bar} {percentage}% | {value}/{total} | {duration_formatted}`,
            hideCursor: true,
          },
          Presets.shades_classic,
        )
        bar.start(total, 0)
      }
      bar.setTotal(total)
      bar.update(done)
      if (done >= total) finish()
    },
  }
}

function lineProgress(stream: NodeJS.WriteStream): Progress {
  let current = ''
  let tenth = -1
  return {
    finish() {},
    report(step, done, total) {
      if (done === undefined || !total) {
        stream.write(`  ${step}\n`)
        return
      }
      if (step !== current) {
        current = step
        tenth = -1
      }
      const reached = Math.floor((10 * done) / total)
      if (reached === tenth) return
      tenth = reached
      stream.write(`  ${step}: ${done} of ${total}\n`)
    },
  }
}
