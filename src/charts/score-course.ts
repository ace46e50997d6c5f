import { dot, gridY, line, ruleX, ruleY, text } from '@observablehq/plot'
import { AXIS, type Chart, type ChartDocument, COLOURS, drawChart, GRID, HALO } from './chart.ts'

interface CoursePoint {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly points: number
}

/** How a score runs: as it would have been by the model of now, as it was said at the time, and as it will be if nothing happens. */
export interface ScoreCourseLines {
  readonly title: string
  readonly now: number
  /** By the model of now, in order of time. */
  readonly course: readonly CoursePoint[]
  /** What was said, in order of time: each holds until the next. */
  readonly said: readonly CoursePoint[]
  /** Points from which each begins. */
  readonly bands: readonly { readonly name: string; readonly from: number }[]
  /** Moments at which something else than the subject changed. */
  readonly marks: readonly { readonly at: number; readonly name: string }[]
  /** Of the reader. */
  readonly width: number
  readonly dayText: (at: number) => string
}

const HEIGHT = 260
const TICK_ROOM = 110

export function scoreCourseChart(document: ChartDocument, given: ScoreCourseLines): Chart {
  const { title, now, course, said, bands, marks, width, dayText } = given
  const past = course.filter(({ at }) => at <= now)
  const ahead = [...past.slice(-1), ...course.filter(({ at }) => at > now)]
  const times = [...course, ...said].map(({ at }) => at)
  const from = Math.min(now, ...times)
  const to = Math.max(now, ...times)
  const values = [...course, ...said].map(({ points }) => points)
  const edges = bands.filter(({ from: edge }) => edge > 0)
  const last = said.at(-1)
  const steps = last ? [...said, { at: now, points: last.points }] : []
  const where = { x: 'at', y: 'points' } as const
  return drawChart(
    document,
    { title, description: inWords(past, ahead) },
    {
      width,
      height: HEIGHT,
      marginLeft: 40,
      marginRight: edges.length > 0 ? 52 : 16,
      marginTop: 22,
      marginBottom: 26,
      x: {
        ...AXIS,
        domain: [from, Math.max(to, from + 1)],
        ticks: Math.max(2, Math.floor(width / TICK_ROOM)),
        tickFormat: (at: number) => dayText(at),
        label: null,
      },
      y: { ...AXIS, domain: [Math.min(0, ...values), Math.max(100, ...values)], ticks: 5, label: null },
      marks: [
        gridY(GRID),
        ruleY(edges, { y: 'from', stroke: COLOURS.muted, strokeOpacity: 0.7, strokeDasharray: '1,3' }),
        text(edges, {
          x: () => Math.max(to, from + 1),
          y: 'from',
          text: 'name',
          dx: 6,
          dy: -6,
          textAnchor: 'start',
          fill: 'currentColor',
        }),
        ruleX([now], { stroke: 'currentColor', strokeOpacity: 0.7 }),
        text([now], { x: (at: number) => at, frameAnchor: 'top', dy: -14, text: () => 'now', ...HALO }),
        ruleX(marks, { x: 'at', stroke: COLOURS.third, strokeDasharray: '4,2' }),
        text(marks, {
          ...{ x: 'at', frameAnchor: 'bottom', dx: -4, dy: -4, textAnchor: 'end', text: 'name' },
          ...HALO,
        }),
        line(past, { ...where, stroke: COLOURS.model, strokeWidth: 2.5 }),
        line(ahead, { ...where, stroke: COLOURS.model, strokeWidth: 2.5, strokeDasharray: '5,4' }),
        line(steps, { ...where, stroke: COLOURS.against, strokeWidth: 1.5, curve: 'step-after' }),
        dot(said, { ...where, r: 3, fill: COLOURS.against }),
      ],
    },
  )
}

function inWords(past: readonly CoursePoint[], ahead: readonly CoursePoint[]): string {
  const [first, now, last] = [past[0], past.at(-1), ahead.at(-1)]
  if (!first || !now) return 'There is no score yet.'
  const course = `From ${first.points.toFixed(0)} points to ${now.points.toFixed(0)} now`
  return last && last !== now
    ? `${course}, and ${last.points.toFixed(0)} in the end if nothing happens.`
    : `${course}.`
}
