/** Progress of long work on standard error: a bar with rate and time left on a terminal, a plain line a step (and every 10 %) elsewhere. */
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
  let first = 0
  let began = 0
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
            format: `  ${step} {bar} {percentage}% | {value}/{total} | {duration_formatted}{pace}`,
            hideCursor: true,
          },
          Presets.shades_classic,
        )
        // What was done before is no measure of how fast it goes.
        first = done
        began = performance.now()
        bar.start(total, done, { pace: '' })
      }
      bar.setTotal(total)
      bar.update(done, { pace: paceText(done - first, total - done, (performance.now() - began) / 1_000) })
      if (done >= total) finish()
    },
  }
}

/** `, 2150/s, 8 s left`; empty while nobody can tell. */
export function paceText(done: number, left: number, seconds: number): string {
  const rate = done / seconds
  if (!(rate > 0 && Number.isFinite(rate))) return ''
  const shown = rate >= 10 ? rate.toFixed(0) : rate.toPrecision(1)
  return left > 0 ? `, ${shown}/s, ${durationText(left / rate)} left` : `, ${shown}/s`
}

function durationText(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`
  const minutes = Math.ceil(seconds / 60)
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
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
