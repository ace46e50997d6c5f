/** How likely it is, how sure that is, and how that stands to the average. */
import { Text as MantineText } from '@mantine/core'
import { Panel } from '../../components/panel.tsx'
import { percentText, tickText, timesText } from '../../format/numbers.ts'
import classes from './chance-panel.module.css'
import { averageChance, chanceScale } from './chance-scale.ts'
import type { AppliedScore } from './subject-answers.ts'

interface Props {
  readonly subject: string
  readonly score: AppliedScore
}

const WIDTH = 100

export function ChancePanel({ subject, score }: Props) {
  const { probability, interval, explanation } = score
  if (probability === null)
    return (
      <Panel title="Chance">
        <MantineText size="sm" c="dimmed">
          A rubric gives points. They become a chance when enough deals were won and lost.
        </MantineText>
      </Panel>
    )
  const [low = null, high = null] = interval ?? []
  const base = explanation?.base ?? null
  const average = base === null ? null : averageChance(base)
  const scale = chanceScale([probability, ...(interval ?? []), ...(average === null ? [] : [average])])
  const x = (share: number): number => (WIDTH * share) / scale.end
  return (
    <Panel title="Chance">
      <p className={classes['words']}>
        <strong className={classes['figure']}>{percentText(probability)}</strong>
        {low !== null && high !== null && (
          <span>
            {percentText(low)} to {percentText(high)} of those who look like this
          </span>
        )}
      </p>
      <svg
        className={classes['scale']}
        viewBox={`0 0 ${WIDTH} 34`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <rect className={classes['track']} width={WIDTH} y="14" height="6" rx="0" />
        {low !== null && high !== null && (
          <rect
            className={classes['interval']}
            x={x(low)}
            width={Math.max(0.5, x(high) - x(low))}
            y="10"
            height="14"
          />
        )}
        {average !== null && (
          <line className={classes['average']} x1={x(average)} x2={x(average)} y1="2" y2="32" />
        )}
        <line className={classes['here']} x1={x(probability)} x2={x(probability)} y1="4" y2="30" />
      </svg>
      <div className={classes['ticks']} aria-hidden="true">
        {scale.ticks.map((share) => (
          <span key={share}>{tickText(share)}</span>
        ))}
      </div>
      <MantineText size="sm" c="dimmed" mt={6}>
        {average === null
          ? 'What such points have come to: a rubric knows no average to stand beside.'
          : `The average ${subject}, the dashed line, stands at ${percentText(average)}: this one is ${timesText(probability / average)} as likely.`}
      </MantineText>
    </Panel>
  )
}
