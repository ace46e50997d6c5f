import { shownText } from '../format/shown-text.ts'
import { Tag } from './tag.tsx'

interface Props {
  readonly decision: { readonly band: string; readonly respond_within: string | null }
  /** As rules and people have it. */
  readonly verdict: string
}

/** The band that was decided. Who is to be called stands out. */
export function BandTag({ decision: { band, respond_within }, verdict }: Props) {
  const isToBeCalled = verdict === 'eligible' && respond_within !== null
  return <Tag tone={isToBeCalled ? 'strong' : 'plain'}>{shownText(band, 40)}</Tag>
}
