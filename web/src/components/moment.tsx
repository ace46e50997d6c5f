import { exactTime, relativeTime } from '../format/times.ts'
import { useNow } from './use-now.ts'

/** A time, told from now; the exact one, in the reader's zone, on hover. */
export function Moment({ at }: { readonly at: string }) {
  const time = Date.parse(at)
  const now = useNow()
  return (
    <time dateTime={at} title={exactTime(time)}>
      {relativeTime(time, now)}
    </time>
  )
}
