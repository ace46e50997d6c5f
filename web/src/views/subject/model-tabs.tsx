/** A tab for each model; those that do not apply say so, and why when they are opened. */
import { Tabs } from '@mantine/core'
import type { ReactNode } from 'react'
import { wholeText } from '../../format/numbers.ts'
import { shownText } from '../../format/shown-text.ts'
import { plainWords } from '../../format/words.ts'
import classes from './model-tabs.module.css'
import type { ModelScore } from './subject-answers.ts'

interface Props {
  readonly scores: Readonly<Record<string, ModelScore>>
  /** The model that decides. */
  readonly deciding: string
  readonly current: string
  readonly onChange: (model: string) => void
  /** What the current one says. */
  readonly children: ReactNode
}

const LONGEST_NAME = 40

export function ModelTabs({ scores, deciding, current, onChange, children }: Props) {
  const rank = (name: string): number => (name === deciding ? 2 : Number(scores[name]?.applies ?? false))
  const names = Object.keys(scores).sort((a, b) => rank(b) - rank(a))
  if (names.length < 2) return children
  return (
    <Tabs value={current} onChange={(model) => model !== null && onChange(model)}>
      <Tabs.List className={classes['tabs']} aria-label="Models">
        {names.map((name) => {
          const score = scores[name]
          return (
            <Tabs.Tab key={name} value={name} className={classes['tab']}>
              {shownText(plainWords(name), LONGEST_NAME)}{' '}
              <span className={classes['score']} data-applies={score?.applies}>
                {score?.applies ? wholeText(score.score) : 'does not apply'}
              </span>
            </Tabs.Tab>
          )
        })}
      </Tabs.List>
      <Tabs.Panel value={current} pt="md">
        {children}
      </Tabs.Panel>
    </Tabs>
  )
}
