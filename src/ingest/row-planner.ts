/** Decides for each column of a file what is read from it. */
import { WonlostError } from '../errors.ts'
import { fieldKey, MAX_TRAIT_NAME, snakeCase } from '../field-names.ts'
import { cellConversion } from './cell-conversion.ts'
import type { CellFormat } from './cell-types.ts'
import { createColumnFormats } from './column-format.ts'
import type { OutcomePlan } from './deal-outcome.ts'
import type { ImportColumn, ImportKind } from './define-import.ts'
import type { HeaderIndex } from './header-index.ts'
import type { ImportMap } from './import-map.ts'
import { type MapColumn, ownColumn, type Reading, typeOfReading } from './map-column.ts'
import type { MapObject, MapOutcome } from './map-object.ts'
import { nearestName, slipOf } from './nearest-name.ts'
import { judgeTrait } from './outcome-trait.ts'
import type { PlanOptions } from './plan-rows.ts'
import type { PlanNote, PlannedColumn } from './row-plan.ts'
import { allowedNames, shownName, shownNames } from './shown-names.ts'

/** Makes a plan step by step; the order of the steps is that of `planRows`. */
export class RowPlanner {
  readonly columns: PlannedColumn[] = []
  readonly notes: PlanNote[] = []
  readonly #kind: ImportKind
  readonly #index: HeaderIndex
  readonly #file: string
  readonly #object: MapObject | null
  readonly #map: ImportMap | null
  readonly #lists: ReadonlySet<string>
  readonly #texts: ReadonlySet<string>
  readonly #ignored: ReadonlySet<string>
  readonly #formatOf: (column: MapColumn) => CellFormat
  /** What is read from a column of the file, by its position. */
  readonly #claims = new Map<number, string>()
  /** Those of `columns`, by name. */
  readonly #planned = new Map<string, PlannedColumn>()
  /** Of what a name in the file may be another name. */
  readonly #aliases: ReadonlyMap<string, string>

