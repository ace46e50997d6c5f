/** The score as a sum that the reader can follow: where everybody begins, each reason in words with its points, where this one stands. */
import { UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import { Panel } from '../../components/panel.tsx'
import { Text } from '../../components/text.tsx'
import { pointsText, tenthsText, wholeText } from '../../format/numbers.ts'
import type { AppliedScore, EventWorth } from './subject-answers.ts'
import { type Waterfall, type WaterfallPart, type WaterfallStep, waterfallOf } from './waterfall.ts'
import classes from './why-panel.module.css'

interface Props {
  readonly subject: string
  readonly score: AppliedScore
  /** undefined: not known yet. */
  readonly events: readonly EventWorth[] | undefined
  /** The group whose events are marked. */
  readonly marked: string | null
  readonly onMark: (group: string | null) => void
}

const TITLES: Readonly<Record<WaterfallPart['name'], string>> = {
  for: 'What speaks for it',
  against: 'What speaks against it',
  others: 'What else counts',
}

export function WhyPanel({ subject, score, events, marked, onMark }: Props) {
  const waterfall = waterfallOf(score)
  if (waterfall === null) return null
  const behind = countByGroup(events ?? [])
  const start = score.basis === 'rubric' ? `Where every ${subject} begins` : `The average ${subject}`
  return (
    <Panel
      title={`Why ${wholeText(score.score)} points`}
      actions={
        score.basis !== 'rubric' && <span className={classes['hint']}>10 points more double the odds</span>
      }
    >
      <table className={classes['table']}>
        <caption className={classes['caption']}>
          Each reason with its points, from {start.toLowerCase()} to this one
        </caption>
        <thead className={classes['caption']}>
          <tr>
            <th scope="col">Reason</th>
            <th scope="col">Drawn</th>
            <th scope="col">Points</th>
          </tr>
        </thead>
        <tbody>
          <tr className={classes['end']}>
            <th scope="row">{start}</th>
            <td className={classes['drawn']}>
              <Mark waterfall={waterfall} at={waterfall.startTenths / 10} />
            </td>
            <td className={classes['points']}>{tenthsText(waterfall.startTenths / 10)}</td>
          </tr>
        </tbody>
        {waterfall.parts.map((part) => (
          <Part key={part.name} {...{ part, waterfall, behind, marked, onMark }} />
        ))}
        <tbody>
          <tr className={classes['end']}>
            <th scope="row">
              This {subject}
              {isClamped(score) && <small> (shown as {wholeText(score.score)}: scores end there)</small>}
            </th>
            <td className={classes['drawn']}>
              <Mark waterfall={waterfall} at={waterfall.endTenths / 10} />
            </td>
            <td className={classes['points']}>= {tenthsText(waterfall.endTenths / 10)}</td>
          </tr>
        </tbody>
      </table>
    </Panel>
  )
}

interface PartProps extends Pick<Props, 'marked' | 'onMark'> {
  readonly part: WaterfallPart
  readonly waterfall: Waterfall
  readonly behind: ReadonlyMap<string, number>
}

function Part({ part, waterfall, behind, marked, onMark }: PartProps) {
  const [isOpen, setOpen] = useState(false)
  const title = (
    <tr>
      <th scope="rowgroup" colSpan={3} className={classes['part']}>
        {TITLES[part.name]}
      </th>
    </tr>
  )
  const rows = part.steps.map((step) => (
    <Row
      key={step.key}
      step={step}
      waterfall={waterfall}
      events={behind.get(step.group) ?? 0}
      isMarked={marked === step.group}
      onMark={onMark}
    />
  ))
  if (part.name !== 'others')
    return (
      <tbody>
        {title}
        {rows}
      </tbody>
    )
  const tenths = part.steps.reduce((sum, step) => sum + step.tenths, 0)
  const first = part.steps[0]
  const last = part.steps.at(-1)
  return (
    <tbody>
      {title}
      <tr>
        <th scope="row" className={classes['reason']}>
          <UnstyledButton
            className={classes['button']}
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? (
              <IconChevronDown size={14} aria-hidden="true" />
            ) : (
              <IconChevronRight size={14} aria-hidden="true" />
            )}{' '}
            {wholeText(part.steps.length)} others
          </UnstyledButton>
        </th>
        <td className={classes['drawn']}>
          {first && last && <Bar waterfall={waterfall} from={first.from} to={last.to} />}
        </td>
        <td className={classes['points']} data-direction={Math.sign(tenths)}>
          {pointsText(tenths / 10)}
        </td>
      </tr>
      {isOpen && rows}
    </tbody>
  )
}

