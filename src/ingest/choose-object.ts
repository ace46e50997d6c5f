/** Which object of a map a file is of, by its header. */
import { WonlostError } from '../errors.ts'
import type { ImportKind } from './define-import.ts'
import { type HeaderIndex, outcomeSources } from './header-index.ts'
import type { ImportMap } from './import-map.ts'
import { IMPORT_KINDS } from './kinds/index.ts'
import type { MapObject } from './map-object.ts'
import { shownNames } from './shown-names.ts'

interface Fit {
  readonly object: MapObject
  /** What the header lacks, in words: `lead_id ("Record ID" or "hs_object_id")`. */
  readonly missing: readonly string[]
  /** How many columns of the object it has. */
  readonly matches: number
  /** Position of the id that no two rows share; null where they may, or it is not there. */
  readonly idAt: number | null
}

/**
 * The object of the kind whose needed columns are all there; of several the one that has more of its columns there. Throws
 * `table_invalid` that says what is missing for each, which fit equally well, or that the file is rather of another kind, and
 * `map_invalid` when the map has none of the kind.
 */
export function chooseObject(map: ImportMap, kind: ImportKind, index: HeaderIndex, file: string): MapObject {
  const candidates = map.objects.filter((object) => object.kind === kind.name)
  if (candidates.length === 0) {
    const kinds = [...new Set(map.objects.map((object) => object.kind))].join(', ')
    const message = `${map.file}: the map ${map.name} has no object of the kind ${kind.name}; it has ${kinds}.`
    throw new WonlostError('map_invalid', message, { file: map.file, field: 'objects' })
  }
  const fits = candidates.map((object) => fitOf(object, kind, index))
  const fitting = fits.filter(({ missing }) => missing.length === 0)
  const most = Math.max(...fitting.map(({ matches }) => matches))
  const [best, second] = fitting.filter(({ matches }) => matches === most)
  const other = betterFit(map, kind, index, Math.max(...fits.map(({ matches }) => matches)))
  const given = `Given: ${shownNames(index)}.`
  const fail = (message: string): never => {
    throw new WonlostError('table_invalid', `${message} ${given}`, { file, line: 1 })
  }
  if (best && other && other.idAt !== null && other.idAt === best.idAt && !namesPeople(best.object, index)) {
    const [ours, theirs] = [best.object, other.object]
    fail(
      `The header is that of ${theirs.name} rather than ${ours.name}: it has ${other.matches} columns that the map ${map.name} reads for ${theirs.kind}, and ${best.matches} for ${ours.kind}. Import it as ${theirs.kind}; if it does hold ${ours.kind}, give a map without ${theirs.name}.`,
    )
  }
  if (best && !second) return best.object
  const hint = other ? ` It fits ${other.object.name}, which holds ${other.object.kind}.` : ''
  if (best && second)
    fail(
      `The header fits ${best.object.name} and ${second.object.name} of the map ${map.name} equally well; required in the map can tell them apart.${hint}`,
    )
  const lacks = fits.map(({ object, missing }) => `${object.name} misses ${missing.join(', ')}`).join('; ')
  const suggest = other ? '' : ' Another map may find them: --suggest writes one for this file.'
  return fail(`The header fits no object of the map ${map.name} for ${kind.name}: ${lacks}.${hint}${suggest}`)
}

/** The object of another kind that fits and has more than so many of its columns there; of several the one with most. */
function betterFit(map: ImportMap, kind: ImportKind, index: HeaderIndex, than: number): Fit | null {
  let best: Fit | null = null
  for (const object of map.objects) {
    if (object.kind === kind.name) continue
    const fit = fitOf(object, kindOf(object), index)
    if (fit.missing.length === 0 && fit.matches > (best?.matches ?? than)) best = fit
  }
  return best
}

/** Companies have no names and mail addresses of people; a file of people may well hold more about their companies. */
function namesPeople(object: MapObject, index: HeaderIndex): boolean {
  return (
    object.kind === 'leads' &&
    ['email', 'first_name', 'last_name'].some((target) => index.find(namesOf(object, target)).length > 0)
  )
}

/** What a column of the kind, or a trait, may be called in the file. */
function namesOf(object: MapObject, target: string): readonly string[] {
  return object.columns.find((column) => column.target === target)?.from ?? [target]
}

function kindOf({ kind }: MapObject): ImportKind {
  return IMPORT_KINDS.find(({ name }) => name === kind)!
}

function fitOf(object: MapObject, kind: ImportKind, index: HeaderIndex): Fit {
  const named = new Map(object.columns.map((column) => [column.target, column]))
  const has = (names: readonly string[]): boolean => index.find(names).length > 0
  const isThere = (target: string): boolean => {
    const column = named.get(target)
    return column ? column.constant !== null || has(column.from) : has([target])
  }
  const inWords = (target: string): string => `${target} (${quoted(namesOf(object, target))})`
  const derived = object.outcome ? ['outcome'] : []
  const required = kind.columns.filter((column) => column.required && !derived.includes(column.name))
  const needed = [...required.map(({ name }) => name), ...(object.outcome ? ['closed_at'] : [])]
  const missing = needed.filter((target) => !isThere(target)).map(inWords)
  if (kind.oneOf && !kind.oneOf.some(isThere)) missing.push(`one of ${kind.oneOf.map(inWords).join(', ')}`)
  for (const names of outcomeSources(object.outcome))
    if (!has(names)) missing.push(`a column that tells the outcome (${quoted(names)})`)
  for (const name of object.required) if (!has([name])) missing.push(JSON.stringify(name))
  const targets = new Set([...named.keys(), ...kind.columns.map(({ name }) => name)])
  const outcomes = outcomeSources(object.outcome).filter(has).length
  const id = kind.countBy === 'subjects' ? required.find(({ type }) => type === 'id') : undefined
  const [idAt = null] = id ? index.find(namesOf(object, id.name)) : []
  return { object, missing, matches: [...targets].filter(isThere).length + outcomes, idAt }
}

function quoted(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(' or ')
}
