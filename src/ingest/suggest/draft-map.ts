/** A map as far as it can be told from a file: what is found, and what is guessed and how. */
import { fieldKey, snakeCase } from '../../field-names.ts'
import { outcomeFieldReason } from '../../outcome-fields.ts'
import type { ImportColumn, ImportKind } from '../define-import.ts'
import { indexHeader } from '../header-index.ts'
import type { ImportMap } from '../import-map.ts'
import { slipOf } from '../nearest-name.ts'
import type { DecimalSign } from '../read-number.ts'
import { ambiguousText, type TimeFormat } from '../time-formats.ts'
import {
  type ColumnProfile,
  decimalOf,
  dividerOf,
  isKey,
  looksLikeRanges,
  looksLikeSalesforceIds,
  profileColumns,
  shareOf,
} from './column-profile.ts'
import { guessOutcome, type OutcomeGuess } from './guess-outcome.ts'
import { dateOrderOf, guessTimes, type TimesGuess } from './guess-times.ts'
import { indexNames, matchColumns } from './match-columns.ts'

export interface DraftColumn {
  readonly target: string
  readonly column: ColumnProfile
  readonly as: string | null
  readonly takeFirst: boolean
  readonly endOfDay: boolean
  /** Of columns with times. */
  readonly times: TimesGuess | null
  /** Found by what is in it, not by its name: what speaks for it. */
  readonly guess: string | null
}

export interface MapDraft {
  readonly kind: ImportKind
  readonly rowCount: number
  readonly columns: readonly DraftColumn[]
  /** Columns of the kind that must be there, and were not found. */
  readonly missing: readonly ImportColumn[]
  readonly outcome: OutcomeGuess | null
  /** Of the whole file; null when its columns need formats that cannot stand side by side. */
  readonly times: readonly TimeFormat[] | null
  readonly decimal: DecimalSign | null
  readonly divider: string | null
  /** Texts that mean "not known". */
  readonly unknown: readonly string[]
  /** Columns that become traits under their own name. */
  readonly traits: readonly ColumnProfile[]
  readonly blocked: readonly { readonly column: ColumnProfile; readonly reason: string }[]
  /** Names that stand for several columns, or for none. */
  readonly unusable: readonly string[]
}

const TIME_SAMPLE = 200
/** Enough to see whether there are times in a column at all. */
const FEW = 20
/** From this share of its texts on a column is taken to hold times. */
const MOSTLY = 0.9

/** `rows` are the first ones; each has a cell for each column of the header. */
export function draftMap(
  kind: ImportKind,
  header: readonly string[],
  rows: readonly (readonly string[])[],
  maps: readonly ImportMap[],
): MapDraft {
  const profiles = profileColumns(header, rows)
  const { first, positions } = indexHeader(header)
  const inFile = profiles.columns.filter(({ position }) => position >= first)
  const isUsable = ({ name }: ColumnProfile): boolean =>
    name.trim() !== '' && name.length <= MAX_NAME && positions.get(fieldKey(name))!.length === 1
  const usable = inFile.filter(isUsable)
  const outcome = kind.columns.some(({ name }) => name === 'outcome')
    ? guessOutcome(indexNames(usable), flagNames(maps))
    : null
  const found = findColumns(kind, usable, rows.length, maps)
  const times = guessAllTimes(kind, found)
  const taken = new Set([...found.values()].map(({ column }) => column))
  const others =
    kind.otherColumns === 'traits'
      ? usable.filter((column) => !taken.has(column) && !isOfOutcome(outcome, column))
      : []
  const blocked = others.flatMap((column) => {
    const reason = outcomeFieldReason(column.name)
    return reason === null ? [] : [{ column, reason }]
  })
  const lists = kind.columns.flatMap(({ name, type }) =>
    type === 'list' ? (found.get(name)?.column ?? []) : [],
  )
  const divider = dividerOf(lists)
  const blockedColumns = new Set(blocked.map(({ column }) => column))
  const traits = others.filter((column) => !blockedColumns.has(column))
  const typed = typedTraits(kind, traits, others)
  const typedColumns = new Set(typed.map(({ column }) => column))
  const timed = new Set([...times.keys()].map((name) => found.get(name)?.column))
  return {
    kind,
    rowCount: rows.length,
    columns: [
      ...kind.columns.flatMap((column) => {
        const match = found.get(column.name)
        return match ? [draftColumn(column, match, times.get(column.name) ?? null, divider ?? ';')] : []
      }),
      ...typed,
    ],
    missing: kind.columns.filter(({ name, required }) => {
      if (name === 'outcome') return outcome === null
      return !found.has(name) && (required || (name === 'closed_at' && outcome !== null))
    }),
    outcome,
    times: sideBySide([...times.values()]),
    decimal: decimalOf(usable.filter((column) => !timed.has(column))),
    divider,
    unknown: profiles.missing,
    traits: traits.filter((column) => !typedColumns.has(column)),
    blocked,
    unusable: inFile.filter((column) => !isUsable(column)).map(({ name }) => name),
  }
}

/** Longer names cannot stand in a map. */
const MAX_NAME = 500

interface Match {
  readonly column: ColumnProfile
  readonly guess: string | null
}

