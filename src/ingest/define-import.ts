/** What can be imported is data: an object through `defineImport`, one file each in kinds/, in the list of kinds/index.ts. */
import type { LoadableValue } from '../db/bulk-load.ts'
import type { LoadableTable } from '../db/loadable-tables.ts'
import type { Milliseconds } from '../glossary.ts'
import type { CellFault, CellRules, CellType } from './cell-types.ts'
import type { RowCells } from './row-cells.ts'

export interface ImportColumn extends CellRules {
  readonly name: string
  readonly type: CellType
  /** The file must have the column, and every row a value in it. */
  readonly required?: boolean
  /** The value becomes a trait of this name. */
  readonly trait?: boolean
  readonly about: string
}

/** From when on a row counts as known. */
export interface KnownTimes {
  readonly now: Milliseconds
  /** The times of the file are declared to be when the facts were known. */
  readonly trusted: boolean
}

/** What a row of the file writes. */
export interface ImportRow {
  /** Of what the row is about; no two rows of a file may disagree about it. */
  readonly id: string
  /** The person it is about: a suppressed one is left out. */
  readonly leadId: string | null
  readonly email: string | null
  /** The visitor that it names. */
  readonly anonymousId: string | null
  /** An account it names; one that is unknown is created with these times and nothing else. */
  readonly account: {
    readonly accountId: string
    readonly createdAt: number
    readonly knownAt: number
  } | null
  /** People who must be known (deals); a suppressed one is left out. null when the file does not say. */
  readonly contacts: readonly { readonly leadId: string; readonly isPrimary: boolean }[] | null
  /** What it says counts as known from the import on only, and training on the past cannot use it. */
  readonly knownFromNow: boolean
  readonly records: readonly (readonly [table: LoadableTable, values: readonly LoadableValue[]])[]
}

export interface RowFault {
  readonly column: string
  readonly fault: CellFault
}

export interface ImportKind {
  readonly name: 'leads' | 'accounts' | 'events' | 'deals'
  readonly columns: readonly ImportColumn[]
  /** The file must have one of these columns. */
  readonly oneOf?: readonly string[]
  /** Columns with other names: traits of the subject, or an error. */
  readonly otherColumns: 'traits' | 'refused'
  /** In the order in which they are written. */
  readonly tables: readonly LoadableTable[]
  /** The cells have been read by then, each by its own rules; what concerns several of them is checked here. */
  readonly readRow: (cells: RowCells, times: KnownTimes) => ImportRow | RowFault
}

/** Where rows come from when a file does not say. */
export const IMPORT_SOURCE = 'import'

export function defineImport(kind: ImportKind): ImportKind {
  return Object.freeze(kind)
}

/** When a row counts as known: as it says itself; or when it happened, if times are trusted; or now. */
export function knownAt(
  stated: Milliseconds | null,
  occurredAt: Milliseconds,
  times: KnownTimes,
): Milliseconds {
  return stated ?? (times.trusted ? occurredAt : times.now)
}
