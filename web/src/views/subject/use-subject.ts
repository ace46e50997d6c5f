/** What is said of a lead or an account, kept fresh while it is looked at. */
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useChanges } from '../../api/changes.ts'
import type { SubjectKind } from './subject-answers.ts'
import { READS } from './subject-reads.ts'

/** The beginning of the keys of all that is asked about one of them. */
export const subjectKey = (kind: SubjectKind, id: string) => ['subject', kind, id] as const

type Before = { readonly queryKey: readonly unknown[] } | undefined

/** While another model of the same subject is asked for, what was there stays in its place. */
const keepOf =
  (id: string) =>
  <Data>(before: Data | undefined, query: Before): Data | undefined =>
    query?.queryKey[2] === id ? before : undefined

const explanationOf = (kind: SubjectKind, id: string, model: string | null) =>
  queryOptions({
    queryKey: [...subjectKey(kind, id), 'explanation', model],
    queryFn: ({ signal }) => READS[kind].explanation({ id, model, signal }),
  })

/** As lists show it. */
export const storedOf = (kind: SubjectKind, id: string) =>
  queryOptions({
    queryKey: [...subjectKey(kind, id), 'stored'],
    queryFn: ({ signal }) => READS[kind].stored({ id, signal }),
  })

const eventsOf = (kind: SubjectKind, id: string, model: string | null) =>
  queryOptions({
    queryKey: [...subjectKey(kind, id), 'events', model],
    queryFn: ({ signal }) => READS[kind].events({ id, model, signal }),
  })

const courseOf = (kind: SubjectKind, id: string, model: string | null) =>
  queryOptions({
    queryKey: [...subjectKey(kind, id), 'course', model],
    queryFn: ({ signal }) => READS[kind].course({ id, model, signal }),
  })

/** `model`: null is the one that decides. `isScored`: who objected has no score to ask for. */
export function useSubject(kind: SubjectKind, id: string, model: string | null, isScored: boolean) {
  const common = { placeholderData: keepOf(id), enabled: isScored }
  const explanation = useQuery({ ...explanationOf(kind, id, model), ...common })
  const stored = useQuery({ ...storedOf(kind, id), enabled: isScored })
  const events = useQuery({ ...eventsOf(kind, id, model), ...common })
  const course = useQuery({ ...courseOf(kind, id, model), ...common })
  const shown = course.data?.model ?? null
  const history = useQuery({
    queryKey: [...subjectKey(kind, id), 'history', shown],
    queryFn: ({ signal }) => READS[kind].history({ id, model: shown, signal }),
    enabled: isScored && shown !== null,
    placeholderData: keepOf(id),
  })
  return { explanation, stored, events, course, history }
}

/** What is asked for first of a subject that is not looked at yet. */
export const aheadOf = (kind: SubjectKind, id: string) => ({
  explanation: explanationOf(kind, id, null),
  stored: storedOf(kind, id),
  events: eventsOf(kind, id, null),
  course: courseOf(kind, id, null),
})

/** Asks anew when a score of it changed. `root`: the id that it goes by now, where it was merged into another. */
export function useSubjectChanges(kind: SubjectKind, id: string, root: string): void {
  const client = useQueryClient()
  useChanges({
    subject: kind,
    id: root,
    onChange: () => void client.invalidateQueries({ queryKey: subjectKey(kind, id) }),
  })
}
