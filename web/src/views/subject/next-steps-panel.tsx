/** What would change the score, if it happened now. */
import { Panel } from '../../components/panel.tsx'
import { Tag } from '../../components/tag.tsx'
import { Text } from '../../components/text.tsx'
import { pointsText, wholeText } from '../../format/numbers.ts'
import { sentence } from '../../format/words.ts'
import classes from './lists.module.css'
import type { NextStep } from './subject-answers.ts'

interface Props {
  readonly steps: readonly NextStep[]
  /** The band of now. */
  readonly band: string
}

export function NextStepsPanel({ steps, band }: Props) {
  if (steps.length === 0) return null
  return (
    <Panel title="What would change it">
      <ul className={classes['list']}>
        {steps.map((step) => (
          <li key={`${step.event} ${step.trait} ${step.account_trait} ${step.label}`}>
            <span className={classes['main']}>
              <Text>{sentence(step.label)}</Text>
              {step.band !== band && (
                <>
                  {' '}
                  <Tag>{step.band}</Tag>
                </>
              )}
              <small>
                <Text>{step.text}</Text>
              </small>
            </span>
            <span className={classes['figure']} data-direction={Math.sign(Math.round(10 * step.points))}>
              {pointsText(step.points)}
              <small>to {wholeText(step.score)}</small>
            </span>
          </li>
        ))}
      </ul>
      <p className={classes['note']}>What such leads have done. It says nothing about what causes what.</p>
    </Panel>
  )
}
