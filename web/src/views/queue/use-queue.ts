/** The leads of the queue, page by page, with their reasons, up to date. */
import { useInfiniteQuery, useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { answerOf, api } from '../../api/client.ts'
import type { components } from '../../api/openapi.ts'
import { useArranged } from '../../components/use-arranged.ts'
import { listQuery, type QueueQuery } from './queue-query.ts'

export type QueueLead = components['schemas']['LeadList']['leads'][number]
export type TopReasons = NonNullable<QueueLead['reasons']>

type Pages = readonly components['schemas']['LeadList'][]

/** Before the first page there is no cursor. */
const FIRST = null as string | null
const PAGE = 100
/** Reasons go with a score: they are asked for again when the page is. */
const REASONS_STALE_AFTER = 300_000

export function useQueue(query: QueueQuery) {
  const asked = listQuery(query)
  const page = (cursor: string | null) => ({ ...asked, limit: PAGE, ...(cursor === null ? {} : { cursor }) })
  const list = useInfiniteQuery({
    queryKey: ['queue', asked],
    queryFn: ({ pageParam, signal }) =>
      answerOf(api.GET('/v1/leads', { params: { query: { ...page(pageParam), details: true } }, signal })),
    initialPageParam: FIRST,
    getNextPageParam: ({ next_cursor }) => next_cursor,
  })
  const reasonPages = useQueries({
    queries: cursorsOf(list.data?.pages ?? []).map((cursor) => ({
      queryKey: ['queue reasons', asked, cursor],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
        answerOf(api.GET('/v1/leads', { params: { query: { ...page(cursor), reasons: true } }, signal })),
      staleTime: REASONS_STALE_AFTER,
    })),
    combine: dataOf,
  })
  const reasons = useMemo(() => {
    const byLead = new Map<string, TopReasons | null>()
    for (const answer of reasonPages)
      for (const lead of answer?.leads ?? []) byLead.set(lead.lead_id, lead.reasons ?? null)
    return byLead
  }, [reasonPages])

  return {
    list,
    reasons,
    ...useArranged({ list, key: JSON.stringify(asked), subject: 'lead', rowsOf, idOf }),
  }
}

/** What each page was asked for with. */
const cursorsOf = (pages: Pages) => pages.map((_, index) => pages[index - 1]?.next_cursor ?? FIRST)

/** The same for the same answers: what is made of them is made once. */
const dataOf = (answers: readonly { readonly data: Pages[number] | undefined }[]) =>
  answers.map(({ data }) => data)

const rowsOf = ({ leads }: Pages[number]) => leads

const idOf = ({ lead_id }: QueueLead): string => lead_id
