import { Moment } from '../../components/moment.tsx'
import { Tag } from '../../components/tag.tsx'
import { useNow } from '../../components/use-now.ts'
import { clockTime, dayText } from '../../format/times.ts'

/** Until when a response is promised to a lead: how long that is from now, and whether it is too late. */
export function RespondBy({ at }: { readonly at: string }) {
  const now = useNow()
  const due = Date.parse(at)
  const isLate = due < now
  return (
    <div>
      <dt>Respond by</dt>
      <dd>
        {isLate ? 'was due ' : ''}
        <Moment at={at} /> {isLate && <Tag tone="bad">overdue</Tag>}
        <small>
          {dayText(due) === dayText(now) ? 'today' : dayText(due)}, {clockTime(due)}
        </small>
      </dd>
    </div>
  )
}
