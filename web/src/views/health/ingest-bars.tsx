import { PlotFrame } from '../../components/plot-frame.tsx'
import { wholeText } from '../../format/numbers.ts'
import { clockTime } from '../../format/times.ts'
import classes from './ingest-bars.module.css'
import type { IngestRate } from './use-health.ts'

const HEIGHT = 120
const STEP = 10
const GAP = 2
/** So that a message a minute is no mountain. */
const LEAST_MOST = 10

/** Messages by the minute: those that were used, and on top of them those that could not be. */
export function IngestBars({ rate: { minutes } }: { readonly rate: IngestRate }) {
  const most = Math.max(LEAST_MOST, ...minutes.map(({ received }) => received))
  const width = minutes.length * STEP
  const height = (count: number): number => (count / most) * HEIGHT
  const busiest = minutes.reduce((best, one) => (one.received > best.received ? one : best), minutes[0]!)
  const [first, last] = [minutes[0], minutes.at(-1)]
  return (
    <PlotFrame
      title="Messages by the minute"
      hint="Filled: used. Hatched: rejected. The last minute is not over yet."
      inWords={
        busiest.received === 0
          ? 'No message in the last hour.'
          : `Most were ${wholeText(busiest.received)} in the minute of ${clockTime(Date.parse(busiest.from))}; the last full minute had ${wholeText(minutes.at(-2)?.received ?? 0)}.`
      }
    >
      <div className={classes['chart']}>
        <span className={classes['most']} aria-hidden="true">
          {wholeText(most)}
        </span>
        <svg viewBox={`0 0 ${width} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          <defs>
            <pattern id="rejected" width="4" height="4" patternUnits="userSpaceOnUse">
              <rect className={classes['hatch']} width="4" height="2" />
            </pattern>
          </defs>
          {minutes.map(({ from, received, rejected }, index) => (
            <g key={from}>
              <title>
                {clockTime(Date.parse(from))}: {wholeText(received)}, rejected {wholeText(rejected)}
              </title>
              <rect className={classes['minute']} x={index * STEP} y="0" width={STEP} height={HEIGHT} />
              <rect
                className={classes['used']}
                x={index * STEP + GAP / 2}
                y={HEIGHT - height(received - rejected)}
                width={STEP - GAP}
                height={height(received - rejected)}
              />
              <rect
                className={classes['rejected']}
                x={index * STEP + GAP / 2}
                y={HEIGHT - height(received)}
                width={STEP - GAP}
                height={height(rejected)}
                fill="url(#rejected)"
              />
            </g>
          ))}
        </svg>
        <div className={classes['times']} aria-hidden="true">
          <span>{first && clockTime(Date.parse(first.from))}</span>
          <span>{last && clockTime(Date.parse(last.from))}</span>
        </div>
      </div>
    </PlotFrame>
  )
}
