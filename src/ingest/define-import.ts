/** What can be imported is data: an object through `defineImport`, one file each in kinds/, in the list of kinds/index.ts. */
import type { LoadableValue } from '../db/bulk-load.ts'
import type { LoadableTable } from '../db/loadable-tables.ts'
import type { Milliseconds } from '../glossary.ts'
import type { CellFault } from './cell-fault.ts'
import type { CellRules, CellType } from './cell-types.ts'
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

/** The person that a row is about, by every name that the row has for it. Who that is among the known leads, `resolveRows` says. */
export interface PersonReference {
  readonly leadId: string | null
  /** Further ids of the same person in the CRM. */
  readonly otherIds: readonly string[]
  /** Normalised; null when there is none, or it is no address. */
  readonly email: string | null
  readonly userId: string | null
  /** The visitor. */
  readonly anonymousId: string | null
}

/** The account that a row is about or names. One that is only named, and unknown, is created with these times and nothing else. */
export interface AccountReference {
  readonly accountId: string | null
  readonly otherIds: readonly string[]
  /** Normalised. */
  readonly domain: string | null
  readonly createdAt: Milliseconds
  readonly knownAt: Milliseconds
}

export interface ContactReference {
  readonly leadId: string
  readonly isPrimary: boolean
}

/** Who is meant: what `resolveRows` made of the references of a row. Ids of subjects as the tables have them. */
export interface ResolvedRow {
  /** null when the row names nobody, or names somebody by mail address, user or visitor id only and nobody is known by it. */
  readonly leadId: string | null
  readonly accountId: string | null
  /** null when the row does not say. Nobody twice. */
  readonly contacts: readonly ContactReference[] | null
}

/** What must be there already; otherwise the row is turned down: there is no `what` `given`. */
interface RowNeed {
  /** `lead`: the resolved person. `deal`: the deal with the id `given`. */
  readonly what: 'lead' | 'deal'
  /** Column of the kind that names it, and what stands there. */
  readonly column: string
  readonly given: string
}

export type ImportRecord = readonly [table: LoadableTable, values: readonly LoadableValue[]]

/** What a row of the file says. */
export interface ImportRow {
  /** Of what the row is about; no two rows of a file may disagree about it. null where many rows add up (contacts and stages of deals). */
  readonly id: string | null
  readonly person: PersonReference | null
  /** The mail address as the file writes it: a suppressed person is left out. */
  readonly email: string | null
  readonly account: AccountReference | null
  /** People who must be known (deals); a suppressed one is left out. null when the file does not say. */
  readonly contacts: readonly ContactReference[] | null
  readonly needs: readonly RowNeed[]
  /** What it says counts as known from the import on only, and training on the past cannot use it. */
  readonly knownFromNow: boolean
  /** Everything it writes, contacts of deals included, once it is known who is meant. */
  readonly records: (who: ResolvedRow) => readonly ImportRecord[]
}

export interface RowFault {
  readonly column: string
  readonly fault: CellFault
}

export interface ImportKind {
  readonly name: 'leads' | 'accounts' | 'events' | 'deals' | 'deal_contacts' | 'deal_stages'
  readonly columns: readonly ImportColumn[]
  /** The file must have one of these columns. */
  readonly oneOf?: readonly string[]
  /** Columns with other names: traits of the subject, or an error. */
  readonly otherColumns: 'traits' | 'refused'
  /** In the order in which they are written. */
  readonly tables: readonly LoadableTable[]
  /**
   * How rows of the file that changed something are counted: by the `subjects` of what they wrote, or by the `records`
   * written to the first table, where each row writes one.
   */
  readonly countBy: 'subjects' | 'records'
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
