/** Values of an XGBoost model, from JSON or UBJSON, asked for by path. Every fault names the path, what is allowed and what was given. */
import { isList, type Refuse, shown } from '../file-model.ts'

/** `learner.gradient_booster.model`: a value and where it is. */
export interface Value {
  readonly path: string
  /** The field of an object. Throws where the value is no object, or has no such field. */
  get(key: string): Value
  /** The same, but null where there is no such field. */
  find(key: string): Value | null
  text(): string
  numberOrText(): number | string
  /** Numbers that are written as text too: `"25"`. */
  integer(least: number, most: number): number
  list(most: number): readonly Value[]
  /** Exactly `length` finite numbers; NaN (null in JSON) only where `mayLack` allows it. */
  numbers(length: number, mayLack?: (index: number) => boolean): Float64Array
  integers(length: number | null, least: number, most: number): Float64Array
  /** Exactly `length` times 0 or 1; older versions write false and true. */
  flags(length: number): Float64Array
  refuse(why: string): Error
}

export function valueAt(value: unknown, path: string, refuse: Refuse): Value {
  const fail = (why: string): Error => refuse(path === '' ? 'model' : path, why)
  const child = (key: string): Value | null => {
    if (typeof value !== 'object' || value === null || isList(value))
      throw fail(`must be an object, given ${shown(value)}`)
    const found: unknown = Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined
    return found === undefined ? null : valueAt(found, path === '' ? key : `${path}.${key}`, refuse)
  }
  const items = (
    length: number | null,
    allowed: string,
    isAllowed: (item: number, index: number) => boolean,
    convert: (item: unknown) => unknown = (item) => item,
  ): Float64Array => {
    if (!isList(value)) throw fail(`must be a list, given ${shown(value)}`)
    if (length !== null && value.length !== length)
      throw fail(`must hold ${length} entries, given ${value.length}`)
    return Float64Array.from(value, (given, i) => {
      const item = convert(given)
      if (typeof item === 'number' && isAllowed(item, i)) return item
      throw refuse(`${path}.${i}`, `must be ${allowed}, given ${shown(given)}`)
    })
  }
  return {
    path,
    refuse: fail,
    find: child,
    get(key) {
      const found = child(key)
      if (!found) throw fail(`${key} is missing`)
      return found
    },
    text() {
      if (typeof value === 'string') return value
      throw fail(`must be text, given ${shown(value)}`)
    },
    numberOrText() {
      if (typeof value === 'number' || typeof value === 'string') return value
      throw fail(`must be a number or text, given ${shown(value)}`)
    },
    flags: (length) =>
      items(
        length,
        '0 or 1',
        (item) => item === 0 || item === 1,
        (item) => (typeof item === 'boolean' ? Number(item) : item),
      ),
    integer(least, most) {
      const number = typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value
      if (Number.isInteger(number) && (number as number) >= least && (number as number) <= most)
        return number as number
      throw fail(`must be an integer from ${least} to ${most}, given ${shown(value)}`)
    },
    list(most) {
      if (!isList(value)) throw fail(`must be a list, given ${shown(value)}`)
      if (value.length > most) throw fail(`at most ${most} entries, given ${value.length}`)
      return Array.from(value as ArrayLike<unknown>, (item, i) => valueAt(item, `${path}.${i}`, refuse))
    },
    numbers: (length, mayLack = () => false) =>
      items(
        length,
        'a finite number',
        (item, i) => Number.isFinite(item) || (Number.isNaN(item) && mayLack(i)),
        (item) => (item === null ? Number.NaN : item),
      ),
    integers: (length, least, most) =>
      items(
        length,
        `an integer from ${least} to ${most}`,
        (item) => Number.isInteger(item) && item >= least && item <= most,
      ),
  }
}
