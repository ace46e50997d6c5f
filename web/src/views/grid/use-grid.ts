/** Counts of the grid, and the leads in a box of it. */
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type { components } from '../../api/openapi.ts'
import type { Box } from './boxes.ts'

export type BoxLead = components['schemas']['GridLeads']['leads'][number]

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

export function useBoxLeads(box: Box, band: string) {
  return useInfiniteQuery({
    queryKey: ['grid leads', box, band],
    queryFn: ({ pageParam, signal }) =>
      answerOf(
        api.GET('/v1/grid/leads', {
          params: {
            query: {
              ...{ fit_from: box.fitFrom, fit_to: box.fitTo },
              ...{ intent_from: box.intentFrom, intent_to: box.intentTo },
              ...{ details: true, limit: PAGE },
              ...(band === '' ? {} : { band }),
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
