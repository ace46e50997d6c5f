/** Which column of a file is probably which of ours, by its name. */
import { fieldKey, snakeCase } from '../../field-names.ts'
import type { ImportKind } from '../define-import.ts'
import type { ImportMap } from '../import-map.ts'
import { otherNames } from './column-names.ts'
import type { ColumnProfile } from './column-profile.ts'

/** By the name of our column. No column of the file stands for two. */
export type ColumnMatches = ReadonlyMap<string, ColumnProfile>

/** Our own names first, then what the maps of the package know, then what people write. */
export function matchColumns(
  kind: ImportKind,
  names: ColumnNames,
  maps: readonly ImportMap[],
): ColumnMatches {
  const matches = new Map<string, ColumnProfile>()
  const used = new Set<ColumnProfile>()
  const rounds = [
    (target: string) => [target],
    (target: string) => mappedNames(maps, kind, target),
    (target: string) => otherNames(kind.name, target),
  ]
  for (const namesOf of rounds)
    for (const { name: target } of kind.columns) {
      if (matches.has(target)) continue
      const found = names.find(namesOf(target), used)
      if (!found) continue
      matches.set(target, found)
      used.add(found)
    }
  return matches
}

/** The columns of a file by their names. */
export interface ColumnNames {
  /** The column with the first of the names that the file has and nothing else uses. What stands in brackets may be left out. */
  find(names: readonly string[], used?: ReadonlySet<ColumnProfile>): ColumnProfile | undefined
}

const FORMS: readonly ((name: string) => string)[] = [
  fieldKey,
  snakeCase,
  (name) => snakeCase(name.replace(/\([^)]*\)|\[[^\]]*\]/g, '')),
]

export function indexNames(columns: readonly ColumnProfile[]): ColumnNames {
  const byForm = FORMS.map((formOf) => {
    const named = new Map<string, ColumnProfile[]>()
    for (const column of columns) {
      const form = formOf(column.name)
      const others = named.get(form)
      if (others) others.push(column)
      else named.set(form, [column])
    }
    return { formOf, named }
  })
  return {
    find(names, used = new Set()) {
      for (const { formOf, named } of byForm)
        for (const name of names) {
          const found = named.get(formOf(name))?.find((column) => !used.has(column))
          if (found) return found
        }
      return undefined
    },
  }
}

function mappedNames(maps: readonly ImportMap[], kind: ImportKind, target: string): readonly string[] {
  return maps.flatMap(({ objects }) =>
    objects
      .filter((object) => object.kind === kind.name)
      .flatMap(({ columns }) =>
        columns.filter((column) => column.target === target).flatMap(({ from }) => from),
      ),
  )
}
