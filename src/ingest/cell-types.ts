/** What a cell of an import may hold, by type: text to value, or the reason why not. */
import { formatTime, type Milliseconds } from '../glossary.ts'
import { CellFault, shownText } from './cell-fault.ts'
import { jsonFault } from './json-fault.ts'
import { listItems } from './list-items.ts'
import { type NumberBounds, readNumber, readRange, readValue } from './number-cells.ts'
import { flagOf, NO_FLAG } from './read-flag.ts'
import type { DecimalSign } from './read-number.ts'
import { fullSalesforceId, isEmptySalesforceId } from './salesforce-id.ts'
import { createTimeReader, type DayEdge, PLAIN_TIME_FORMATS, type TimeReader } from './time-formats.ts'

export type CellType =
  | 'id'
  | 'salesforce_id'
  | 'salesforce_ids'
  | 'text'
  | 'time'
  | 'number'
  | 'range_middle'
  | 'flag'
  | 'list'
  | 'choice'
  | 'properties'
  | 'stages'
  | 'value'

/** Milliseconds by stage, in the order of the cell. */
export type Stages = readonly (readonly [stage: string, enteredAt: Milliseconds])[]

/** `properties` keep their JSON text beside the object. */
export interface Properties {
  readonly text: string
  readonly object: Readonly<Record<string, unknown>>
}

export type CellValue = string | number | boolean | readonly string[] | Stages | Properties

export interface CellRules extends NumberBounds {
  readonly choices?: readonly string[]
}

/** How texts are written in a file. */
export interface CellFormat {
  readonly times: TimeReader
  /** Which end of the day a date without a time stands for. */
  readonly day: DayEdge
  /** Between whole and part of a number. null: only as programs write it, and nothing between thousands. */
  readonly decimal: DecimalSign | null
  /** Between the items of a list. A list may be a JSON array, too. */
  readonly divider: string
}

/** Longest cell, in characters. */
const MAX_CELL = 65_536
/** Longest id, name of a stage, item of a list: they stand in indexes, whose entries are limited. */
const MAX_NAME = 255
const MAX_LIST = 1_000
const EARLIEST: Milliseconds = 0

type Reader = (
  text: string,
  rules: CellRules,
  now: Milliseconds,
  format: CellFormat,
) => CellValue | CellFault | null

const READERS: Readonly<Record<CellType, Reader>> = {
  id: (text) => readName(text),
  salesforce_id: (text) => readSalesforceId(text),
  salesforce_ids: (text, _, __, format) => readSalesforceIds(text, format),
  text: (text) => text,
  time: (text, _, now, format) => readTime(text, now, format),
  number: (text, rules, _, { decimal }) => readNumber(text, rules, decimal),
  range_middle: (text, rules, _, { decimal }) => readRange(text, rules, decimal),
  flag: readFlag,
  list: (text, _, __, format) => readList(text, format),
  choice: readChoice,
  properties: readProperties,
  stages: (text, _, now, format) => readStages(text, now, format),
  value: (text, _, __, { decimal }) => readValue(text, decimal),
}

/** Reads a cell. Blanks around it do not count; an empty cell is null. */
export function readCell(
  type: CellType,
  cell: string,
  rules: CellRules,
  now: Milliseconds,
  format: CellFormat,
): CellValue | CellFault | null {
  if (cell.length > MAX_CELL)
    return new CellFault(`has ${cell.length} characters; at most ${MAX_CELL} are allowed`)
  const text = cell.trim()
  if (text === '') return null
  if (text.includes('\0')) return new CellFault('holds a NUL character')
  return READERS[type](text, rules, now, format)
}

function readName(text: string): string | CellFault {
  if (text.length > MAX_NAME)
    return new CellFault(`has ${text.length} characters; at most ${MAX_NAME} are allowed`)
  if (/\p{Cc}/u.test(text)) return new CellFault(`${shownText(text)} holds control characters`)
  return text
}

