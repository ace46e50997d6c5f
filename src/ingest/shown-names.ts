/** Names of columns, as messages show them. */
import type { ImportKind } from './define-import.ts'
import type { HeaderIndex } from './header-index.ts'

const SHOWN = 50

/** The names of the header, as many as fit into a message. */
export function shownNames({ header }: HeaderIndex): string {
  const names = header.slice(0, SHOWN).map(shownName)
  return `${names.join(', ')}${header.length > SHOWN ? '...' : ''}`
}

export function shownName(text: string): string {
  return JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}...` : text)
}

/** The names of our own that a file of the kind may have. */
export function allowedNames(kind: ImportKind): string {
  const names = (required: boolean): string =>
    kind.columns
      .filter((column) => (column.required ?? false) === required)
      .map((column) => column.name)
      .join(', ')
  const others = kind.otherColumns === 'traits' ? ', and any other name for a trait' : ''
  return `Needed: ${names(true)}. Allowed: ${names(false)}${others}.`
}
