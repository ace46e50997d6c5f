/** Traits of a message as ours: nested ones by their path, values as imports would read them. */
import { WonlostError } from '../../errors.ts'
import type { Milliseconds, SubjectKind, TraitValue } from '../../glossary.ts'
import { checkTrait } from '../set-traits.ts'
import type { TrackingMap } from '../tracking-map.ts'
import { keepableText } from './keepable-json.ts'
import type { Fields } from './message.ts'

export interface ReadTraits {
  /** By name. Empty text: the sender says that it is not known any more. */
  readonly traits: ReadonlyMap<string, TraitValue>
  /** What was left out, by its path, and why. */
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[]
}

const MAX_TRAITS = 500
const MAX_TEXT = 20_000
const MAX_LIST = 1_000
const MAX_DOMAIN = 255
const MAX_DEPTH = 4
const SHOWN_NAME = 100

export function readTraits(of: SubjectKind, given: Fields, map: TrackingMap, now: Milliseconds): ReadTraits {
  const traits = new Map<string, TraitValue>()
  const leftOut: { name: string; reason: string }[] = []
  for (const [path, value] of flat(given, '', 1)) {
    const name = keepableText(path.slice(0, SHOWN_NAME))
    if (traits.size >= MAX_TRAITS) {
      leftOut.push({ name, reason: `is more than ${MAX_TRAITS} traits` })
      break
    }
    const read = readValue(value)
    if (read === null) {
      leftOut.push({ name, reason: 'is neither text, a number, true or false, nor a list of them' })
      continue
    }
    const checked = check(of, map.traitName(of, path), read, now)
    if ('reason' in checked) leftOut.push({ name, reason: checked.reason })
    else if (isTooLong(of, checked)) leftOut.push({ name, reason: `has more than ${MAX_DOMAIN} characters` })
    else traits.set(checked.name, checked.value)
  }
  return { traits, leftOut }
}

/** Domains stand in an index, whose entries are limited. */
function isTooLong(of: SubjectKind, { name, value }: { readonly name: string; readonly value: TraitValue }) {
  return of === 'account' && name === 'domain' && String(value).length > MAX_DOMAIN
}

function* flat(fields: Fields, before: string, depth: number): Generator<readonly [string, unknown]> {
  for (const [name, value] of Object.entries(fields)) {
    const path = before === '' ? name : `${before}.${name}`
    if (typeof value === 'object' && value !== null && !Array.isArray(value) && depth < MAX_DEPTH)
      yield* flat(value as Fields, path, depth + 1)
    else yield [path, value]
  }
}

/** null for what is no trait. Nothing is turned into 0: null is "not known". */
function readValue(value: unknown): TraitValue | null {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value.length > MAX_TEXT ? null : value
  if (typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (!Array.isArray(value) || value.length > MAX_LIST) return null
  const items = value.map((item) => (typeof item === 'object' ? null : String(item)))
  return items.every((item) => item !== null && item.length <= MAX_TEXT) ? (items as string[]) : null
}

function check(
  of: SubjectKind,
  name: string,
  value: TraitValue,
  now: Milliseconds,
): { readonly name: string; readonly value: TraitValue } | { readonly reason: string } {
  try {
    return checkTrait(of, name, value, now)
  } catch (error) {
    if (error instanceof WonlostError && error.code === 'usage') return { reason: error.message }
    throw error
  }
}
