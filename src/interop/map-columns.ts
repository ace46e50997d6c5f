/**
 * The columns that a map asks for. Categories that training would fit come from the map here: they make the vocabularies, and with them
 * the registry and its columns.
 */
import { suggestion } from '../checked-yaml.ts'
import type { Column } from '../features/column.ts'
import type { Definition } from '../features/definition.ts'
import { EVEN_WEIGHTS, withHalfLives } from '../features/half-lives.ts'
import {
  defineRegistry,
  type FeatureRegistry,
  type FittedRegistry,
  fitRegistry,
} from '../features/registry.ts'
import { normaliseText } from '../features/text.ts'
import { DAY } from '../glossary.ts'
import type { Binding } from './bind-trees.ts'
import type { FeatureMap, MappedFeature } from './feature-map.ts'
import { LIMITS } from './file-model.ts'

export interface MappedColumns {
  readonly registry: FittedRegistry
  /** By name of the feature in the file. */
  readonly bindings: ReadonlyMap<string, Binding>
}

/** Of columns that the model does not use: they must be computed, and add nothing. */
const UNUSED_HALF_LIFE = 30 * DAY

/**
 * Throws `map_invalid`, at the line, for a column that there is not (with the nearest), and categories that do not fit their column;
 * `half_life_not_learned` for a column that decays by a half-life, or weighs events, as nobody has said how.
 */
export function mapColumns(map: FeatureMap, definition: Definition): MappedColumns {
  const used = new Set(map.features.map(({ column }) => column))
  const unfitted = defineRegistry(
    withHalfLives(
      definition,
      ({ name }) => (used.has(`${name}.decayed`) ? null : UNUSED_HALF_LIFE),
      (name) => (used.has(name) ? null : EVEN_WEIGHTS),
    ),
  )
  const registry = fitRegistry(unfitted, vocabulariesOf(map, unfitted))
  const positions = new Map(registry.columns.map((column, position) => [column.name, position]))
  const bindings = new Map(
    map.features.map((mapped): [string, Binding] => {
      const position = positions.get(columnName(mapped.column, unfitted))
      if (position === undefined) {
        const names = [...registry.columns.map((column) => column.name), ...openNames(unfitted)]
        const allowed = [...new Set(names)]
        const message = `there is no column "${mapped.column}"${suggestion(mapped.column, allowed)}; allowed: ${allowed.join(', ')}.`
        return map.fail(mapped.feature, message, 'column')
      }
      return [mapped.feature, bindingOf(mapped, position, registry.columns[position]!, map)]
    }),
  )
  return { registry, bindings }
}

/** Names of features with a vocabulary of their own, and whether they make a column of categories or a flag for each entry. */
function fittedFeatures(registry: FeatureRegistry): ReadonlyMap<string, 'category' | 'list'> {
  const empty = emptyRegistry(registry)
  const single = new Set(empty.columns.map((column) => column.name))
  return new Map(registry.vocabularyFeatures.map((name) => [name, single.has(name) ? 'category' : 'list']))
}

function emptyRegistry(registry: FeatureRegistry): FittedRegistry {
  return fitRegistry(registry, Object.fromEntries(registry.vocabularyFeatures.map((name) => [name, []])))
}

function openNames(registry: FeatureRegistry): string[] {
  return [...fittedFeatures(registry)].flatMap(([name, kind]) => (kind === 'list' ? [`${name}.ENTRY`] : []))
}

/** Entries of lists are kept in the one form in which text is compared: `technologies.Kubernetes` is technologies.kubernetes. */
function columnName(given: string, registry: FeatureRegistry): string {
  const list = listOf(given, fittedFeatures(registry))
  return list === null ? given : `${list}.${normaliseText(given.slice(list.length + 1))}`
}

function listOf(column: string, fitted: ReadonlyMap<string, 'category' | 'list'>): string | null {
  for (const [name, kind] of fitted) if (kind === 'list' && column.startsWith(`${name}.`)) return name
  return null
}

/** In the order of the map, each value once. */
function vocabulariesOf(map: FeatureMap, registry: FeatureRegistry): Record<string, string[]> {
  const fitted = fittedFeatures(registry)
  const vocabularies = new Map([...fitted.keys()].map((name) => [name, new Set<string>()]))
  for (const { column, categories, is } of map.features) {
    const list = listOf(column, fitted)
    if (list !== null) vocabularies.get(list)?.add(normaliseText(column.slice(list.length + 1)))
    if (fitted.get(column) !== 'category') continue
    for (const category of [...(categories?.keys() ?? []), ...(is === null ? [] : [is])])
      vocabularies.get(column)?.add(normaliseText(category))
  }
  return Object.fromEntries(
    [...vocabularies].map(([name, values]) => [name, [...values].filter((value) => value !== '')]),
  )
}

function bindingOf(
  mapped: MappedFeature,
  column: number,
  { name, ...made }: Column,
  map: FeatureMap,
): Binding {
  const { feature, categories, is, missing } = mapped
  if (made.kind !== 'category') {
    const extra = is !== null ? 'is' : categories ? 'categories' : null
    if (extra) map.fail(feature, `is for categories; "${name}" is a ${made.kind}.`, extra)
    return { kind: 'number', column, missing }
  }
  if (!categories && is === null)
    map.fail(
      feature,
      `"${name}" is a category: say with categories which code each has in the file, or with is which one the feature stands for.`,
    )
  const codes = new Map<string, number>()
  for (const [category, code] of is === null ? (categories ?? []) : [[is, 1] as const]) {
    const found = made.categories.includes(category) ? category : normaliseText(category)
    if (!made.categories.includes(found)) {
      const allowed = made.categories.join(', ')
      map.fail(
        feature,
        `"${name}" has no category "${category}"${suggestion(category, made.categories)}; allowed: ${allowed}.`,
        is === null ? 'categories' : 'is',
      )
    }
    if (codes.has(found))
      map.fail(feature, `"${category}" is there twice: letter case and spaces do not matter.`, 'categories')
    if (!Number.isInteger(code) || code < 0 || code > LIMITS.codes)
      map.fail(
        feature,
        `the code of "${category}" must be an integer from 0 on. Given: ${code}.`,
        'categories',
      )
    codes.set(found, code)
  }
  const other = is === null ? Number.NaN : 0
  const fileCodes = made.categories.map((category) => codes.get(category) ?? other)
  return { kind: 'category', column, missing, fileCodes }
}
