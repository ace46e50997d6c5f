/** Who it is and what to do, at a glance. */

import { Title } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import { BandTag } from '../../components/band-tag.tsx'
import { Moment } from '../../components/moment.tsx'
import { ScoreBadge } from '../../components/score-badge.tsx'
import { Tag } from '../../components/tag.tsx'
import { Text } from '../../components/text.tsx'
import { VerdictTag } from '../../components/verdict-tag.tsx'
import { durationText } from '../../format/durations.ts'
import { moneyText, wholeText } from '../../format/numbers.ts'
import { shownText } from '../../format/shown-text.ts'
import { sentence } from '../../format/words.ts'
import type { Explained, ListedScore } from './subject-answers.ts'
import classes from './subject-header.module.css'

interface Props {
  readonly name: string
  /** Title and company, or what a company does. */
  readonly about: ReactNode
  /** null: nothing is said of it. */
  readonly explained: Explained | null
  /** Of the model that decides; null: it has none. */
  readonly score: number | null
  /** As the list of leads or accounts shows it; null: it shows none. */
  readonly stored: ListedScore | null
  /** Beside what the policy says is to be done. */
  readonly todo: ReactNode
  /** Buttons. */
  readonly children: ReactNode
}

const LONGEST_NAME = 120

export function SubjectHeader({ name, about, explained, score, stored, todo, children }: Props) {
  const shown = shownText(name, LONGEST_NAME)
  useEffect(() => {
    document.title = `${shown} · Wonlost`
  }, [shown])
  return (
    <header className={classes['header']}>
      <div className={classes['who']}>
        {score !== null && <LiveScore score={score} />}
        <div className={classes['name']}>
          <Title order={1} size="h2">
            <Text>{shown}</Text>
          </Title>
          <div className={classes['about']}>{about}</div>
          {explained && <Tags explained={explained} />}
          {explained && stored && <OtherInList now={score} {...{ explained, stored }} />}
        </div>
      </div>
      {explained && <Todo explained={explained}>{todo}</Todo>}
      <div className={classes['actions']}>{children}</div>
    </header>
  )
}

/** Where it changes while it is looked at, what it was before stays beside it. */
function LiveScore({ score }: { readonly score: number }) {
  const [seen, setSeen] = useState<{ readonly score: number; readonly before: number | null }>({
    ...{ score, before: null },
  })
  if (seen.score !== score) setSeen({ score, before: seen.score })
  return (
    <span className={classes['score']}>
      <span className={classes['badge']}>
        <ScoreBadge score={score} />
      </span>
      <span role="status" className={classes['before']}>
        {seen.before !== null && `${score > seen.before ? '▲' : '▼'} was ${wholeText(seen.before)}`}
      </span>
    </span>
  )
}

function Tags({ explained: { decision, verdict } }: { readonly explained: Explained }) {
  return (
    <div className={classes['tags']}>
      <BandTag decision={decision} verdict={verdict.status} />
      {decision.grade !== null && <Tag>{`grade ${decision.grade}`}</Tag>}
      {decision.quadrant !== null && <Tag tone="quiet">{shownText(decision.quadrant, 60)}</Tag>}
      {verdict.status !== decision.band && <VerdictTag verdict={verdict.status} />}
      {verdict.override && <Tag tone="quiet">overruled by hand</Tag>}
    </div>
  )
}

interface OtherProps {
  readonly now: number | null
  readonly explained: Explained
  readonly stored: ListedScore
}

/** Lists show the score that was kept last, this page the one of now: where they differ, it says so. */
function OtherInList({ now, explained, stored: { asOf, score, band } }: OtherProps) {
  const isOtherBand = explained.decision.band !== band
  // A list that is ahead is told of by the stream, and this page follows.
  if ((now === score && !isOtherBand) || Date.parse(asOf) > Date.parse(explained.as_of)) return null
  return (
    <p className={classes['listed']}>
      {`Lists still show ${wholeText(score)}${isOtherBand ? `, ${shownText(band, 40)}` : ''}, as of `}
      <Moment at={asOf} />
    </p>
  )
}

interface TodoProps {
  readonly explained: Explained
  readonly children: ReactNode
}

/** What the policy says is to be done. */
function Todo({ explained: { decision, verdict }, children }: TodoProps) {
  const { action, respond_within, grade_action, route, route_rule, nurture, expected_value } = decision
  return (
    <dl className={classes['todo']}>
      <div className={classes['action']}>
        <dt>Next</dt>
        <dd>
          <strong>
            <Text>{sentence(action)}</Text>
          </strong>
          {respond_within !== null && <> within {durationText(respond_within)}</>}
          {verdict.status === 'eligible' && grade_action !== null && grade_action !== action && (
            <small>
              By its grade: <Text>{grade_action}</Text>
            </small>
          )}
        </dd>
      </div>
      {children}
      {route !== null && (
        <div>
          <dt>Goes to</dt>
          <dd>
            <Text>{route}</Text>
            <small>
              {route_rule !== null && <Text>{route_rule}</Text>}
              {nurture !== null && (
                <>
                  {', mails: '}
                  <Text>{nurture}</Text>
                </>
              )}
            </small>
          </dd>
        </div>
      )}
      {expected_value && (
        <div>
          <dt>Expected value</dt>
          <dd>
            {moneyText(expected_value.value, expected_value.currency)}
            <small>
              of {moneyText(expected_value.amount, expected_value.currency)},{' '}
              {expected_value.basis === 'open deal' ? 'the open deal' : amountOf(expected_value.segment)}
            </small>
          </dd>
        </div>
      )}
    </dl>
  )
}

const amountOf = (segment: string | null): string =>
  segment === null ? 'the median won deal' : `the median won deal of ${shownText(segment, 60)}`
