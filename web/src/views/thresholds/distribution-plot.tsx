/** Leads by score, of each the expected wins, and the edges of bands to move. */
import { useElementSize } from '@mantine/hooks'
import { memo } from 'react'
import { wholeText } from '../../format/numbers.ts'
import { shownText } from '../../format/shown-text.ts'
import { type Line, roomOf, sumOf } from './band-sums.ts'
import { EdgeSlider } from './edge-slider.tsx'
import classes from './thresholds.module.css'

interface Props {
  readonly lines: readonly Line[]
  /** The lowest first. */
  readonly names: readonly string[]
  readonly starts: readonly number[]
  readonly onMove: (band: number, score: number) => void
}

const HEIGHT = 300
const SCORES = 101
const TICKS = [0, 20, 40, 60, 80, 100]
/** Left, right, below; above stand the handles and the names. */
const [LEFT, RIGHT, BOTTOM, TOP] = [42, 20, 40, 58]

export function DistributionPlot({ lines, names, starts, onMove }: Props) {
  const { ref, width } = useElementSize()
  const inner = Math.max(1, width - LEFT - RIGHT)
  const x = (score: number): number => LEFT + (inner * score) / SCORES
  const scoreAt = (clientX: number, inside: Element): number =>
    ((clientX - inside.getBoundingClientRect().left - LEFT) / inner) * SCORES
  return (
    <div ref={ref} className={classes['plot']}>
      {width > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: what belongs together in a picture.
        <svg width={width} height={HEIGHT} role="group" aria-label="Leads by score, and where bands begin">
          {names.map((name, band) => {
            const from = starts[band] ?? 0
            const to = starts[band + 1] ?? SCORES
            const room = x(to) - x(from)
            return (
              <g key={name}>
                <rect
                  className={classes['band']}
                  data-shade={band % 2}
                  x={x(from)}
                  y={TOP - 26}
                  width={room}
                  height={HEIGHT - TOP - BOTTOM + 26}
                />
                <text className={classes['name']} x={x(from) + room / 2} y={TOP - 9} textAnchor="middle">
                  {room > 30 ? shownText(name, Math.floor(room / 8)) : ''}
                </text>
              </g>
            )
          })}
          <Bars lines={lines} inner={inner} />
          {starts.map((score, band) =>
            band === 0 ? null : (
              <EdgeSlider
                key={names[band]}
                band={names[band] ?? ''}
                score={score}
                {...roomOf(starts, band)}
                text={`${score} points; ${wholeText(sumOf(lines.slice(score)).leads)} leads from there on`}
                x={x(score)}
                top={2}
                bottom={HEIGHT - BOTTOM}
                scoreAt={scoreAt}
                onMove={(to) => onMove(band, to)}
              />
            ),
          )}
        </svg>
      )}
    </div>
  )
}

/** Heights grow with the square root: the few with high scores are those whom it is about. */
const Bars = memo(function Bars({
  lines,
  inner,
}: {
  readonly lines: readonly Line[]
  readonly inner: number
}) {
  const most = Math.max(1, ...lines.map(({ leads }) => leads))
  const bottom = HEIGHT - BOTTOM
  const room = bottom - TOP - 6
  const x = (score: number): number => LEFT + (inner * score) / SCORES
  const bar = (score: number, value: number): string => {
    const height = Math.sqrt(value / most) * room
    const wide = Math.max(1, inner / SCORES - 1)
    return `M${x(score).toFixed(1)} ${bottom}v${(-height).toFixed(1)}h${wide.toFixed(1)}v${height.toFixed(1)}z`
  }
  return (
    <g className={classes['bars']}>
      <path className={classes['all']} d={lines.map(({ score, leads }) => bar(score, leads)).join('')} />
      <path
        className={classes['wins']}
        d={lines.map(({ score, expected_wins }) => bar(score, expected_wins ?? 0)).join('')}
      />
      <line className={classes['ground']} x1={LEFT} x2={LEFT + inner} y1={bottom} y2={bottom} />
      {TICKS.map((tick) => (
        <text key={tick} x={x(tick + 0.5)} y={bottom + 16} textAnchor="middle">
          {tick}
        </text>
      ))}
      {[0, most / 4, most].map((value) => (
        <text key={value} x={LEFT - 6} y={bottom - Math.sqrt(value / most) * room + 4} textAnchor="end">
          {wholeText(value)}
        </text>
      ))}
      <text className={classes['axis']} x={LEFT + inner / 2} y={HEIGHT - 4} textAnchor="middle">
        score
      </text>
    </g>
  )
})
