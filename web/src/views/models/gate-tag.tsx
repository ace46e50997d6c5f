import { Tag, type Tone } from '../../components/tag.tsx'
import type { Figures } from './use-models.ts'

type Verdict = NonNullable<Figures['gate']>['verdict']

const VERDICTS: Readonly<Record<Verdict, { readonly word: string; readonly tone: Tone }>> = {
  pass: { word: 'passed', tone: 'good' },
  by_hand: { word: 'left to a person', tone: 'plain' },
  refuse: { word: 'refused', tone: 'bad' },
}

/** What the gate of training said. */
export function GateTag({ verdict }: { readonly verdict: Verdict }) {
  const { word, tone } = VERDICTS[verdict]
  return <Tag tone={tone}>{word}</Tag>
}
