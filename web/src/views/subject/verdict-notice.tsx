/** What rules and people decided beside the score, and what the model says all the same. */
import { Alert } from '@mantine/core'
import { IconGavel } from '@tabler/icons-react'
import { Moment } from '../../components/moment.tsx'
import { Text } from '../../components/text.tsx'
import { percentText, wholeText } from '../../format/numbers.ts'
import { shownText } from '../../format/shown-text.ts'
import { dayAndYearText, withReadersTimes } from '../../format/times.ts'
import type { AppliedScore, Verdict } from './subject-answers.ts'
import classes from './verdict-notice.module.css'

interface Props {
  readonly verdict: Verdict
  /** Of the model that decides; null: it does not apply. */
  readonly score: AppliedScore | null
}

const TITLES: Readonly<Record<Verdict['status'], string>> = {
  eligible: 'What the rules say',
  review: 'To be reviewed before anybody calls',
  disqualified: 'Disqualified',
}

const COLOURS: Readonly<Record<Verdict['status'], string>> = {
  eligible: 'gray',
  review: 'yellow',
  disqualified: 'red',
}

/** Nothing where no rule holds and nobody has overruled any. */
export function VerdictNotice({ verdict, score }: Props) {
  const { status, rules, override, cap, raise, excluded_channels: excluded } = verdict
  if (rules.length === 0 && override === null) return null
  return (
    <Alert
      variant="outline"
      color={COLOURS[status]}
      icon={<IconGavel aria-hidden="true" />}
      title={override ? `Overruled by hand: ${status}` : TITLES[status]}
    >
      <ul className={classes['rules']}>
        {override && (
          <li>
            <strong>
              <Text>{override.reason}</Text>
            </strong>
            <small>
              <Text>{override.set_by}</Text> overruled the rules <Moment at={override.set_at} />
              {override.expires_at !== null && `, until ${dayAndYearText(Date.parse(override.expires_at))}`}.
              Without that it would be {without(override.without_it)}.
            </small>
          </li>
        )}
        {rules.map(({ id, action, reason, condition }) => (
          <li key={id}>
            <strong>
              <Text>{reason}</Text>
            </strong>
            <small>
              rule <code>{id}</code> ({action}):{' '}
              <span title={shownText(condition)}>
                <Text>{withReadersTimes(condition)}</Text>
              </span>
            </small>
          </li>
        ))}
      </ul>
      <p className={classes['besides']}>
        {[
          cap === null ? '' : `At most ${cap}.`,
          raise === null ? '' : `At least ${raise}.`,
          excluded.length === 0 ? '' : `Not to be reached by ${excluded.join(', ')}.`,
          score === null ? '' : saidByModel(score),
        ]
          .filter(Boolean)
          .join(' ')}
      </p>
    </Alert>
  )
}

function saidByModel({ score, band, probability }: AppliedScore): string {
  const chance = probability === null ? '' : `, a chance of ${percentText(probability)}`
  return `The model says all the same: ${wholeText(score)} points, ${band}${chance}.`
}

function without({ status, decision }: NonNullable<Verdict['override']>['without_it']): string {
  return status === decision.band ? status : `${status}, ${decision.band}`
}
