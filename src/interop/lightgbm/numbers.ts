/** Numbers in the fields of a LightGBM text. */
import { type damaged, NUMBER, shown } from '../file-model.ts'
import type { Fields } from './sections.ts'

const INFINITE = /^([+-]?)inf(?:inity)?$/i

export interface NumberFields {
  /** Exactly `length` numbers; none is NaN. An infinite one becomes the largest double: no value of a row is beyond. */
  numbers(key: string, length: number): Float64Array
  /** Exactly `length` integers from `least` to `most`. */
  integers(key: string, length: number, least: number, most: number): Float64Array
  has(key: string): boolean
  text(key: string): string
}

/** `place` is put before the key in messages: `Tree 3`. */
export function numberFields(
  fields: Fields,
  place: string,
  refuse: ReturnType<typeof damaged>,
): NumberFields {
  const text = (key: string): string => {
    const value = fields.get(key)
    if (value === undefined) throw refuse(`${place}, ${key}`, 'is missing')
    return value
  }
  const numbers = (key: string, length: number): Float64Array => {
    const line = text(key).trim()
    // No more are cut out than are wanted: a line may be as long as the file.
    const tokens = line === '' ? [] : line.split(/ +/, length + 1)
    if (tokens.length !== length)
      throw refuse(
        `${place}, ${key}`,
        `must be ${length} numbers, given ${tokens.length > length ? 'more' : tokens.length}`,
      )
    return Float64Array.from(tokens, (token, i) => {
      if (NUMBER.test(token)) return clamp(Number(token))
      const infinite = INFINITE.exec(token)
      if (infinite) return infinite[1] === '-' ? -Number.MAX_VALUE : Number.MAX_VALUE
      throw refuse(`${place}, ${key}[${i}]`, `must be a number, given ${shown(token)}`)
    })
  }
  return {
    text,
    has: (key) => fields.has(key),
    numbers,
    integers(key, length, least, most) {
      const values = numbers(key, length)
      const wrong = values.findIndex((value) => !Number.isInteger(value) || value < least || value > most)
      if (wrong < 0) return values
      const allowed = `must be an integer from ${least} to ${most}`
      throw refuse(`${place}, ${key}[${wrong}]`, `${allowed}, given ${values[wrong]}`)
    },
  }
}

function clamp(value: number): number {
  return Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, value))
}