interface RowProps extends Pick<Props, 'onMark'> {
  readonly step: WaterfallStep
  readonly waterfall: Waterfall
  readonly events: number
  readonly isMarked: boolean
}

function Row({ step, waterfall, events, isMarked, onMark }: RowProps) {
  const { group, text, tenths, from, to } = step
  return (
    <tr data-marked={isMarked}>
      <th scope="row" className={classes['reason']}>
        {events === 0 ? (
          <Text>{text}</Text>
        ) : (
          <UnstyledButton
            className={classes['button']}
            aria-pressed={isMarked}
            title={isMarked ? 'Marks nothing again' : 'Shows them in the timeline'}
            onClick={() => onMark(isMarked ? null : group)}
          >
            <Text>{text}</Text> <span className={classes['count']}>{eventsText(events)}</span>
          </UnstyledButton>
        )}
      </th>
      <td className={classes['drawn']}>
        <Bar waterfall={waterfall} from={from} to={to} />
      </td>
      <td className={classes['points']} data-direction={Math.sign(tenths)}>
        {pointsText(tenths / 10)}
      </td>
    </tr>
  )
}

const WIDTH = 100

function placeOf({ low, high }: Waterfall, points: number): number {
  return high === low ? WIDTH / 2 : (WIDTH * (points - low)) / (high - low)
}

interface BarProps {
  readonly waterfall: Waterfall
  readonly from: number
  readonly to: number
}

function Bar({ waterfall, from, to }: BarProps) {
  const [first, last] = [placeOf(waterfall, from), placeOf(waterfall, to)]
  const start = placeOf(waterfall, waterfall.startTenths / 10)
  return (
    <svg className={classes['bar']} viewBox={`0 0 ${WIDTH} 20`} preserveAspectRatio="none" aria-hidden="true">
      <line className={classes['start']} x1={start} x2={start} y1="-4" y2="24" />
      <rect
        data-direction={Math.sign(to - from)}
        x={Math.min(first, last)}
        width={Math.max(Math.abs(last - first), 0.4)}
        y="4"
        height="12"
      />
      <line className={classes['reached']} x1={last} x2={last} y1="4" y2="24" />
    </svg>
  )
}

function Mark({ waterfall, at }: { readonly waterfall: Waterfall; readonly at: number }) {
  const x = placeOf(waterfall, at)
  return (
    <svg className={classes['bar']} viewBox={`0 0 ${WIDTH} 20`} preserveAspectRatio="none" aria-hidden="true">
      <rect
        className={classes['standing']}
        x={Math.min(Math.max(x - 0.6, 0), WIDTH - 1.2)}
        width="1.2"
        height="20"
      />
    </svg>
  )
}

const eventsText = (count: number): string => (count === 1 ? '1 event' : `${wholeText(count)} events`)

function countByGroup(events: readonly EventWorth[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { adds } of events)
    for (const group of new Set(adds.map((added) => added.group)))
      counts.set(group, (counts.get(group) ?? 0) + 1)
  return counts
}

function isClamped({ score, raw_points }: AppliedScore): boolean {
  return Math.abs(score - raw_points) > 0.5 + 1e-9
}
