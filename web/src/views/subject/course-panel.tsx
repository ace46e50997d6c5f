/** The score over time: what was said, how it came about, and how it goes on if nothing new happens. */
import { Text as MantineText } from '@mantine/core'
import { useCallback, useMemo } from 'react'
import { scoreCourseChart } from '../../../../src/charts/score-course.ts'
import { Panel } from '../../components/panel.tsx'
import { tenthsText } from '../../format/numbers.ts'
import { dayText, exactTime } from '../../format/times.ts'
import { sentence } from '../../format/words.ts'
import { type CourseLines, courseLines } from './course-lines.ts'
import type { BandEdge } from './policy-parts.ts'
import type { Course, HistoryEntry } from './subject-answers.ts'
import { usePolicyParts } from './use-policy-parts.ts'
import classes from './wide-chart.module.css'
import { WideChart } from './wide-chart.tsx'

interface Props {
  readonly course: Course
  readonly entries: readonly HistoryEntry[]
  /** When it leaves its band, in words; null: nothing is known of that. */
  readonly falls: string | null
}

const TITLE = 'Score over time'
const HEIGHT = 260

export function CoursePanel({ course, entries, falls }: Props) {
  const { bands } = usePolicyParts()
  const lines = useMemo(() => courseLines(course, entries), [course, entries])
  const draw = useDraw(lines, bands)
  if (lines.course.length === 0)
    return (
      <Panel title={TITLE}>
        <MantineText size="sm" c="dimmed">
          {course.model} has not applied at any time shown here.
        </MantineText>
      </Panel>
    )
  return (
    <Panel title={TITLE}>
      <p className={classes['legend']}>
        <span data-line="course">by what was known, with the model of now</span>
        <span data-line="ahead">if nothing new happens</span>
        <span data-line="said">what was said</span>
      </p>
      <WideChart draw={draw} height={HEIGHT}>
        <CourseTable lines={lines} />
      </WideChart>
      {falls !== null && (
        <MantineText size="sm" mt={4}>
          {sentence(falls)}.
        </MantineText>
      )}
    </Panel>
  )
}

function useDraw({ now, course, said, marks }: CourseLines, bands: readonly BandEdge[]) {
  return useCallback(
    (document: Document, width: number) =>
      scoreCourseChart(document, {
        ...{ title: TITLE, now, course, said, bands, marks, width, dayText },
      }),
    [now, course, said, marks, bands],
  )
}

function CourseTable({ lines: { now, course, said, marks } }: { readonly lines: CourseLines }) {
  const rows = [
    ...course.map((point) => ({
      ...point,
      what: point.at > now ? 'if nothing new happens' : 'by the model of now',
    })),
    ...said.map((point) => ({ ...point, what: `said, because of ${point.cause}` })),
  ].sort((a, b) => a.at - b.at)
  return (
    <>
      <table>
        <caption>{TITLE}</caption>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Points</th>
            <th scope="col">Band</th>
            <th scope="col">What</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ at, points, band, what }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: nothing else tells two of one moment apart, and rows keep nothing.
            <tr key={index}>
              <td>{exactTime(at)}</td>
              <td>{tenthsText(points)}</td>
              <td>{band}</td>
              <td>{what}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {marks.map(({ at, name }) => (
        <p key={`${at} ${name}`}>
          {exactTime(at)}: from then on {name}.
        </p>
      ))}
    </>
  )
}
