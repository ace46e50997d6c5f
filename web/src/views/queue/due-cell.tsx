import { Moment } from '../../components/moment.tsx'
import { Tag } from '../../components/tag.tsx'
import { useNow } from '../../components/use-now.ts'

/** When the promised response is due. */
export function DueCell({ at }: { readonly at: string | null }) {
  const now = useNow()
  if (at === null) return null
  return (
    <>
      <Moment at={at} /> {Date.parse(at) < now && <Tag tone="bad">late</Tag>}
    </>
  )
}
