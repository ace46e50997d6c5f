import { Sparkline } from '../../components/sparkline.tsx'
import { useNow } from '../../components/use-now.ts'
import { changeText } from '../../format/numbers.ts'
import classes from './queue.module.css'
import type { QueueLead } from './use-queue.ts'

const WEEK = 7 * 86_400_000

/** How the score went in the last seven days. */
export function ChangeCell({ lead: { details, score } }: { readonly lead: QueueLead }) {
  const now = useNow()
  if (!details || !score) return null
  const change = details.change_7d
  const points = details.points_7d.map(({ at, raw_points }) => ({ at: Date.parse(at), value: raw_points }))
  const isNew = change === null
  const rounded = Math.round(change ?? 0)
  return (
    <span className={classes['change']} title={isNew ? 'First scored within 7 days' : 'Points in 7 days'}>
      <Sparkline
        points={[...points, { at: Date.parse(score.as_of), value: score.raw_points }]}
        from={now - WEEK}
        to={now}
      />
      <span data-direction={Math.sign(rounded)}>
        {isNew ? 'new' : rounded === 0 ? '±0' : `${rounded > 0 ? '▲' : '▼'} ${changeText(rounded)}`}
      </span>
    </span>
  )
}
