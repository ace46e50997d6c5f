/** From a lead to the next one of the queue that it was opened from, page by page as far as the queue goes. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { answerOf, api } from '../../api/client.ts'
import { type Neighbours, neighboursOf, type QueueWay } from '../queue/neighbours.ts'
import { listQuery, readQuery } from '../queue/queue-query.ts'
import { readQueueWay, writeQueueWay } from '../queue/queue-way.ts'

export interface QueuePlace {
  /** Address of the queue. */
  readonly back: string
  /** null: it was opened from elsewhere. */
  readonly neighbours: Neighbours | null
}

/** Leads from the end at which the next page is asked for. */
const AHEAD = 5
const PAGE = 100

export function useQueueWay(leadId: string): QueuePlace {
  const [way, setWay] = useState(readQueueWay)
  const neighbours = way && neighboursOf(way, leadId)
  const isInIt = neighbours !== null
  const isNearEnd = neighbours !== null && neighbours.of - neighbours.place < AHEAD
  const { data: page } = useQuery({
    queryKey: ['queue way', way?.query, way?.next],
    queryFn: ({ signal }) => {
      const asked = listQuery(readQuery(new URLSearchParams(way?.query)))
      const query = { ...asked, limit: PAGE, cursor: way?.next ?? '' }
      return answerOf(api.GET('/v1/leads', { params: { query }, signal }))
    },
    enabled: isNearEnd && way?.next != null,
  })
  const [added, setAdded] = useState<typeof page>(undefined)
  if (way && page && page !== added) {
    setAdded(page)
    setWay(longer(way, page))
  }
  useEffect(() => {
    if (way && isInIt) writeQueueWay({ ...way, current: leadId })
  }, [way, isInIt, leadId])
  return { back: way && way.query !== '' ? `/?${way.query}` : '/', neighbours }
}

/** Whoever has moved down in the meantime keeps the place where it was seen. */
function longer(
  way: QueueWay,
  page: { readonly leads: readonly { readonly lead_id: string }[]; readonly next_cursor: string | null },
): QueueWay {
  const known = new Set(way.leadIds)
  const added = page.leads.map(({ lead_id }) => lead_id).filter((id) => !known.has(id))
  return { ...way, leadIds: [...way.leadIds, ...added], next: page.next_cursor }
}
