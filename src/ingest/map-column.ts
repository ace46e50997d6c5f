/** One column of a map: where it comes from, and how its text is read. */
import { z } from 'zod'
import { type Fault, faultsOf, strictFields } from '../checked-yaml.ts'
import type { CellType } from './cell-types.ts'
import { cellKey, cellTexts, columnNames, timeFormats, zoneName } from './map-fields.ts'
import type { DayEdge, TimeFormat } from './time-formats.ts'

/** Ways to read a text that the kind of import does not know of by itself. */
const READINGS = ['text', 'number', 'range_middle', 'flag', 'list', 'salesforce_id'] as const
export type Reading = (typeof READINGS)[number]

export interface MapColumn {
  /** Column of the kind, or name of a trait. */
  readonly target: string
  /** Names in the file; the first that is there counts. Empty when there is a constant. */
  readonly from: readonly string[]
  /** The text of every row. */
  readonly constant: string | null
  readonly as: Reading | null
  /** Which item of a list it is. */
  readonly take: 'first' | 'last' | null
  /** Texts (as `cellKey` gives them) and what stands for them; '' for not known. */
  readonly values: ReadonlyMap<string, string>
  /** What becomes of a text that is not among `values`. */
  readonly otherwise: 'keep' | 'missing' | 'reject'
  readonly day: DayEdge
  /** null: as in the map. */
  readonly times: readonly TimeFormat[] | null
  readonly zone: string | null
  /** Further texts (as `cellKey` gives them) that mean "not known". */
  readonly missing: ReadonlySet<string>
}

const schema = strictFields({
  from: columnNames.optional(),
  constant: z
    .union([z.string().min(1).max(1_000), z.number(), z.boolean()], { error: 'must be a text' })
    .transform(String)
    .optional(),
  as: z.enum(READINGS).optional(),
  take: z.enum(['first', 'last']).optional(),
  values: z
    .record(
      z.string(),
      z
        .union([z.string().max(1_000), z.number(), z.boolean(), z.null()], {
          error: 'must be a text, or null for not known',
        })
        .transform((value) => (value === null ? '' : String(value))),
    )
    .default({}),
  otherwise: z.enum(['keep', 'missing', 'reject']).optional(),
  day: z.enum(['start', 'end']).optional(),
  times: timeFormats.optional(),
  zone: zoneName.optional(),
  missing: cellTexts.default([]),
})

type ReadColumn = { readonly column: MapColumn } | { readonly faults: readonly Fault[] }

/** Reads a column: a name, a list of names, or a group of fields. `path` is where it stands in the map. */
export function readMapColumn(target: string, given: unknown, path: readonly PropertyKey[]): ReadColumn {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    const names = columnNames.safeParse(given)
    if (names.success) return { column: columnOf(target, { from: names.data, values: {}, missing: [] }) }
    const [fault] = faultsOf(names.error, given, path)
    return { faults: [{ path, message: fault!.message.replace('names.', 'names, or a group of fields.') }] }
  }
  const parsed = schema.safeParse(given)
  if (!parsed.success) return { faults: faultsOf(parsed.error, given, path) }
  const { from, constant, otherwise, values } = parsed.data
  const wrong = (field: string, message: string): ReadColumn => ({
    faults: [{ path: [...path, field], message }],
  })
  if (from === undefined && constant === undefined)
    return wrong(
      'from',
      'is required: the name of a column of the file, or a list of names; or else constant.',
    )
  if (from !== undefined && constant !== undefined)
    return wrong(
      'constant',
      'cannot stand beside from: a column comes from the file, or is the same in every row.',
    )
  if (otherwise !== undefined && Object.keys(values).length === 0)
    return wrong('otherwise', 'needs values: it says what becomes of texts that are not among them.')
  return { column: columnOf(target, parsed.data) }
}

function columnOf(target: string, given: z.output<typeof schema>): MapColumn {
  return Object.freeze({
    target,
    from: given.from ?? [],
    constant: given.constant ?? null,
    as: given.as ?? null,
    take: given.take ?? null,
    values: new Map(Object.entries(given.values).map(([text, value]) => [cellKey(text), value])),
    otherwise: given.otherwise ?? 'keep',
    day: given.day ?? 'start',
    times: given.times ?? null,
    zone: given.zone ?? null,
    missing: new Set(given.missing.map(cellKey)),
  })
}

/** The column of a kind, or the trait, that follows our own names. */
export function ownColumn(target: string): MapColumn {
  return columnOf(target, { from: [target], values: {}, missing: [] })
}

const READINGS_OF: Readonly<Record<CellType, readonly Reading[]>> = {
  id: ['salesforce_id'],
  list: ['list', 'salesforce_id'],
  number: ['number', 'range_middle'],
  value: READINGS,
  text: [],
  flag: ['flag'],
  choice: [],
  time: [],
  stages: [],
  properties: [],
  range_middle: [],
  salesforce_id: [],
  salesforce_ids: [],
}

/** Of what type the text of a column is to be read; null when `as` does not go with the type that the kind gives it. */
export function typeOfReading(type: CellType, as: Reading | null, isTrait: boolean): CellType | null {
  if (as === null) return type
  if (!READINGS_OF[isTrait ? 'value' : type].includes(as)) return null
  return as === 'salesforce_id' && type === 'list' ? 'salesforce_ids' : as
}

/** The readings that go with a type, for messages. */
export function readingsOf(type: CellType, isTrait: boolean): readonly Reading[] {
  return READINGS_OF[isTrait ? 'value' : type]
}
