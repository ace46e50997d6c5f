import { type MutateOptions, type UseMutationOptions, useMutation } from '@tanstack/react-query'
import { useRef } from 'react'

/** Between two clicks that are meant as one, and before a key that is held is repeated. */
const MOMENT = 1_000

interface Options<Data, Given> extends UseMutationOptions<Data, Error, Given> {
  /** Differs where something else is meant; by default all that is given. */
  readonly meaningOf?: (given: Given) => unknown
}

/**
 * `useMutation` for what is to be done once, however often it is asked for: the same again, before the answer or within a moment of it,
 * does nothing. A button that is disabled meanwhile is so a moment too late, and enabled for the second half of a double click.
 */
export function useSingleMutation<Data, Given = void>(options: Options<Data, Given>) {
  const { meaningOf = (given) => given, ...others } = options
  const keyOf = (given: Given): string => JSON.stringify(meaningOf(given)) ?? ''
  /** Until when the same counts as told already. */
  const toldUntil = useRef(new Map<string, number>())
  const mutation = useMutation({
    ...others,
    onSettled: (data, error, given, ...rest) => {
      toldUntil.current.set(keyOf(given), error === null ? performance.now() + MOMENT : 0)
      return others.onSettled?.(data, error, given, ...rest)
    },
  })
  const mutate = (given: Given, callbacks?: MutateOptions<Data, Error, Given>): void => {
    const key = keyOf(given)
    const now = performance.now()
    const until = toldUntil.current.get(key) ?? 0
    if (now < until) {
      // For as long as the key is held.
      toldUntil.current.set(key, Math.max(until, now + MOMENT))
      return
    }
    toldUntil.current.set(key, Number.POSITIVE_INFINITY)
    mutation.mutate(given, callbacks ?? {})
  }
  return { ...mutation, mutate }
}
