import { Tag, type Tone } from './tag.tsx'

const TONES: Readonly<Record<string, Tone>> = {
  eligible: 'good',
  review: 'plain',
  disqualified: 'bad',
}

/** What the guardrails decided. */
export function VerdictTag({ verdict }: { readonly verdict: string }) {
  return <Tag tone={TONES[verdict] ?? 'plain'}>{verdict}</Tag>
}
