import { useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import { ApiProblem } from '../../api/problem.ts'
import { useSingleMutation } from '../../api/use-single-mutation.ts'
import type { SegmentModel } from './segment-model.ts'
import { MODELS_KEY } from './use-models.ts'

interface Promotion {
  readonly kind: 'promote'
  readonly version: string
  readonly force: boolean
}

interface RollBack {
  readonly kind: 'roll back'
  /** null: the champion before. */
  readonly version: string | null
}

type ChampionChange = (Promotion | RollBack) & {
  readonly reason: string
  /** Of the champion that the person saw. */
  readonly expectedRevision: number | null
}

/** Done only where the champion is still the one that was seen. */
export function useChampionChange({ name, segment }: SegmentModel, onDone: () => void) {
  const client = useQueryClient()
  return useSingleMutation({
    mutationFn: (change: ChampionChange) => {
      const body = {
        reason: change.reason,
        expected_revision: change.expectedRevision,
        ...(segment === null ? {} : { segment }),
        ...(change.version === null ? {} : { version: Number(change.version) }),
      }
      const params = { path: { name } }
      return answerOf(
        change.kind === 'promote'
          ? api.POST('/v1/models/{name}/promote', {
              params,
              body: { ...body, version: Number(change.version), force: change.force },
            })
          : api.POST('/v1/models/{name}/rollback', { params, body }),
      )
    },
    onSettled: () => client.invalidateQueries({ queryKey: MODELS_KEY }),
    onSuccess: onDone,
  })
}

export function isConflict(error: unknown): boolean {
  return error instanceof ApiProblem && error.problem.code === 'promotion_conflict'
}

export function isRefusal(error: unknown): boolean {
  return error instanceof ApiProblem && error.problem.code === 'promotion_refused'
}
