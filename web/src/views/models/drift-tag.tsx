import { Tag, type Tone } from '../../components/tag.tsx'
import type { MonitorRun } from './use-models.ts'

const VERDICTS: Readonly<Record<MonitorRun['verdict'], { readonly word: string; readonly tone: Tone }>> = {
  steady: { word: 'steady', tone: 'good' },
  crossed: { word: 'a limit was crossed', tone: 'bad' },
  too_little: { word: 'too little to say', tone: 'quiet' },
}

/** What the monitor found last. */
export function DriftTag({ run }: { readonly run: MonitorRun | undefined }) {
  if (!run) return <Tag tone="quiet">has not run</Tag>
  const { word, tone } = VERDICTS[run.verdict]
  return <Tag tone={tone}>{word}</Tag>
}
