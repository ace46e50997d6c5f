import { Text } from '../../components/text.tsx'
import type { ConditionWords } from './condition-words.ts'
import classes from './guardrails.module.css'

const HEADS = { all: 'all of', any: 'any of', not: 'not' } as const

/** A condition in words; what is composed is a list. */
export function Condition({ condition }: { readonly condition: ConditionWords }) {
  if (condition.kind === 'words') return <Text>{condition.text}</Text>
  return (
    <div className={classes['composed']}>
      <span>{HEADS[condition.kind]}</span>
      <ul>
        {condition.parts.map((part, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have no names, and never change places.
          <li key={place}>
            <Condition condition={part} />
          </li>
        ))}
      </ul>
    </div>
  )
}
