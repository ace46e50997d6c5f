import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import { shownText } from '../../format/shown-text.ts'
import classes from './thresholds.module.css'

interface Props {
  readonly band: string
  readonly score: number
  readonly least: number
  readonly most: number
  /** What lies from here on, in words. */
  readonly text: string
  /** Where it stands, and how a place is read, in the picture. */
  readonly x: number
  readonly top: number
  readonly bottom: number
  readonly scoreAt: (clientX: number, inside: Element) => number
  readonly onMove: (score: number) => void
}

const HANDLE = { width: 34, height: 26 }
const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: 5,
  PageDown: -5,
}

/** The edge at which a band begins: a line with a handle. */
export function EdgeSlider({ band, score, least, most, text, x, top, bottom, scoreAt, onMove }: Props) {
  const dragging = useRef(false)
  const drag = (event: PointerEvent<SVGGElement>): void => {
    const picture = event.currentTarget.ownerSVGElement
    if (dragging.current && picture) onMove(scoreAt(event.clientX, picture))
  }
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const step = STEPS[event.key]
    const to =
      step !== undefined ? score + step : event.key === 'Home' ? least : event.key === 'End' ? most : null
    if (to === null) return
    event.preventDefault()
    onMove(to)
  }
  return (
    <g
      className={classes['edge']}
      role="slider"
      tabIndex={0}
      aria-label={`${shownText(band, 60)} begins at`}
      aria-valuemin={least}
      aria-valuemax={most}
      aria-valuenow={score}
      aria-valuetext={text}
      aria-orientation="horizontal"
      onKeyDown={press}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        dragging.current = true
      }}
      onPointerMove={drag}
      onPointerUp={() => {
        dragging.current = false
      }}
      onPointerCancel={() => {
        dragging.current = false
      }}
    >
      <line x1={x} x2={x} y1={top + HANDLE.height} y2={bottom} />
      <rect x={x - HANDLE.width / 2} y={top} width={HANDLE.width} height={HANDLE.height} rx={6} />
      <text x={x} y={top + 18} textAnchor="middle">
        {score}
      </text>
    </g>
  )
}
