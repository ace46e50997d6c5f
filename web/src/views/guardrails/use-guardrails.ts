/** Guardrails in force, what they do now, and what they, or changed ones, would have done. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'

export function useGuardrails() {
  return useQuery({
    queryKey: ['guardrails'],
    queryFn: ({ signal }) => answerOf(api.GET('/v1/guardrails', { signal })),
  })
}

export function useRuleHits() {
  return useQuery({
    queryKey: ['rule hits'],
    queryFn: ({ signal }) => answerOf(api.GET('/v1/guardrails/hits', { signal })),
    refetchInterval: 60_000,
  })
}

/** Of the file in force. It needs the scope admin. */
export function useCheckInForce(version: string | undefined, isAllowed: boolean) {
  return useQuery({
    queryKey: ['guardrails check', version],
    queryFn: ({ signal }) => answerOf(api.POST('/v1/guardrails/check', { body: {}, signal })),
    enabled: isAllowed && version !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** Of a changed file. */
export function useCheck() {
  return useMutation({
    mutationFn: (guardrails: string) => answerOf(api.POST('/v1/guardrails/check', { body: { guardrails } })),
  })
}

/** Of a changed file, or, without one, of that in force. */
export function useBacktest() {
  return useMutation({
    mutationFn: (guardrails: string | undefined) =>
      answerOf(api.POST('/v1/guardrails/backtest', { body: guardrails === undefined ? {} : { guardrails } })),
  })
}
