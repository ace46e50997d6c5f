/** What a page says, as plain text for a mail or a note in a CRM. */
import { durationText } from '../../format/durations.ts'
import { moneyText, percentText, pointsText, wholeText } from '../../format/numbers.ts'
import { shownText } from '../../format/shown-text.ts'
import { dayAndYearText } from '../../format/times.ts'
import type { Explained } from './subject-answers.ts'

interface Summary {
  /** `Ada Lovelace, Head of Operations, Acme`. */
  readonly who: readonly string[]
  readonly explained: Explained
  /** Of the model that decides. */
  readonly model: string
  /** Address of the page. */
  readonly address: string
}

const MOST_REASONS = 4

export function summaryText({ who, explained, model, address }: Summary): string {
  const { decision, verdict, as_of, falls } = explained
  const score = explained.scores[model]
  const { action, respond_within, route, expected_value } = decision
  const lines = [
    who.map((part) => shownText(part)).join(', '),
    score?.applies
      ? `${[
          `Score ${wholeText(score.score)} (${score.band})`,
          score.probability === null ? '' : `chance ${percentText(score.probability)}`,
          decision.grade === null ? '' : `grade ${decision.grade}`,
        ]
          .filter(Boolean)
          .join(', ')}, as of ${dayAndYearText(Date.parse(as_of))}`
      : `No score: ${score?.why ?? 'the model is not there'}`,
    `Next: ${action}${respond_within === null ? '' : ` within ${durationText(respond_within)}`}${route === null ? '' : ` (${route})`}`,
    expected_value ? `Expected value: ${moneyText(expected_value.value, expected_value.currency)}` : '',
    verdict.status === 'eligible' ? '' : `Verdict: ${verdict.status}`,
    verdict.override ? `Overruled: ${shownText(verdict.override.reason)}` : '',
    ...verdict.rules.map(({ id, reason }) => `Rule ${id}: ${shownText(reason)}`),
    ...(score?.applies ? reasonLines(score.explanation?.reasons) : []),
    falls?.text ?? '',
    address,
  ]
  return `${lines.filter(Boolean).join('\n')}\n`
}

type Reasons = Extract<Explained['scores'][string], { applies: true }>['explanation']

function reasonLines(reasons: NonNullable<Reasons>['reasons'] | undefined): readonly string[] {
  if (!reasons) return []
  return [...reasons.for.slice(0, MOST_REASONS), ...reasons.against.slice(0, MOST_REASONS)].map(
    ({ points, text }) => `${pointsText(points)}  ${shownText(text)}`,
  )
}
