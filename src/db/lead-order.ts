/** The orders of the queue as SQL: each is one stretch of leads, or two, the one after the other. */
import { isVerdict, SHOWN_BAND } from './listed-score.ts'
import { isUnanswered } from './response-due.ts'

export const LEAD_SORTS = [
  '-score',
  'score',
  '-expected_value',
  'expected_value',
  'respond_by',
  'lead_id',
] as const

/**
 * `-score`: highest first. Leads without a score come last, in both orders. `-expected_value` is an order of whom to call: who has no
 * value, or is not eligible, comes last. `respond_by`: only those to whom a response is due, the soonest first.
 */
type LeadSort = (typeof LEAD_SORTS)[number]

/** The last lead of a page; the next page begins after it. `value`: what it is sorted by; null: it has none. */
export interface LeadPosition {
  readonly leadId: string
  readonly value: number | null
}

/** Scores as people see them: fit from and to, intent from and to, all of them included. */
export type BoxEnds = readonly [fitFrom: number, fitTo: number, intentFrom: number, intentTo: number]

export interface OrderQuery {
  readonly model: string
  readonly sort: LeadSort
  /** Of the decision: a band of the policy, or disqualified or review. */
  readonly band?: string | undefined
  readonly verdict?: string | undefined
  /** Of the grid. */
  readonly box?: BoxEnds | undefined
  /** Types of events that are a response: for `respond_by`. */
  readonly responseEvents?: readonly string[]
  readonly after: LeadPosition | null
}

/** Keeps a value for the query, and gives what stands for it in its text. */
export type Bind = (value: unknown, type: string) => string

/** Leads that have a place by the same column. */
export interface Stretch {
  /** SQL for their ids and values, beginning after the position, unordered. `extra`: a further condition on `id`, the SQL of the id. */
  readonly select: (bind: Bind, after: LeadPosition | null, extra: (id: string) => string) => string
  /** Of these columns. */
  readonly order: string
}

/** Sorted by what. Each has an index, which both directions walk. */
const COLUMNS = { score: 'raw_points', expected_value: 'expected_value' } as const

/** Who has a place in the order; the others come last, by id. */
const PLACED = {
  raw_points: 's.raw_points IS NOT NULL',
  expected_value: "s.expected_value IS NOT NULL AND s.verdict = 'eligible'",
} as const

/** In the order in which they follow one another; a page after a position begins in the one that this is in. */
export function stretchesOf(query: OrderQuery): readonly Stretch[] {
  const { sort, after } = query
  if (sort === 'lead_id') return [byId(query, 'true')]
  if (sort === 'respond_by') return [byDueResponse(query)]
  const column = COLUMNS[sort.replace('-', '') as keyof typeof COLUMNS]
  const others = byId(query, `(${PLACED[column]}) IS NOT TRUE`)
  if (after !== null && after.value === null) return [others]
  const placed = byValue(query, column)
  // Whoever has a score has points: nobody else is left.
  return column === 'raw_points' && needsScore(query) ? [placed] : [placed, others]
}

/** Whoever is asked for by what a score says has one. */
function needsScore({ band, verdict, box }: OrderQuery): boolean {
  return band !== undefined || verdict !== undefined || box !== undefined
}

/** Nothing, or conditions on `s` that begin with AND. */
function filters({ band, verdict, box }: OrderQuery, bind: Bind): string {
  const conditions: string[] = []
  if (band !== undefined) conditions.push(`${SHOWN_BAND} = ${bind(band, 'text')}`)
  if (verdict !== undefined) conditions.push(isVerdict(bind(verdict, 'text')))
  if (box !== undefined) conditions.push(isInside('s', box, bind))
  return conditions.map((condition) => ` AND ${condition}`).join('')
}

function isInside(scores: string, box: BoxEnds, bind: Bind): string {
  const [fitFrom, fitTo, intentFrom, intentTo] = box.map((end) => bind(end, 'smallint'))
  return `${scores}.fit_score BETWEEN ${fitFrom} AND ${fitTo} AND ${scores}.intent_score BETWEEN ${intentFrom} AND ${intentTo}`
}

