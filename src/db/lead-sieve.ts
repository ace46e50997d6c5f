/**
 * A page of leads of whom more is asked than an index of the queue has: that a name of theirs begins with a word. Where few pass they are put
 * in order; where many do, the next ones in order are looked at until the page is full.
 */
import type pg from 'pg'
import type { Bind, LeadPosition, Stretch } from './lead-order.ts'

export interface Sieve {
  /** Whether the lead whose id is given as SQL passes. */
  readonly passes: (id: string, bind: Bind) => string
  /** The ids of all who pass, as a query of one column; some may be there twice. */
  readonly all: (bind: Bind) => string
  /** So few pass that all of them are put in order at once. */
  readonly areFew: boolean
}

/** Leads that are looked at in order, step by step, before all who pass are put in order instead. */
const STEPS = [250, 1_000, 4_000, 4_000, 8_000, 8_000, 16_000] as const

/** Up to `wanted` of the stretch after the position. `steps`: for tests. */
export async function takeFrom(
  pool: pg.Pool,
  stretch: Stretch,
  sieves: readonly Sieve[],
  after: LeadPosition | null,
  wanted: number,
  steps: readonly number[] = STEPS,
): Promise<readonly LeadPosition[]> {
  if (sieves.length === 0) return nextOf(pool, stretch, after, wanted)
  if (sieves.some(({ areFew }) => areFew)) return firstOfAll(pool, stretch, sieves, after, wanted)
  const taken: LeadPosition[] = []
  let from = after
  for (const step of steps) {
    const seen = await walk(pool, stretch, sieves, from, step)
    taken.push(...seen.filter(({ passes }) => passes))
    const last = seen.at(-1)
    if (taken.length >= wanted || seen.length < step || !last) return taken.slice(0, wanted)
    from = last
  }
  return firstOfAll(pool, stretch, sieves, after, wanted)
}

const NOTHING = (): string => ''

async function nextOf(
  pool: pg.Pool,
  { select, order }: Stretch,
  after: LeadPosition | null,
  wanted: number,
): Promise<readonly LeadPosition[]> {
  const { bind, values } = createBind()
  const sql = `${select(bind, after, NOTHING)} ORDER BY ${order} LIMIT ${bind(wanted, 'integer')}`
  return (await pool.query<Row>(sql, values)).rows.map(toPosition)
}

async function walk(
  pool: pg.Pool,
  { select, order }: Stretch,
  sieves: readonly Sieve[],
  after: LeadPosition | null,
  step: number,
): Promise<readonly (LeadPosition & { readonly passes: boolean })[]> {
  const { bind, values } = createBind()
  const sql = `
    WITH walked AS MATERIALIZED (${select(bind, after, NOTHING)} ORDER BY ${order} LIMIT ${bind(step, 'integer')})
    SELECT id, value, ${sieves.map(({ passes }) => passes('walked.id', bind)).join(' AND ')} AS passes
    FROM walked ORDER BY ${order}`
  const { rows } = await pool.query<Row & { passes: boolean }>(sql, values)
  return rows.map((row) => ({ ...toPosition(row), passes: row.passes }))
}

/** Of whom few pass, those make up the list of which the other sieves are asked one by one. */
async function firstOfAll(
  pool: pg.Pool,
  { select, order }: Stretch,
  sieves: readonly Sieve[],
  after: LeadPosition | null,
  wanted: number,
): Promise<readonly LeadPosition[]> {
  const { bind, values } = createBind()
  const few = sieves.filter(({ areFew }) => areFew)
  const listed = few.length === 0 ? sieves : few
  const asked = few.length === 0 ? [] : sieves.filter(({ areFew }) => !areFew)
  const all = listed.map((sieve) => `(${sieve.all(bind)})`).join(' INTERSECT ')
  const conditions = asked.map(({ passes }) => passes('passing.id', bind))
  // The planner does not know how few pass, and would walk along an index for as long as it takes.
  const sql = `
    WITH passing AS MATERIALIZED (
      SELECT DISTINCT id FROM (${all}) passing (id) ${conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`}),
    found AS MATERIALIZED (${select(bind, after, (id) => `AND ${id} IN (SELECT id FROM passing)`)})
    SELECT id, value FROM found ORDER BY ${order} LIMIT ${bind(wanted, 'integer')}`
  return (await pool.query<Row>(sql, values)).rows.map(toPosition)
}

interface Row {
  readonly id: string
  readonly value: number | Date | null
}

function toPosition({ id, value }: Row): LeadPosition {
  return { leadId: id, value: value instanceof Date ? value.getTime() : value }
}

export function createBind(): { readonly bind: Bind; readonly values: unknown[] } {
  const values: unknown[] = []
  return { values, bind: (value, type) => `$${values.push(value)}::${type}` }
}