/** An end of day that is still to come is now. */
function readTime(text: string, now: Milliseconds, { times, day }: CellFormat): Milliseconds | CellFault {
  const time = times.read(text, day)
  if (Number.isNaN(time)) return new CellFault(timeFault(text, times))
  if (time > now) {
    if (day === 'end' && times.read(text, 'start') <= now) return now
    return new CellFault(`${shownText(text)} is in the future (it is ${formatTime(now)})`)
  }
  if (time < EARLIEST) return new CellFault(`${shownText(text)} is before ${formatTime(EARLIEST)}`)
  return time
}

function timeFault(text: string, times: TimeReader): string {
  const example = 'write it like 2026-01-31T09:30:00Z or 2026-01-31T09:30:00+01:00'
  if (times.lacksZone(text))
    return `${shownText(text)} has no time zone; ${example}, or state the zone of the file`
  if (times === PLAIN_TIMES) return `${shownText(text)} is not a time; ${example}`
  return `${shownText(text)} is not a time as the file should write it: ${times.formats.join(' or ')}`
}

function readSalesforceId(text: string): string | CellFault | null {
  if (isEmptySalesforceId(text)) return null
  return (
    fullSalesforceId(text) ??
    new CellFault(
      `${shownText(text)} is not an id of Salesforce: 15 letters and digits, or 18 whose last three fit the case of the others`,
    )
  )
}

function readSalesforceIds(text: string, format: CellFormat): readonly string[] | CellFault {
  const items = readList(text, format)
  if (items instanceof CellFault) return items
  const ids = new Set<string>()
  for (const item of items) {
    const id = readSalesforceId(item)
    if (id instanceof CellFault) return id
    if (id !== null) ids.add(id)
  }
  return [...ids]
}

function readFlag(text: string): boolean | CellFault {
  return flagOf(text) ?? new CellFault(`${shownText(text)} ${NO_FLAG}`)
}

function readList(text: string, { divider }: CellFormat): readonly string[] | CellFault {
  const items = listItems(text, divider)
  if (items.length > MAX_LIST)
    return new CellFault(`lists ${items.length} items; at most ${MAX_LIST} are allowed`)
  for (const item of items) {
    const name = readName(item)
    if (name instanceof CellFault) return name
  }
  return items
}

function readChoice(text: string, { choices = [] }: CellRules): string | CellFault {
  const choice = text.toLowerCase()
  return choices.includes(choice)
    ? choice
    : new CellFault(`${shownText(text)} is not one of ${choices.join(', ')}`)
}

function readProperties(text: string): Properties | CellFault {
  let object: unknown
  try {
    object = JSON.parse(text)
  } catch {
    return new CellFault(`${shownText(text)} is not JSON`)
  }
  if (typeof object !== 'object' || object === null || Array.isArray(object))
    return new CellFault(`${shownText(text)} is not a JSON object; write it like {"url": "/pricing"}`)
  const fault = jsonFault(object)
  return fault === null ? { text, object: { ...object } } : new CellFault(fault)
}

function readStages(text: string, now: Milliseconds, format: CellFormat): Stages | CellFault {
  const stages: (readonly [string, Milliseconds])[] = []
  for (const item of text.split(format.divider)) {
    if (item.trim() === '') continue
    const at = item.lastIndexOf('@')
    const stage = readName(item.slice(0, Math.max(at, 0)).trim())
    if (stage === '') return new CellFault(`${shownText(item.trim())} is not of the form stage@time`)
    if (stage instanceof CellFault) return stage
    const enteredAt = readTime(item.slice(at + 1).trim(), now, format)
    if (enteredAt instanceof CellFault) return enteredAt
    stages.push([stage, enteredAt])
  }
  return stages
}

const PLAIN_TIMES = createTimeReader(PLAIN_TIME_FORMATS, null)

/** How files write that follow our own names: ISO 8601 with a zone, numbers as programs write them, lists divided by ; */
export const PLAIN_FORMAT: CellFormat = Object.freeze({
  times: PLAIN_TIMES,
  day: 'start',
  decimal: null,
  divider: ';',
})