/** Nothing, or a condition that begins with AND: who is in the box is read from an index, and of nobody else anything more is asked. OFFSET keeps the planner to that. */
function isBoxed({ box, model }: OrderQuery, id: string, bind: Bind): string {
  if (box === undefined) return ''
  return `AND ${id} IN (SELECT boxed.subject_id FROM wonlost.scores boxed
    WHERE boxed.model = ${bind(model, 'text')} AND boxed.subject_kind = 'lead' AND ${isInside('boxed', box, bind)} OFFSET 0)`
}

function byValue(query: OrderQuery, column: 'raw_points' | 'expected_value'): Stretch {
  const isDown = query.sort.startsWith('-')
  const [beyond, idBeyond] = isDown ? (['<', '>'] as const) : (['>', '<'] as const)
  return {
    order: isDown ? 'value DESC, id ASC' : 'value ASC, id DESC',
    select: (bind, after, extra) => `
      SELECT s.subject_id AS id, s.${column} AS value
      FROM wonlost.scores s JOIN wonlost.leads l ON l.lead_id = s.subject_id
      WHERE s.model = ${bind(query.model, 'text')} AND s.subject_kind = 'lead' AND l.merged_into IS NULL AND ${PLACED[column]}
        ${filters(query, bind)} ${isBeyond(`s.${column}`, 's.subject_id', beyond, idBeyond, 'float8', bind, after)} ${extra('s.subject_id')}`,
  }
}

function byId(query: OrderQuery, condition: string): Stretch {
  return {
    order: 'id',
    select: (bind, after, extra) => `
      SELECT l.lead_id AS id, NULL::float8 AS value
      FROM wonlost.leads l ${needsScore(query) ? '' : 'LEFT'} JOIN wonlost.scores s
        ON s.subject_kind = 'lead' AND s.subject_id = l.lead_id AND s.model = ${bind(query.model, 'text')}
      WHERE l.merged_into IS NULL AND ${condition} ${filters({ ...query, box: undefined }, bind)} ${isBoxed(query, 'l.lead_id', bind)}
        ${after?.value === null ? `AND l.lead_id > ${bind(after.leadId, 'text')}` : ''} ${extra('l.lead_id')}`,
  }
}

function byDueResponse(query: OrderQuery): Stretch {
  return {
    order: 'value, id',
    select: (bind, after, extra) => {
      const events = bind(query.responseEvents ?? [], 'text[]')
      const due = after?.value == null ? null : { ...after, value: new Date(after.value) }
      // Whether somebody answered is costly to know: OFFSET keeps the planner from asking of anybody who is not wanted.
      // Of several promises to one lead the first counts.
      return `
      SELECT promise.subject_id AS id, promise.due_at AS value
      FROM (SELECT due.* FROM wonlost.response_promises due
          JOIN wonlost.leads l ON l.lead_id = due.subject_id AND l.merged_into IS NULL
          JOIN wonlost.scores s ON s.subject_kind = 'lead' AND s.subject_id = due.subject_id AND s.model = ${bind(query.model, 'text')}
        WHERE due.subject_kind = 'lead' ${filters(query, bind)}
          ${isBeyond('due.due_at', 'due.subject_id', '>', '>', 'timestamptz', bind, due)} ${extra('due.subject_id')}
        ORDER BY due.due_at, due.subject_id OFFSET 0) promise
      WHERE ${isUnanswered('promise', events)} AND NOT EXISTS (
        SELECT FROM wonlost.response_promises earlier
         WHERE earlier.subject_kind = 'lead' AND earlier.subject_id = promise.subject_id
           AND (earlier.due_at, earlier.band) < (promise.due_at, promise.band) AND ${isUnanswered('earlier', events)})`
    },
  }
}

/** Nothing, or a condition that begins with AND. Written so that an index is entered at the value. */
function isBeyond(
  column: string,
  id: string,
  beyond: '<' | '>',
  idBeyond: string,
  type: 'float8' | 'timestamptz',
  bind: Bind,
  after: { readonly leadId: string; readonly value: unknown } | null,
): string {
  if (after === null) return ''
  const value = bind(after.value, type)
  return `AND ${column} ${beyond}= ${value} AND (${column} ${beyond} ${value} OR ${id} ${idBeyond} ${bind(after.leadId, 'text')})`
}
