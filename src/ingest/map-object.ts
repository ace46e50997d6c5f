/** An object of a map: one kind of file of another system (its contacts, its deals). */
import { z } from 'zod'
import { type Fault, faultsOf, strictFields, suggestion } from '../checked-yaml.ts'
import { fieldKey } from '../field-names.ts'
import { outcomeFieldReason } from '../outcome-fields.ts'
import type { ImportKind } from './define-import.ts'
import { IMPORT_KINDS } from './kinds/index.ts'
import { type MapColumn, readingsOf, readMapColumn, typeOfReading } from './map-column.ts'
import { cellKey, cellTexts, columnNames } from './map-fields.ts'
import { slipOf } from './nearest-name.ts'

/** How the outcome of a deal is told: by two columns of true and false, or by names of stages; all others are open. */
export type MapOutcome =
  | { readonly by: 'flags'; readonly closed: readonly string[]; readonly won: readonly string[] }
  | {
      readonly by: 'stages'
      readonly from: readonly string[]
      readonly won: ReadonlySet<string>
      readonly lost: ReadonlySet<string>
    }

export interface MapObject {
  readonly name: string
  readonly kind: ImportKind['name']
  /** Those of the kind that are not here come from the column of their own name. */
  readonly columns: readonly MapColumn[]
  readonly outcome: MapOutcome | null
  /** Columns that are not read. */
  readonly ignore: readonly string[]
  /** What becomes of columns that nobody names. */
  readonly others: 'traits' | 'ignore'
  /** Fields that give the outcome away in general, but not here: the reason, by `fieldKey`. */
  readonly lift: ReadonlyMap<string, string>
  /** Further columns that a header must have to be of this object. */
  readonly required: readonly string[]
}

const schema = strictFields({
  kind: z.enum(IMPORT_KINDS.map((kind) => kind.name)),
  columns: z.record(z.string(), z.unknown()).default({}),
  outcome: z.unknown().optional(),
  ignore: columnNames.default([]),
  others: z.enum(['traits', 'ignore']).optional(),
  lift: z.record(z.string(), z.string('must say why').trim().min(1).max(500)).default({}),
  required: columnNames.default([]),
})

const outcomeByFlags = strictFields({ closed: columnNames, won: columnNames })
const outcomeByStages = strictFields({ from: columnNames, won: cellTexts, lost: cellTexts })

type ReadObject = { readonly object: MapObject } | { readonly faults: readonly Fault[] }

export function readMapObject(name: string, given: unknown): ReadObject {
  const path = ['objects', name]
  const parsed = schema.safeParse(given)
  if (!parsed.success) return { faults: faultsOf(parsed.error, given, path) }
  const { kind: kindName, columns: givenColumns, lift, ignore, required } = parsed.data
  const kind = IMPORT_KINDS.find((other) => other.name === kindName)!
  const faults: Fault[] = []
  const columns = Object.entries(givenColumns).flatMap(([target, column]) => {
    const read = readMapColumn(target, column, [...path, 'columns', target])
    const wrong =
      'column' in read ? targetFaults(kind, read.column, [...path, 'columns', target]) : read.faults
    faults.push(...wrong)
    return 'column' in read ? [read.column] : []
  })
  const others = parsed.data.others ?? (kind.otherColumns === 'traits' ? 'traits' : 'ignore')
  if (others === 'traits' && kind.otherColumns !== 'traits')
    faults.push({
      path: [...path, 'others'],
      message: `must be ignore: ${kind.name} have no traits. Given: "traits".`,
    })
  const outcome = readOutcome(kind, parsed.data.outcome, [...path, 'outcome'])
  if ('faults' in outcome) faults.push(...outcome.faults)
  if (givenColumns.outcome !== undefined && parsed.data.outcome !== undefined)
    faults.push({
      path: [...path, 'outcome'],
      message: 'is told twice: here and under columns. One must go.',
    })
  for (const field of Object.keys(lift))
    if (outcomeFieldReason(field) === null)
      faults.push({
        path: [...path, 'lift', field],
        message: 'is not on the list of fields that give the outcome away, so there is nothing to lift.',
      })
  if (faults.length > 0) return { faults }
  return {
    object: Object.freeze({
      name,
      kind: kind.name,
      columns,
      outcome: 'outcome' in outcome ? outcome.outcome : null,
      ignore,
      others,
      lift: new Map(Object.entries(lift).map(([field, reason]) => [fieldKey(field), reason])),
      required,
    }),
  }
}

/** What a kind has no column for is a trait, where it has traits. */
function targetFaults(kind: ImportKind, column: MapColumn, path: readonly PropertyKey[]): Fault[] {
  const { target } = column
  const known = kind.columns.find(({ name }) => name === target)
  const names = kind.columns.map(({ name }) => name)
  if (!known) {
    const near = suggestion(target, names)
    if (kind.otherColumns === 'refused')
      return [{ path, message: `unknown column of ${kind.name}${near}; allowed: ${names.join(', ')}.` }]
    if (!/^[a-z][a-z0-9_]{0,63}$/.test(target)) {
      const message = `must be a column of ${kind.name}${near} or the name of a trait, of lower-case letters, digits and _, a letter first. Given: "${target}".`
      return [{ path, message }]
    }
    const meant = slipOf(kind, target)
    if (meant !== null)
      return [
        { path, message: `is no column of ${kind.name}; did you mean ${meant}? A trait needs another name.` },
      ]
  }
  const type = known?.type ?? 'value'
  const isTrait = known?.trait ?? !known
  if (typeOfReading(type, column.as, isTrait) === null) {
    const allowed = readingsOf(type, isTrait)
    const may = allowed.length > 0 ? `must be one of ${allowed.join(', ')}` : 'is not for this column'
    return [
      { path: [...path, 'as'], message: `${may}: ${target} is read as ${type}. Given: "${column.as}".` },
    ]
  }
  return []
}

function readOutcome(
  kind: ImportKind,
  given: unknown,
  path: readonly PropertyKey[],
): { readonly outcome: MapOutcome | null } | { readonly faults: readonly Fault[] } {
  if (given === undefined) return { outcome: null }
  if (!kind.columns.some(({ name }) => name === 'outcome'))
    return { faults: [{ path, message: `is for deals only; this is an object of ${kind.name}.` }] }
  if (typeof given === 'object' && given !== null && 'from' in given) {
    const parsed = outcomeByStages.safeParse(given)
    if (!parsed.success) return { faults: faultsOf(parsed.error, given, path) }
    const won = new Set(parsed.data.won.map(cellKey))
    const lost = new Set(parsed.data.lost.map(cellKey))
    const both = [...won].find((stage) => lost.has(stage))
    if (both !== undefined)
      return { faults: [{ path: [...path, 'lost'], message: `"${both}" cannot be both won and lost.` }] }
    return { outcome: { by: 'stages', from: parsed.data.from, won, lost } }
  }
  const parsed = outcomeByFlags.safeParse(given)
  if (!parsed.success) {
    const faults = faultsOf(parsed.error, given, path)
    const hint = 'Either { closed: COLUMN, won: COLUMN }, or { from: COLUMN, won: [STAGE], lost: [STAGE] }.'
    return { faults: faults.map((fault) => ({ ...fault, message: `${fault.message} ${hint}` })) }
  }
  return { outcome: { by: 'flags', ...parsed.data } }
}
