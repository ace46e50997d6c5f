/** The grid as a picture: fit to the right, intent up, cells of grades, dots or a density, and the box that is selected. */
import { useElementSize } from '@mantine/hooks'
import { type KeyboardEvent, memo, type PointerEvent, useMemo, useState } from 'react'
import type { Box } from '../../format/box.ts'
import { wholeText } from '../../format/numbers.ts'
import { shownText } from '../../format/shown-text.ts'
import {
  boxBetween,
  countIn,
  dotsOf,
  type GradeCell,
  type Grid,
  pushBox,
  quadrantsOf,
  widen,
} from './boxes.ts'
import classes from './grid.module.css'
import { createScale, type GridScale, TICKS } from './grid-scale.ts'

interface Props {
  readonly bins: Grid['bins']
  readonly leads: number
  readonly cells: readonly GradeCell[]
  readonly box: Box | null
  /** While it is dragged, and when it is done. */
  readonly onDrag: (box: Box) => void
  readonly onSelect: (box: Box | null) => void
  /** Where selecting begins by keyboard. */
  readonly firstBox: Box
}

/** Up to so many leads each is a dot. */
const MOST_DOTS = 5_000
const DENSITY_SIZE = 4
/** Below it names of quadrants would stand on one another; the table has them. */
const LEAST_WIDTH_FOR_NAMES = 430
/** Of a count; one without room is in the table. */
const CHARACTER_WIDTH = 7
/** Of what a cell says, from its edge. */
const LABEL_INSET = 6
/** Less than this is a click on a cell. */
const LEAST_DRAG = 5

export function GridPlot({ bins, leads, cells, box, onDrag, onSelect, firstBox }: Props) {
  const { ref, width } = useElementSize()
  const scale = useMemo(() => createScale(width), [width])
  const [from, setFrom] = useState<readonly [number, number] | null>(null)
  const placeOf = (event: PointerEvent<HTMLDivElement>): readonly [number, number] => {
    const { left, top } = event.currentTarget.getBoundingClientRect()
    return [event.clientX - left, event.clientY - top]
  }
  const drag = (event: PointerEvent<HTMLDivElement>): Box | null => {
    if (!from) return null
    const to = placeOf(event)
    if (Math.hypot(to[0] - from[0], to[1] - from[1]) < LEAST_DRAG) return null
    return boxBetween(scale.scoresAt(from), scale.scoresAt(to))
  }
  const release = (event: PointerEvent<HTMLDivElement>): void => {
    if (!from) return
    const dragged = drag(event)
    const [fit, intent] = scale.scoresAt(from)
    const clicked = cells.find(
      ({ box: cell }) =>
        fit >= cell.fitFrom && fit <= cell.fitTo && intent >= cell.intentFrom && intent <= cell.intentTo,
    )
    setFrom(null)
    onSelect(dragged ?? clicked?.box ?? null)
  }
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const pushed = event.key.startsWith('Arrow')
      ? box
        ? pushBox(box, event.key, event.shiftKey)
        : firstBox
      : null
    if (!pushed && event.key !== 'Escape') return
    event.preventDefault()
    onSelect(pushed)
  }
  return (
    <div
      ref={ref}
      className={classes['plot']}
      role="application"
      aria-label="Grid of fit and intent. Arrow keys move the box, with shift they change its size, Escape takes it away. All pairs are in the table below."
      // biome-ignore lint/a11y/noNoninteractiveTabindex: an application has keys, which are in its name.
      tabIndex={0}
      onKeyDown={press}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        setFrom(placeOf(event))
      }}
      onPointerMove={(event) => {
        const dragged = drag(event)
        if (dragged) onDrag(dragged)
      }}
      onPointerUp={release}
      onPointerCancel={() => setFrom(null)}
    >
      {width > 0 && (
        <svg width={scale.width} height={scale.height} aria-hidden="true">
          <Ground scale={scale} cells={cells} />
          {leads > MOST_DOTS ? <Density scale={scale} bins={bins} /> : <Dots scale={scale} bins={bins} />}
          {box && <rect className={classes['box']} {...scale.rectOf(box)} />}
          <Labels scale={scale} cells={cells} bins={bins} />
        </svg>
      )}
    </div>
  )
}

