/** What happened, the latest first; each event with what it is worth today. */
import { Button, Text as MantineText, VisuallyHidden } from '@mantine/core'
import { useEffect, useMemo, useRef } from 'react'
import { Link } from 'wouter'
import { Panel } from '../../components/panel.tsx'
import { Text } from '../../components/text.tsx'
import { leadPath } from '../../format/lead-name.ts'
import { pointsText, wholeText } from '../../format/numbers.ts'
import { clockTime, dayAndYearText, exactTime } from '../../format/times.ts'
import { plainWords } from '../../format/words.ts'
import type { EventWorth, EventWorths } from './subject-answers.ts'
import { dotRadius, isBehind, timelineDays } from './timeline.ts'
import classes from './timeline-panel.module.css'

interface Props {
  readonly worths: EventWorths
  /** What a lead is called, other than the one that the page is about; null: the page is about it. */
  readonly nameOf: (leadId: string) => string | null
  /** What an event carried: the page, the form. */
  readonly detailOf: (eventId: string) => string | null
  readonly marked: string | null
  readonly onMark: (group: string | null) => void
}

const BOX = 24
/** Of a day, which stays at the top. */
const HEADING = 28
/** Below it an event is worth nothing that can be shown. */
const LEAST_SHOWN = 0.05

export function TimelinePanel({ worths, nameOf, detailOf, marked, onMark }: Props) {
  const scroller = useRef<HTMLElement>(null)
  useEffect(() => {
    if (marked !== null) showFirstMarked(scroller.current)
  }, [marked])
  const events = worths.applies ? worths.events : NONE
  const days = useMemo(() => timelineDays(events, dayAndYearText), [events])
  if (!worths.applies)
    return (
      <Panel title="What happened">
        <MantineText size="sm" c="dimmed">
          {plainWords(worths.model)} does not apply: {worths.why}.
        </MantineText>
      </Panel>
    )
  const most = Math.max(0, ...events.map(({ points }) => Math.abs(points)))
  const behind = events.filter((event) => isBehind(event, marked)).length
  return (
    <Panel
      title="What happened"
      actions={
        marked !== null && (
          <Button size="compact-xs" variant="light" onClick={() => onMark(null)}>
            {wholeText(behind)} marked: {marked} ×
          </Button>
        )
      }
    >
      {events.length === 0 && (
        <MantineText size="sm" c="dimmed">
          Nothing yet.
        </MantineText>
      )}
      {events.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard (WCAG 2.1.1).
        <section className={classes['scroller']} ref={scroller} tabIndex={0} aria-label="Timeline">
          {days.map(({ at, events: ofDay }) => (
            <div key={at}>
              <h3 className={classes['day']}>{dayAndYearText(at)}</h3>
              <ul className={classes['events']}>
                {ofDay.map((event) => (
                  <Happened
                    key={event.event_id}
                    event={event}
                    most={most}
                    who={nameOf(event.lead_id)}
                    detail={detailOf(event.event_id)}
                    isMarked={isBehind(event, marked)}
                  />
                ))}
              </ul>
            </div>
          ))}
          {worths.not_listed > 0 && (
            <p className={classes['older']}>{wholeText(worths.not_listed)} older ones are not listed.</p>
          )}
        </section>
      )}
    </Panel>
  )
}

const NONE: readonly EventWorth[] = []

interface HappenedProps {
  readonly event: EventWorth
  readonly most: number
  readonly who: string | null
  readonly detail: string | null
  readonly isMarked: boolean
}

function Happened({ event, most, who, detail, isMarked }: HappenedProps) {
  const { points, type, lead_id } = event
  const at = Date.parse(event.occurred_at)
  const isWorth = Math.abs(points) >= LEAST_SHOWN
  const direction = isWorth ? Math.sign(points) : 0
  return (
    <li data-marked={isMarked}>
      <svg className={classes['dot']} viewBox={`0 0 ${BOX} ${BOX}`} aria-hidden="true">
        <circle cx={BOX / 2} cy={BOX / 2} r={dotRadius(points, most)} data-direction={direction} />
      </svg>
      <span className={classes['what']}>
        <span>
          <Text>{plainWords(type)}</Text>
          {isMarked && <VisuallyHidden> (behind the reason)</VisuallyHidden>}
          {who !== null && (
            <>
              {' by '}
              <Link href={leadPath(lead_id)}>
                <Text>{who}</Text>
              </Link>
            </>
          )}
        </span>
        {detail !== null && (
          <small>
            <Text isClipped>{detail}</Text>
          </small>
        )}
      </span>
      <time dateTime={event.occurred_at} title={exactTime(at)}>
        {clockTime(at)}
      </time>
      <span className={classes['points']} data-direction={direction}>
        {isWorth ? pointsText(points) : <span title="Hardly anything today, or not looked at">·</span>}
      </span>
    </li>
  )
}

/** To the latest event behind a reason, within the timeline and on the page. */
function showFirstMarked(scroller: HTMLElement | null): void {
  const first = scroller?.querySelector<HTMLElement>('li[data-marked=true]')
  if (!scroller || !first) return
  scroller.scrollTop += first.getBoundingClientRect().top - scroller.getBoundingClientRect().top - HEADING
  scroller.scrollIntoView({ block: 'nearest' })
}
