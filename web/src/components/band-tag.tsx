import { Tag } from './tag.tsx'

interface Props {
  readonly verdict: string
  readonly decision: { readonly band: string; readonly respond_within: string | null }
}

/** The band that was decided. Whoever is to be called stands out. */
export function BandTag({ verdict, decision: { band, respond_within } }: Props) {
  return <Tag tone={verdict === 'eligible' && respond_within !== null ? 'strong' : 'plain'}>{band}</Tag>
}
