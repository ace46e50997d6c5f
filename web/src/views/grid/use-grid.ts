/** Counts of the grid, and the leads in a box of it. */
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type { Box } from '../../format/box.ts'
import { listQuery, WHOLE_QUEUE } from '../queue/queue-query.ts'

/** The server counts so often. */
const COUNT_EVERY = 60_000
const PAGE = 50
/** Before the first page there is no cursor. */
const FIRST = null as string | null

/** In bins of one point: any box is counted in the page. */
export function useGrid(band: string) {
  return useQuery({
    queryKey: ['grid', band],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/v1/grid', {
          params: { query: { size: '1', ...(band === '' ? {} : { band }) } },
          signal,
        }),
      ),
    refetchInterval: COUNT_EVERY,
    placeholderData: keepPreviousData,
  })
}

/** The queue of the box, in the order in which it begins. */
export function useBoxLeads(box: Box, band: string) {
  const asked = listQuery({ ...WHOLE_QUEUE, band, box })
  return useInfiniteQuery({
    queryKey: ['grid leads', asked],
    queryFn: ({ pageParam, signal }) =>
      answerOf(
        api.GET('/v1/leads', {
          params: {
            query: {
              ...{ ...asked, details: true, limit: PAGE },
              ...(pageParam === null ? {} : { cursor: pageParam }),
            },
          },
          signal,
        }),
      ),
    initialPageParam: FIRST,
    getNextPageParam: ({ next_cursor }) => next_cursor,
    placeholderData: keepPreviousData,
  })
}
