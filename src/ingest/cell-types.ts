/** What a cell of an import may hold, by type: text to value, or the reason why not. */
import { formatTime, type Milliseconds, parseTime } from '../glossary.ts'

/** Why a cell cannot be used. The reason follows the name of the column: "created_at: has no time zone". */
export class CellFault {
  readonly reason: string
  constructor(reason: string) {
    this.reason = reason
  }
}

export type CellType =
  | 'id'
  | 'text'
  | 'time'
  | 'number'
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

export interface CellRules {
  /** Numbers, inclusive. */
  readonly min?: number
  readonly max?: number
  readonly choices?: readonly string[]
}

/** Longest cell, in characters. */
const MAX_CELL = 65_536
/** Longest id, name of a stage, item of a list: they stand in indexes, whose entries are limited. */
const MAX_NAME = 255
const MAX_LIST = 1_000
const MAX_DEPTH = 32
const EARLIEST: Milliseconds = 0

type Reader = (text: string, rules: CellRules, now: Milliseconds) => CellValue | CellFault

const READERS: Readonly<Record<CellType, Reader>> = {
  id: (text) => readName(text),
  text: (text) => text,
  time: (text, _, now) => readTime(text, now),
  number: readNumber,
  flag: readFlag,
  list: readList,
  choice: readChoice,
  properties: readProperties,
  stages: (text, _, now) => readStages(text, now),
  value: readValue,
}

/** Reads a cell. Blanks around it do not count; an empty cell is null. */
export function readCell(
  type: CellType,
  cell: string,
  rules: CellRules,
  now: Milliseconds,
): CellValue | CellFault | null {
  if (cell.length > MAX_CELL)
    return new CellFault(`has ${cell.length} characters; at most ${MAX_CELL} are allowed`)
  const text = cell.trim()
  if (text === '') return null
  if (text.includes('\0')) return new CellFault('holds a NUL character')
  return READERS[type](text, rules, now)
}

/** A given text as it stands in a reason: in quotes, in one line, not too long. */
function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}...` : text)
}

function readName(text: string): string | CellFault {
  if (text.length > MAX_NAME)
    return new CellFault(`has ${text.length} characters; at most ${MAX_NAME} are allowed`)
  if (/\p{Cc}/u.test(text)) return new CellFault(`${shown(text)} holds control characters`)
  return text
}

function readTime(text: string, now: Milliseconds): Milliseconds | CellFault {
  const time = parseTime(text)
  if (Number.isNaN(time)) {
    const zoneMissing = !Number.isNaN(parseTime(`${text}Z`)) || !Number.isNaN(parseTime(`${text}T00:00Z`))
    return new CellFault(
      `${shown(text)} ${zoneMissing ? 'has no time zone' : 'is not a time'}; write it like 2026-01-31T09:30:00Z or 2026-01-31T09:30:00+01:00`,
    )
  }
  if (time > now) return new CellFault(`${shown(text)} is in the future (it is ${formatTime(now)})`)
  if (time < EARLIEST) return new CellFault(`${shown(text)} is before ${formatTime(EARLIEST)}`)
  return time
}

function readNumber(text: string, { min, max }: CellRules): number | CellFault {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text))
    return new CellFault(`${shown(text)} is not a number; write it like 1234.5`)
  const value = Number(text)
  if (!Number.isFinite(value) || (min !== undefined && value < min) || (max !== undefined && value > max))
    return new CellFault(`${shown(text)} is out of range; ${min ?? 'any'} to ${max ?? 'any'} is allowed`)
  return value
}

const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['0', false],
])

function readFlag(text: string): boolean | CellFault {
  return (
    FLAGS.get(text.toLowerCase()) ??
    new CellFault(`${shown(text)} is neither true nor false (yes, no, 1 and 0 are read as well)`)
  )
}

function readList(text: string): readonly string[] | CellFault {
  const items = [...new Set(text.split(';').map((item) => item.trim()))].filter((item) => item !== '')
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
    : new CellFault(`${shown(text)} is not one of ${choices.join(', ')}`)
}

function readProperties(text: string): Properties | CellFault {
  let object: unknown
  try {
    object = JSON.parse(text)
  } catch {
    return new CellFault(`${shown(text)} is not JSON`)
  }
  if (typeof object !== 'object' || object === null || Array.isArray(object))
    return new CellFault(`${shown(text)} is not a JSON object; write it like {"url": "/pricing"}`)
  const fault = jsonFault(object, 1)
  return fault === null ? { text, object: { ...object } } : new CellFault(fault)
}

/** What PostgreSQL's jsonb cannot hold, and what would not come back as it was. */
function jsonFault(value: unknown, depth: number): string | null {
  if (depth > MAX_DEPTH) return `is nested more than ${MAX_DEPTH} deep`
  if (typeof value === 'number') return Number.isFinite(value) ? null : 'holds a number out of range'
  if (typeof value === 'string')
    return /\0|\p{Surrogate}/u.test(value) ? 'holds a NUL character or half a character' : null
  if (typeof value !== 'object' || value === null) return null
  for (const [key, inner] of Object.entries(value)) {
    const fault = jsonFault(key, depth) ?? jsonFault(inner, depth + 1)
    if (fault !== null) return fault
  }
  return null
}

function readStages(text: string, now: Milliseconds): Stages | CellFault {
  const stages: (readonly [string, Milliseconds])[] = []
  for (const item of text.split(';')) {
    if (item.trim() === '') continue
    const at = item.lastIndexOf('@')
    const stage = readName(item.slice(0, Math.max(at, 0)).trim())
    if (stage === '') return new CellFault(`${shown(item.trim())} is not of the form stage@time`)
    if (stage instanceof CellFault) return stage
    const enteredAt = readTime(item.slice(at + 1).trim(), now)
    if (enteredAt instanceof CellFault) return enteredAt
    stages.push([stage, enteredAt])
  }
  return stages
}

/** A trait whose type nobody stated: a number without leading zeros (00123 is a code), true or false, otherwise text. */
function readValue(text: string): string | number | boolean {
  if (/^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(text)) return Number(text)
  if (/^(true|false)$/i.test(text)) return text.length === 4
  return text
}
