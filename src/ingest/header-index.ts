/** The columns of a file by name. */
import { fieldKey } from '../field-names.ts'
import type { MapOutcome } from './map-object.ts'
import { REJECTION_COLUMNS } from './row-source.ts'

export interface HeaderIndex {
  /** As the file writes them. */
  readonly header: readonly string[]
  /** The columns before this one are those that an earlier import added to its rejected rows. */
  readonly first: number
  /** All with that name, by `fieldKey`. */
  readonly positions: ReadonlyMap<string, readonly number[]>
  /** The first of the names that is there: where. Empty when none is, several when the file has it more than once. */
  find(names: readonly string[]): readonly number[]
}

export function indexHeader(header: readonly string[]): HeaderIndex {
  const keys = header.map(fieldKey)
  const first = REJECTION_COLUMNS.every((name, i) => keys[i] === name) ? REJECTION_COLUMNS.length : 0
  const positions = new Map<string, number[]>()
  for (const [position, key] of keys.entries()) {
    if (position < first) continue
    const others = positions.get(key)
    if (others) others.push(position)
    else positions.set(key, [position])
  }
  return {
    header,
    first,
    positions,
    find(names) {
      for (const name of names) {
        const found = positions.get(fieldKey(name))
        if (found) return found
      }
      return []
    },
  }
}

/** What the outcome of a deal is told by: for each part the names that its column may have. */
export function outcomeSources(outcome: MapOutcome | null): readonly (readonly string[])[] {
  if (outcome === null) return []
  return outcome.by === 'flags' ? [outcome.closed, outcome.won] : [outcome.from]
}
