/** What people said of a lead, and verdicts by hand. */
import { Text as MantineText } from '@mantine/core'
import { Moment } from '../../components/moment.tsx'
import { Panel } from '../../components/panel.tsx'
import { Text } from '../../components/text.tsx'
import { wholeText } from '../../format/numbers.ts'
import { plainWords, sentence } from '../../format/words.ts'
import classes from '../subject/lists.module.css'
import type { RejectionReason } from '../subject/policy-parts.ts'
import { usePolicyParts } from '../subject/use-policy-parts.ts'
import type { FeedbackList } from './use-lead.ts'

export function SaidPanel({ said: { feedback, overrides } }: { readonly said: FeedbackList }) {
  const { rejectionReasons } = usePolicyParts()
  if (feedback.length === 0 && overrides.length === 0) return null
  const all = [
    ...feedback.map((one) => ({
      ...{ key: `f${one.number}`, at: one.given_at, by: one.by, detail: one.comment },
      text: feedbackText(one, rejectionReasons),
    })),
    ...overrides.map((one) => ({
      ...{ key: `o${one.set_at}`, at: one.set_at, by: one.set_by, detail: one.reason },
      text: `Overruled: ${one.status}${one.ended_at === null ? '' : ', ended since'}`,
    })),
  ].sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
  return (
    <Panel title="What was said of it">
      <ul className={classes['list']}>
        {all.map(({ key, at, by, text, detail }) => (
          <li key={key}>
            <span className={classes['main']}>
              <Text>{text}</Text>
              <small>
                <Text>{by}</Text> <Moment at={at} />
              </small>
              {detail !== null && (
                <small>
                  <Text>{detail}</Text>
                </small>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** What somebody said of it last, so that nobody calls who was called. */
export function LastSaid({ said: { feedback } }: { readonly said: FeedbackList }) {
  const { rejectionReasons } = usePolicyParts()
  const latest = feedback.toSorted((a, b) => Date.parse(b.given_at) - Date.parse(a.given_at))[0]
  if (!latest) return null
  return (
    <MantineText size="sm" c="dimmed" ta="end">
      <Text longest={120}>{feedbackText({ ...latest, seen: null }, rejectionReasons)}</Text>{' '}
      <Moment at={latest.given_at} /> by <Text longest={60}>{latest.by}</Text>
    </MantineText>
  )
}

function feedbackText(
  { kind, reason, correction, seen }: FeedbackList['feedback'][number],
  reasons: readonly RejectionReason[],
): string {
  const at = seen === null ? '' : `, at a score of ${wholeText(seen.score)}`
  if (kind === 'rejected') {
    const label = reasons.find(({ name }) => name === reason)?.label ?? reason ?? 'no reason'
    return `Rejected: ${label}${at}`
  }
  if (kind === 'corrected' && correction)
    return `Corrected: ${plainWords(correction.trait)} is ${String(correction.value)}`
  return `${sentence(kind)}${at}`
}
