/** What the queue is asked for. It stands in the address, so that a view can be kept, sent and gone back to. */
import type { operations } from '../../api/openapi.ts'
import { type Box, boxText, readBox } from '../../format/box.ts'

type ListQuery = NonNullable<operations['listLeads']['parameters']['query']>
export type QueueSort = NonNullable<ListQuery['sort']>
export type QueueVerdict = NonNullable<ListQuery['verdict']>

export interface QueueQuery {
  readonly sort: QueueSort
  /** Empty: any. */
  readonly band: string
  readonly verdict: QueueVerdict | ''
  readonly search: string
  /** Of the grid; null: whatever their fit and intent. */
  readonly box: Box | null
}

/** Everybody in the order in which the queue begins. */
export const WHOLE_QUEUE: QueueQuery = { sort: '-score', band: '', verdict: '', search: '', box: null }

export const SORTS: readonly { readonly value: QueueSort; readonly label: string }[] = [
  { value: '-score', label: 'Highest score' },
  { value: '-expected_value', label: 'Highest expected value' },
  { value: 'respond_by', label: 'Response due soonest' },
  { value: 'score', label: 'Lowest score' },
]

export const VERDICTS: readonly { readonly value: QueueVerdict; readonly label: string }[] = [
  { value: 'eligible', label: 'Eligible' },
  { value: 'review', label: 'In review' },
  { value: 'disqualified', label: 'Disqualified' },
]

/** As the server takes them. */
const LONGEST = 128

/** What cannot be read is as if it were not there: addresses are typed and cut. */
export function readQuery(parameters: URLSearchParams): QueueQuery {
  const text = (name: string): string => (parameters.get(name) ?? '').slice(0, LONGEST)
  return {
    sort: SORTS.find(({ value }) => value === text('sort'))?.value ?? '-score',
    band: text('band'),
    verdict: VERDICTS.find(({ value }) => value === text('verdict'))?.value ?? '',
    search: text('search'),
    box: readBox(text('box')),
  }
}

/** Without what is so anyway. */
export function writeQuery({ sort, band, verdict, search, box }: QueueQuery): URLSearchParams {
  const given = { sort: sort === '-score' ? '' : sort, band, verdict, search, box: box ? boxText(box) : '' }
  return new URLSearchParams(Object.entries(given).filter(([, value]) => value !== ''))
}

/** For the server. */
export function listQuery({ sort, band, verdict, search, box }: QueueQuery): ListQuery {
  return {
    sort,
    ...(band === '' ? {} : { band }),
    ...(verdict === '' ? {} : { verdict }),
    ...(search.trim() === '' ? {} : { search: search.trim() }),
    ...(box && {
      ...{ fit_from: box.fitFrom, fit_to: box.fitTo },
      ...{ intent_from: box.intentFrom, intent_to: box.intentTo },
    }),
  }
}
