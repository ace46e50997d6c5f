/** What is said of a lead or an account, kept fresh while it is looked at. */
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useChanges } from '../../api/changes.ts'
import { READS, type SubjectKind } from './subject-reads.ts'

/** The beginning of the keys of all that is asked about one of them. */
export const subjectKey = (kind: SubjectKind, id: string) => ['subject', kind, id] as const

type Before = { readonly queryKey: readonly unknown[] } | undefined

/** While another model of the same subject is asked for, what was there stays in its place. */
const keepOf =
  (id: string) =>
  <Data>(before: Data | undefined, query: Before): Data | undefined =>
    query?.queryKey[2] === id ? before : undefined

export const explanationOf = (kind: SubjectKind, id: string, model: string | null) =>
  queryOptions({
    queryKey: [...subjectKey(kind, id), 'explanation', model],
    queryFn: ({ signal }) => READS[kind].explanation({ id, model, signal }),
  })

export const eventsOf = (kind: SubjectKind, id: string, model: string | null) =>
  queryOptions({
    queryKey: [...subjectKey(kind, id), 'events', model],
    queryFn: ({ signal }) => READS[kind].events({ id, model, signal }),
  })

export const courseOf = (kind: SubjectKind, id: string, model: string | null) =>
  queryOptions({
    queryKey: [...subjectKey(kind, id), 'course', model],
    queryFn: ({ signal }) => READS[kind].course({ id, model, signal }),
  })

export function useSubject(kind: SubjectKind, id: string, model: string | null) {
  const explanation = useQuery({ ...explanationOf(kind, id, model), placeholderData: keepOf(id) })
  const events = useQuery({ ...eventsOf(kind, id, model), placeholderData: keepOf(id) })
  const course = useQuery({ ...courseOf(kind, id, model), placeholderData: keepOf(id) })
  const shown = course.data?.model ?? null
  const history = useQuery({
    queryKey: [...subjectKey(kind, id), 'history', shown],
    queryFn: ({ signal }) => READS[kind].history({ id, model: shown, signal }),
    enabled: shown !== null,
    placeholderData: keepOf(id),
  })
  return { explanation, events, course, history }
}

/** Asks anew when a score of it changed. */
export function useSubjectChanges(kind: SubjectKind, id: string): void {
  const client = useQueryClient()
  useChanges({
    subject: kind,
    id,
    onChange: () => void client.invalidateQueries({ queryKey: subjectKey(kind, id) }),
  })
}
