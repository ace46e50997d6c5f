/** How the server does, asked for every few seconds. Who has no leave for a part does not ask for it. */
import { keepPreviousData, queryOptions, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import { whileConnected } from '../../api/connection.ts'
import type { components } from '../../api/openapi.ts'
import { useSingleMutation } from '../../api/use-single-mutation.ts'

export type IngestRate = components['schemas']['IngestRate']
export type OperationHealth = components['schemas']['OperationHealth']

export type Webhook = components['schemas']['Webhook']
export type GivenWebhook = components['schemas']['GivenWebhookInput']
export type Attempt = components['schemas']['WebhookAttemptList']['attempts'][number]
export type MessageState = Attempt['message']['state']

const LOOK_EVERY = 3_000
const LOOK_EVERY_SO_OFTEN = 10_000
const PAGE = 25

const live = { staleTime: 0, refetchInterval: whileConnected(LOOK_EVERY) } as const
const calm = { staleTime: 0, refetchInterval: whileConnected(LOOK_EVERY_SO_OFTEN) } as const

export const rateOptions = queryOptions({
  queryKey: ['health', 'rate'],
  queryFn: ({ signal }) => answerOf(api.GET('/v1/ingest/rate', { signal })),
  ...live,
})

export const healthOptions = queryOptions({
  queryKey: ['health', 'scoring'],
  queryFn: ({ signal }) => answerOf(api.GET('/v1/health', { signal })),
  ...live,
})

export const jobsOptions = queryOptions({
  queryKey: ['health', 'jobs'],
  queryFn: ({ signal }) => answerOf(api.GET('/v1/health/jobs', { signal })),
  ...calm,
})

export const unknownOptions = queryOptions({
  queryKey: ['health', 'unknown'],
  queryFn: ({ signal }) => answerOf(api.GET('/v1/ingest/unknown', { signal })),
  ...calm,
})

const WEBHOOKS_KEY = ['health', 'webhooks']

export const webhooksOptions = queryOptions({
  queryKey: WEBHOOKS_KEY,
  queryFn: ({ signal }) => answerOf(api.GET('/v1/webhooks', { signal })),
  ...live,
})

/** Before the first page there is nothing to begin before. */
const FIRST = null as number | null
const before = (place: number | null) => (place === null ? {} : { before: place })

export function useAttempts(id: string, state: MessageState | null) {
  return useInfiniteQuery({
    queryKey: [...WEBHOOKS_KEY, id, 'attempts', state],
    queryFn: ({ pageParam, signal }) =>
      answerOf(
        api.GET('/v1/webhooks/{id}/attempts', {
          params: {
            path: { id },
            query: { limit: PAGE, ...before(pageParam), ...(state === null ? {} : { state }) },
          },
          signal,
        }),
      ),
    initialPageParam: FIRST,
    getNextPageParam: ({ next_before }) => next_before,
    placeholderData: keepPreviousData,
    ...live,
  })
}

export function useRejected() {
  return useInfiniteQuery({
    queryKey: ['health', 'rejected'],
    queryFn: ({ pageParam, signal }) =>
      answerOf(
        api.GET('/v1/ingest/rejected', {
          params: { query: { limit: PAGE, ...before(pageParam) } },
          signal,
        }),
      ),
    initialPageParam: FIRST,
    getNextPageParam: ({ next_before }) => next_before,
    ...calm,
  })
}

/** What is done to endpoints; the lists are read again afterwards. */
export function useWebhookActions() {
  const client = useQueryClient()
  const onSettled = () => client.invalidateQueries({ queryKey: WEBHOOKS_KEY })
  const at = (id: string) => ({ params: { path: { id } } })
  return {
    create: useSingleMutation({
      mutationFn: (body: GivenWebhook) => answerOf(api.POST('/v1/webhooks', { body })),
      onSettled,
    }),
    rotate: useSingleMutation({
      mutationFn: (id: string) => answerOf(api.POST('/v1/webhooks/{id}/rotate', at(id))),
      onSettled,
    }),
    remove: useSingleMutation({
      mutationFn: (id: string) => answerOf(api.DELETE('/v1/webhooks/{id}', at(id))),
      onSettled,
    }),
    enable: useSingleMutation({
      mutationFn: (id: string) => answerOf(api.POST('/v1/webhooks/{id}/enable', at(id))),
      onSettled,
    }),
    replayFailed: useSingleMutation({
      mutationFn: (id: string) => answerOf(api.POST('/v1/webhooks/{id}/replay', at(id))),
      onSettled,
    }),
    replay: useSingleMutation({
      mutationFn: ({ id, attempt }: { readonly id: string; readonly attempt: number }) =>
        answerOf(
          api.POST('/v1/webhooks/{id}/attempts/{attempt}/replay', { params: { path: { id, attempt } } }),
        ),
      onSettled,
    }),
  }
}
