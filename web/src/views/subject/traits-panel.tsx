import { Button } from '@mantine/core'
import { useState } from 'react'
import { Panel } from '../../components/panel.tsx'
import { Text } from '../../components/text.tsx'
import { numberText } from '../../format/numbers.ts'
import { exactTime } from '../../format/times.ts'
import { plainWords } from '../../format/words.ts'
import classes from './lists.module.css'
import type { Trait, Traits } from './subject-answers.ts'

interface Props {
  readonly title: string
  readonly traits: Traits
}

/** More are shown when asked for. */
const FIRST = 8

/** What is known of a lead or an account; since when and from where on hover. */
export function TraitsPanel({ title, traits }: Props) {
  const [isWhole, setWhole] = useState(false)
  const all = Object.entries(traits)
  if (all.length === 0) return null
  return (
    <Panel title={title}>
      <dl className={classes['traits']}>
        {(isWhole ? all : all.slice(0, FIRST)).map(([name, trait]) => (
          <Row key={name} name={name} trait={trait} />
        ))}
      </dl>
      {all.length > FIRST && (
        <Button size="compact-xs" variant="subtle" mt="xs" onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Fewer' : `${all.length - FIRST} more`}
        </Button>
      )}
    </Panel>
  )
}

function Row({ name, trait }: { readonly name: string; readonly trait: Trait }) {
  const since = trait.undated
    ? 'since when is not known'
    : `since ${exactTime(Date.parse(trait.occurred_at))}`
  return (
    <>
      <dt>
        <Text>{plainWords(name)}</Text>
      </dt>
      <dd title={`From ${trait.source}, ${since}`}>
        <Text>{valueText(trait.value)}</Text>
      </dd>
    </>
  )
}

function valueText(value: Trait['value']): string {
  if (typeof value === 'number') return numberText(value)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'string' ? value : value.join(', ')
}