/** Cells, the axes and their names. */
const Ground = memo(function Ground({
  scale,
  cells,
}: {
  readonly scale: GridScale
  readonly cells: readonly GradeCell[]
}) {
  return (
    <g>
      {cells.map(({ grade, box }) => (
        <rect
          key={grade}
          className={classes['cell']}
          data-shade={(grade.charCodeAt(0) + Number(grade.slice(1))) % 2}
          {...scale.rectOf(box)}
        />
      ))}
      {TICKS.map((tick) => (
        <g key={tick} className={classes['tick']}>
          <text x={scale.x(tick + 0.5)} y={scale.bottom + 16} textAnchor="middle">
            {tick}
          </text>
          <text x={scale.left - 6} y={scale.y(tick + 0.5) + 4} textAnchor="end">
            {tick}
          </text>
        </g>
      ))}
      <text
        className={classes['axis']}
        x={(scale.left + scale.right) / 2}
        y={scale.height - 4}
        textAnchor="middle"
      >
        fit →
      </text>
      <text
        className={classes['axis']}
        transform={`translate(11 ${(scale.top + scale.bottom) / 2}) rotate(-90)`}
        textAnchor="middle"
      >
        intent →
      </text>
    </g>
  )
})

const Dots = memo(function Dots({ scale, bins }: { readonly scale: GridScale; readonly bins: Grid['bins'] }) {
  const path = dotsOf(bins)
    .map(([fit, intent]) => `M${scale.x(fit).toFixed(1)} ${scale.y(intent).toFixed(1)}h0`)
    .join('')
  return <path className={classes['dots']} d={path} />
})

const Density = memo(function Density({
  scale,
  bins,
}: {
  readonly scale: GridScale
  readonly bins: Grid['bins']
}) {
  const wide = widen(bins, DENSITY_SIZE)
  const most = Math.max(1, ...wide.map(({ leads }) => leads))
  return (
    <g className={classes['density']}>
      {wide.map(({ fit, intent, leads }) => (
        <rect
          key={`${fit} ${intent}`}
          {...scale.rectOf({
            ...{ fitFrom: fit, fitTo: Math.min(100, fit + DENSITY_SIZE - 1) },
            ...{ intentFrom: intent, intentTo: Math.min(100, intent + DENSITY_SIZE - 1) },
          })}
          fillOpacity={(0.06 + 0.84 * Math.sqrt(leads / most)).toFixed(3)}
        />
      ))}
    </g>
  )
})

/** Of each cell its grade and who is in it; of each quadrant its name. */
const Labels = memo(function Labels({
  scale,
  cells,
  bins,
}: {
  readonly scale: GridScale
  readonly cells: readonly GradeCell[]
  readonly bins: Grid['bins']
}) {
  return (
    <g>
      {cells.map(({ grade, action, box }) => {
        const { x, y, width, height } = scale.rectOf(box)
        if (width < 22 || height < 26) return null
        const count = wholeText(countIn(bins, box))
        return (
          <g key={grade} className={classes['label']}>
            <title>{action === null ? grade : `${grade}: ${shownText(action)}`}</title>
            <text x={x + LABEL_INSET} y={y + 16}>
              <tspan className={classes['grade']}>{grade}</tspan>
              {2 * LABEL_INSET + count.length * CHARACTER_WIDTH <= width && (
                <tspan x={x + LABEL_INSET} dy={14}>
                  {count}
                </tspan>
              )}
            </text>
          </g>
        )
      })}
      {(scale.width < LEAST_WIDTH_FOR_NAMES ? [] : quadrantsOf(cells)).map(({ name, box }) => {
        const { x, y, width, height } = scale.rectOf(box)
        return (
          <text
            key={name}
            className={classes['quadrant']}
            x={x + width - 8}
            y={y + height - 9}
            textAnchor="end"
          >
            {shownText(name, Math.max(4, Math.floor(width / 7)))}
          </text>
        )
      })}
    </g>
  )
})
