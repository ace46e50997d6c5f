/** Where the next page of leads begins, as a text that clients hand back unread. */
import type { LeadPosition } from '../db/lead-order.ts'
import { invalidRequest } from './validation.ts'

/** What the cursor belongs to: another order or filter would skip or repeat leads. */
export interface ListFilters {
  readonly sort: string
  readonly band?: string | undefined
  readonly verdict?: string | undefined
  readonly search?: string | undefined
  /** Of the grid: its four ends. */
  readonly box?: readonly number[] | undefined
}

/** Parts that `filterParts` gives. */
const FILTERS = 5

/** Milliseconds of the last moment that there is. No points and no amounts are larger. */
const LARGEST = 8.64e15

export function writeCursor(position: LeadPosition, filters: ListFilters): string {
  const parts = [...filterParts(filters), position.leadId, position.value]
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

/** Throws `invalid_request` naming `cursor`: not one of ours, or of another list. */
export function readCursor(cursor: string, filters: ListFilters): LeadPosition {
  const parts = parse(cursor)
  const [leadId, value] = parts.slice(-2)
  const isOurs =
    parts.length === FILTERS + 2 &&
    typeof leadId === 'string' &&
    !/\0|\p{Surrogate}/u.test(leadId) &&
    (value === null || (typeof value === 'number' && Math.abs(value) <= LARGEST))
  if (!isOurs) throw refused('cursor must be the next_cursor of an earlier page, as it was given')
  if (JSON.stringify(parts.slice(0, FILTERS)) !== JSON.stringify(filterParts(filters)))
    throw refused(
      'cursor belongs to a list with another sort, band, verdict, search, fit or intent; begin without it',
    )
  return { leadId, value }
}

function filterParts({ sort, band, verdict, search, box }: ListFilters): readonly (string | null)[] {
  return [sort, band ?? null, verdict ?? null, search ?? null, box?.join(' ') ?? null]
}

function parse(cursor: string): readonly unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    return Array.isArray(parts) ? parts : []
  } catch {
    return []
  }
}

function refused(message: string) {
  return invalidRequest([{ field: 'cursor', message: `${message}.` }])
}
