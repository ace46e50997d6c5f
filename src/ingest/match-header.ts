/** Finds the columns of an import kind in the header of a file. */
import { WonlostError } from '../errors.ts'
import type { ImportColumn, ImportKind } from './define-import.ts'
import { REJECTION_COLUMNS } from './rejected-rows.ts'

export interface HeaderOptions {
  /** Trait columns whose cells are lists, divided by `;`. */
  readonly lists?: readonly string[]
  /** Trait columns whose cells stay text, though they look like numbers. */
  readonly texts?: readonly string[]
}

const MAX_TRAIT_NAME = 100

/**
 * One column for each of the header's, in its order; null for those that an earlier import added to its rejected rows.
 * Names match whatever their case; blanks and hyphens count as underscores. Throws `table_invalid` that names what is
 * missing, doubled, nameless or unknown, and `usage` for an option that names no column.
 */
export function matchHeader(
  kind: ImportKind,
  header: readonly string[],
  file: string,
  options: HeaderOptions = {},
): readonly (ImportColumn | null)[] {
  const invalid = (message: string): WonlostError =>
    new WonlostError('table_invalid', `${message} ${allowedAndGiven(kind, header)}`, { file, line: 1 })
  const names = header.map(columnName)
  const rejections = REJECTION_COLUMNS.every((name, i) => names[i] === name) ? REJECTION_COLUMNS.length : 0
  const lists = (options.lists ?? []).map(columnName)
  const texts = (options.texts ?? []).map(columnName)
  const known = new Map(kind.columns.map((column) => [column.name, column]))

  const seen = new Set<string>()
  const columns = names.map((name, i) => {
    if (i < rejections) return null
    if (name === '') throw invalid(`Column ${i + 1} has no name.`)
    if (seen.has(name)) throw invalid(`The column ${quote(name)} is there twice.`)
    seen.add(name)
    const column = known.get(name)
    if (column && !(column.trait && (lists.includes(name) || texts.includes(name)))) return column
    const nearest = nearestName(
      name,
      kind.columns.filter((other) => kind.otherColumns === 'refused' || !other.trait),
    )
    // A trait may have any name, but one letter from a column that is not a trait is a slip of the pen.
    if (kind.otherColumns === 'refused' || nearest?.distance === 1)
      throw invalid(
        `The column ${quote(header[i]!)} is unknown${nearest ? `; did you mean ${nearest.name}?` : '.'}`,
      )
    if (name.length > MAX_TRAIT_NAME || /\p{Cc}/u.test(name))
      throw invalid(
        `The name of column ${i + 1} has control characters or more than ${MAX_TRAIT_NAME} characters.`,
      )
    const type = lists.includes(name) ? 'list' : texts.includes(name) ? 'text' : 'value'
    return { name, type, trait: true, about: 'a trait' } as const
  })

  const missing = kind.columns.filter((column) => column.required && !seen.has(column.name))
  if (missing.length > 0) throw invalid(`Missing: ${missing.map((column) => column.name).join(', ')}.`)
  if (kind.oneOf && !kind.oneOf.some((name) => seen.has(name)))
    throw invalid(`Missing: one of ${kind.oneOf.join(', ')}.`)
  for (const name of [...lists, ...texts])
    if (!seen.has(name) || (known.has(name) && !known.get(name)?.trait))
      throw new WonlostError(
        'usage',
        `--list and --text name trait columns of the file; there is none called ${quote(name)}. Given: ${header.join(', ')}.`,
      )
  return columns
}

function columnName(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
}

function quote(text: string): string {
  return JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}...` : text)
}

function allowedAndGiven(kind: ImportKind, header: readonly string[]): string {
  const names = (required: boolean): string =>
    kind.columns
      .filter((column) => (column.required ?? false) === required)
      .map((column) => column.name)
      .join(', ')
  const others = kind.otherColumns === 'traits' ? ', and any other name for a trait' : ''
  const given = header.slice(0, 50).map(quote).join(', ')
  return `Needed: ${names(true)}. Allowed: ${names(false)}${others}. Given: ${given}${header.length > 50 ? '...' : ''}.`
}

function nearestName(
  name: string,
  columns: readonly ImportColumn[],
): { readonly name: string; readonly distance: number } | null {
  const near = columns
    .map((column) => ({ name: column.name, distance: editDistance(name, column.name) }))
    .filter(({ distance }) => distance <= 2)
    .sort((a, b) => a.distance - b.distance)
  return near[0] ?? null
}

/** Levenshtein's distance: letters to insert, delete or replace. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++)
      current.push(
        Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)),
      )
    previous = current
  }
  return previous[b.length]!
}