  constructor(
    kind: ImportKind,
    index: HeaderIndex,
    file: string,
    object: MapObject | null,
    map: ImportMap | null,
    options: PlanOptions,
  ) {
    this.#kind = kind
    this.#index = index
    this.#file = file
    this.#object = object
    this.#map = map
    this.#lists = new Set(options.lists?.map(fieldKey))
    this.#texts = new Set(options.texts?.map(fieldKey))
    this.#ignored = new Set(object?.ignore.map(fieldKey))
    this.#aliases = new Map(
      object?.columns.flatMap(({ target, from }) => from.map((name) => [fieldKey(name), target] as const)),
    )
    this.#formatOf = createColumnFormats(map, options.zone ?? null)
  }

  /** What the map names. */
  takeNamed(): void {
    for (const column of this.#object?.columns ?? [])
      if (column.constant !== null) this.#plan(column, -1)
      else this.#take(column)
  }

  /** What it does not name, from the columns of our own names. */
  takeOwn(): void {
    const named = new Set(this.#object?.columns.map(({ target }) => target))
    for (const { name } of this.#kind.columns) {
      if (named.has(name) || this.#ignored.has(name) || (this.#object?.outcome && name === 'outcome'))
        continue
      const position = this.#index.positions.get(name)?.[0]
      if (position !== undefined && !this.#claims.has(position)) this.#take(ownColumn(name))
    }
  }

  /** The columns that tell the outcome of a deal may feed others too. */
  takeOutcome(): OutcomePlan | null {
    const outcome = this.#object?.outcome
    if (!outcome) return null
    const column = this.#kind.columns.find(({ name }) => name === 'outcome')!
    const plan = this.#outcomePlan(outcome)
    const source = plan.by === 'stages' ? plan.stage.name : plan.won.name
    const format = this.#formatOf(ownColumn('outcome'))
    this.#add({
      column,
      position: -1,
      constant: '',
      source,
      format,
      convert: null,
      deferred: true,
    })
    return plan
  }

  #outcomePlan(outcome: MapOutcome): OutcomePlan {
    const cellOf = (names: readonly string[]) => {
      const position = this.#onlyOne(this.#index.find(names))!
      if (!this.#claims.has(position)) this.#claims.set(position, 'outcome')
      return { position, name: this.#index.header[position]! }
    }
    return outcome.by === 'stages'
      ? { ...outcome, stage: cellOf(outcome.from) }
      : { by: 'flags', closed: cellOf(outcome.closed), won: cellOf(outcome.won) }
  }

  /** Columns that nobody names. */
  takeOthers(): void {
    const others = this.#object?.others ?? this.#kind.otherColumns
    for (let position = this.#index.first; position < this.#index.header.length; position++) {
      if (this.#claims.has(position)) continue
      const key = fieldKey(this.#index.header[position]!)
      if (key !== '' && this.#ignored.has(key)) continue
      const fault = this.#faultOfOther(position, key)
      if (fault !== null) this.#passOver(position, fault)
      else if (others === 'ignore') this.#noteUnread(position, 'not named in the map')
      else this.#plan(this.#otherTrait(position), position)
    }
  }

  /** Throws `table_invalid` when a column that must be there is not. With a map, its object has been chosen for having them. */
  checkMissing(): void {
    if (this.#object) return
    const has = (name: string): boolean => this.columns.some(({ column }) => column.name === name)
    const missing = this.#kind.columns.filter(({ name, required }) => required && !has(name))
    if (missing.length > 0) throw this.#invalid(`Missing: ${missing.map(({ name }) => name).join(', ')}.`)
    if (this.#kind.oneOf && !this.#kind.oneOf.some(has))
      throw this.#invalid(`Missing: one of ${this.#kind.oneOf.join(', ')}.`)
  }

  checkOptions(): void {
    const traits = this.columns.flatMap(({ column, source }) =>
      column.trait ? [column.name, fieldKey(source)] : [],
    )
    for (const name of [...this.#lists, ...this.#texts])
      if (!traits.includes(name))
        throw new WonlostError(
          'usage',
          `--list and --text name trait columns of the file; there is none called ${shownName(name)}. Given: ${shownNames(this.#index)}.`,
        )
  }

  #take(column: MapColumn): void {
    const position = this.#onlyOne(this.#index.find(column.from))
    if (position === null) return
    const other = this.#claims.get(position)
    if (other !== undefined)
      throw this.#invalid(
        `The column ${this.#nameAt(position)} feeds both ${other} and ${column.target}; one of them needs another source.`,
      )
    this.#plan(column, position)
  }

  #plan(column: MapColumn, position: number): void {
    const { target } = column
    const own = this.#kind.columns.find(({ name }) => name === target)
    const source = this.#index.header[position] ?? target
    if (position >= 0) this.#claims.set(position, target)
    const judged =
      own === undefined || own.trait ? judgeTrait(target, source, own !== undefined, this.#object) : null
    if (judged) this.notes.push({ ...judged, column: source })
    if (judged?.code === 'outcome_field') return
    const read: ImportColumn = own ?? { name: target, type: 'value', trait: true, about: 'a trait' }
    const as = (read.trait && this.#readingByOption(target, source)) || column.as
    const type = typeOfReading(read.type, as, read.trait ?? false) ?? read.type
    const format = this.#formatOf(column)
    const isList = type === 'list' || type === 'salesforce_ids'
    const convert = cellConversion(column, this.#map?.missing ?? new Set(), format.divider, isList)
    const constant = column.constant ?? ''
    this.#add({
      column: { ...read, type },
      position,
      constant,
      source,
      format,
      convert,
      deferred: target === 'closed_at',
    })
  }

  #add(planned: PlannedColumn): void {
    this.columns.push(planned)
    this.#planned.set(planned.column.name, planned)
  }

  #readingByOption(target: string, source: string): Reading | null {
    const names = [target, fieldKey(source)]
    if (names.some((name) => this.#lists.has(name))) return 'list'
    return names.some((name) => this.#texts.has(name)) ? 'text' : null
  }

  /** Why a column that nobody names cannot be read; null when it can. */
  #faultOfOther(position: number, key: string): string | null {
    if (key === '') return 'has no name'
    if ((this.#index.positions.get(key)?.length ?? 0) > 1) return 'is there twice'
    const alias = this.#aliases.get(key)
    if (alias !== undefined) return `is another name of ${alias}, which comes from another column`
    if ((this.#object?.others ?? this.#kind.otherColumns) !== 'traits') return null
    const name = snakeCase(this.#index.header[position]!)
    if (name === '') return 'has a name without letters'
    if (name.length > MAX_TRAIT_NAME) return `has a name of more than ${MAX_TRAIT_NAME} characters`
    const taken = this.#planned.get(name)
    if (taken?.position === -1) return `has the name of ${name}, which is the same in every row`
    if (taken) return `has the name of ${name}, which comes from ${shownName(taken.source)}`
    return this.#kind.columns.some((column) => column.name === name) ? `cannot be told from ${name}` : null
  }

  #passOver(position: number, fault: string): void {
    if (this.#object) this.#noteUnread(position, fault)
    else throw this.#invalid(`The column ${this.#nameAt(position)} (column ${position + 1}) ${fault}.`)
  }

  /** Without a map, a name that is one letter from one of ours is a slip of the pen, and not every kind has traits. */
  #otherTrait(position: number): MapColumn {
    const name = snakeCase(this.#index.header[position]!)
    if (this.#object) return ownColumn(name)
    const refused = this.#kind.otherColumns === 'refused'
    const key = fieldKey(this.#index.header[position]!)
    const names = this.#kind.columns.map((column) => column.name)
    const meant = refused ? nearestName(key, names)?.name : slipOf(this.#kind, key)
    if (refused || meant)
      throw this.#invalid(
        `The column ${this.#nameAt(position)} is unknown${meant ? `; did you mean ${meant}?` : '.'}`,
      )
    return ownColumn(name)
  }

  #onlyOne(positions: readonly number[]): number | null {
    if (positions.length > 1)
      throw this.#invalid(
        `The column ${this.#nameAt(positions[1]!)} is there twice (columns ${positions.map((position) => position + 1).join(', ')}).`,
      )
    return positions[0] ?? null
  }

  #nameAt(position: number): string {
    return shownName(this.#index.header[position]!)
  }

  #noteUnread(position: number, reason: string): void {
    this.notes.push({ code: 'not_read', column: this.#index.header[position]!, reason })
  }

  #invalid(message: string): WonlostError {
    const given = `Given: ${shownNames(this.#index)}.`
    const allowed = this.#map ? `The map is ${this.#map.file}.` : allowedNames(this.#kind)
    return new WonlostError('table_invalid', `${message} ${allowed} ${given}`, { file: this.#file, line: 1 })
  }
}
