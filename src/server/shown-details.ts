/** Who a lead of the queue is and how its points went, as the list answers it. */
import type { ListedScore } from '../db/listed-score.ts'
import type { QueueDetails } from '../db/queue-details.ts'
import { formatTime, type Milliseconds } from '../glossary.ts'

/** `since`: what is shown as a change is against the score that held then. */
export function shownDetails(
  { name, email, title, company, respondBy, points }: QueueDetails,
  score: ListedScore | null,
  since: Milliseconds,
) {
  const before = points.findLast(({ at }) => at <= since)
  return {
    name,
    email,
    title,
    company,
    respond_by: respondBy === null ? null : formatTime(respondBy),
    change_7d: before && score ? score.rawPoints - before.rawPoints : null,
    points_7d: points.map(({ at, rawPoints }) => ({ at: formatTime(at), raw_points: rawPoints })),
  }
}