/** By name; where a column must be there and no name says which, by what is in it. */
function findColumns(
  kind: ImportKind,
  columns: readonly ColumnProfile[],
  rowCount: number,
  maps: readonly ImportMap[],
): ReadonlyMap<string, Match> {
  const found = new Map<string, Match>()
  for (const [target, column] of matchColumns(kind, indexNames(columns), maps))
    if (target !== 'outcome') found.set(target, { column, guess: null })
  for (const { name, type, required } of kind.columns) {
    if (!required || found.has(name)) continue
    const free = columns.filter((column) => [...found.values()].every((match) => match.column !== column))
    const guessed = type === 'id' ? guessId(free, name, rowCount) : type === 'time' ? guessTime(free) : null
    if (guessed) found.set(name, guessed)
  }
  return found
}

/** Only what a row is about has another id in each. */
function guessId(columns: readonly ColumnProfile[], target: string, rowCount: number): Match | null {
  if (!/^(lead|account|deal)_id$/.test(target)) return null
  const keys = columns.filter((column) => isKey(column, rowCount))
  const column =
    keys.find(({ name }) => /(^|_)(id|no|nr|number|key|code)(_|$)/.test(snakeCase(name))) ?? keys[0]
  return column ? { column, guess: 'filled in every row, with another text in each' } : null
}

function guessTime(columns: readonly ColumnProfile[]): Match | null {
  const isLikely = ({ name }: ColumnProfile): boolean =>
    /creat|add|first|open|start|regist|sign/.test(snakeCase(name))
  const inOrder = [...columns.filter(isLikely), ...columns.filter((column) => !isLikely(column))]
  const column = inOrder.find((candidate) => {
    const few = [...candidate.distinct].slice(0, FEW)
    const mayBe = few.length > 0 && few.every((text) => /\d/.test(text) && text.length <= 40)
    return mayBe && outcomeFieldReason(candidate.name) === null && guessTimes(few).share >= MOSTLY
  })
  return column ? { column, guess: 'holds times' } : null
}

function sampleOf({ distinct }: ColumnProfile): readonly string[] {
  return [...distinct].slice(0, TIME_SAMPLE)
}

/** What one column leaves open (is 3/4 in March or April?) another of the file may tell. */
function guessAllTimes(kind: ImportKind, found: ReadonlyMap<string, Match>): ReadonlyMap<string, TimesGuess> {
  const columns = kind.columns.flatMap(({ name, type }) => {
    const match = type === 'time' ? found.get(name) : undefined
    return match ? [{ name, texts: sampleOf(match.column), order: dateOrderOf(match.column.texts) }] : []
  })
  const orders = new Set(columns.flatMap(({ order }) => order ?? []))
  const [inFile = null] = orders.size === 1 ? orders : []
  return new Map(columns.map(({ name, texts, order }) => [name, guessTimes(texts, order ?? inFile)]))
}

/** All formats of a file in one list; null when one text would be of two of them. */
function sideBySide(guesses: readonly TimesGuess[]): readonly TimeFormat[] | null {
  const formats = [...new Set(guesses.flatMap((guess) => guess.formats))]
  const conflict = formats.some((one, i) =>
    formats.slice(0, i).some((other) => ambiguousText(other, one) !== null),
  )
  return conflict ? null : formats
}

function draftColumn(
  target: ImportColumn,
  { column, guess }: Match,
  times: TimesGuess | null,
  divider: string,
): DraftColumn {
  const isId = target.type === 'id' || target.type === 'list'
  const as =
    isId && target.name.endsWith('id') && looksLikeSalesforceIds(column)
      ? 'salesforce_id'
      : target.type === 'number' && looksLikeRanges(column)
        ? 'range_middle'
        : null
  const takeFirst = target.type === 'id' && shareOf(column, (text) => text.includes(divider)) > 0
  return { target: target.name, column, as, takeFirst, endOfDay: target.name === 'closed_at', times, guess }
}

const LIST_SHARE = 0.2
/** More would make a map that nobody reads; the others are traits all the same. */
const MAX_TYPED = 500

/** Traits whose texts are lists or ranges, and whose names can stand in a map. */
function typedTraits(
  kind: ImportKind,
  traits: readonly ColumnProfile[],
  others: readonly ColumnProfile[],
): DraftColumn[] {
  const names = new Map<string, number>(kind.columns.map(({ name }) => [name, 1]))
  for (const { name } of others) names.set(snakeCase(name), (names.get(snakeCase(name)) ?? 0) + 1)
  const typed = traits.flatMap((column): DraftColumn[] => {
    const target = snakeCase(column.name)
    if (names.get(target) !== 1 || !/^[a-z][a-z0-9_]{0,63}$/.test(target) || slipOf(kind, target)) return []
    const isList = shareOf(column, (text) => /^[^;|]{1,60}([;|][^;|]{0,60})+$/.test(text)) >= LIST_SHARE
    const as = looksLikeRanges(column) ? 'range_middle' : isList ? 'list' : null
    return as === null
      ? []
      : [{ target, column, as, takeFirst: false, endOfDay: false, times: null, guess: null }]
  })
  return typed.slice(0, MAX_TYPED)
}

function flagNames(maps: readonly ImportMap[]) {
  const outcomes = maps
    .flatMap(({ objects }) => objects)
    .flatMap(({ outcome }) => (outcome?.by === 'flags' ? [outcome] : []))
  return { closed: outcomes.flatMap(({ closed }) => closed), won: outcomes.flatMap(({ won }) => won) }
}

function isOfOutcome(outcome: OutcomeGuess | null, column: ColumnProfile): boolean {
  if (outcome === null) return false
  return outcome.by === 'flags'
    ? outcome.closed === column || outcome.won === column
    : outcome.stage === column
}
