/** Models and what is known of them. Asked for every few seconds: who promotes elsewhere is seen here. */
import { queryOptions, useQuery } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import { whileConnected } from '../../api/connection.ts'
import type { components } from '../../api/openapi.ts'
import { ApiProblem } from '../../api/problem.ts'

export type Model = components['schemas']['Model']
export type ModelVersion = components['schemas']['ModelVersion']
export type Figures = components['schemas']['VersionFigures']
export type MonitorRun = components['schemas']['MonitorRun']

const LOOK_EVERY = 4_000

export const MODELS_KEY = ['models']

export function useModels() {
  return useQuery({
    queryKey: MODELS_KEY,
    queryFn: ({ signal }) => answerOf(api.GET('/v1/models', { signal })),
    refetchInterval: whileConnected(LOOK_EVERY),
    staleTime: 0,
  })
}

/** null is the model for everyone; the API leaves it out. */
const segmentQuery = (segment: string | null) => (segment === null ? {} : { segment })

/** Of one version: it never changes. */
export function figuresOptions(name: string, segment: string | null, version: string) {
  return queryOptions({
    queryKey: ['model figures', name, segment, version],
    queryFn: async ({ signal }) => {
      const path = { name, v: Number(version) }
      const params = { path, query: segmentQuery(segment) }
      const asked = api.GET('/v1/models/{name}/versions/{v}/figures', { params, signal })
      // The client takes pairs for lists of any length.
      return (await answerOf(asked)) as Figures
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** `champion` tells one state of the history from the next. */
export function useHistory(name: string, segment: string | null, champion: string) {
  return useQuery({
    queryKey: ['model history', name, segment, champion],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/v1/models/{name}/history', {
          params: { path: { name }, query: segmentQuery(segment) },
          signal,
        }),
      ),
    placeholderData: (before) => before,
  })
}

const MOST_RUNS = 50

export function monitorOptions(name: string) {
  return queryOptions({
    queryKey: ['model monitor', name],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/v1/models/{name}/monitor', {
          params: { path: { name }, query: { limit: MOST_RUNS } },
          signal,
        }),
      ),
    staleTime: 60_000,
  })
}

const MOST_WAITS = 8
const WAIT = 1_000

export function comparisonOptions(
  name: string,
  segment: string | null,
  before: string | null,
  after: string,
) {
  return queryOptions({
    queryKey: ['model comparison', name, segment, before, after],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/v1/models/{name}/compare', {
          params: {
            path: { name },
            query: {
              after: Number(after),
              ...(before === null ? {} : { before: Number(before) }),
              ...segmentQuery(segment),
            },
          },
          signal,
        }),
      ),
    staleTime: 300_000,
    // One at a time on each server: who comes second waits.
    retry: (failures, error) =>
      failures < MOST_WAITS && error instanceof ApiProblem && error.problem.code === 'comparison_in_progress',
    retryDelay: WAIT,
  })
}
