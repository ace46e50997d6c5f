/** The single values of Parquet as texts that lose nothing. https://github.com/apache/parquet-format/blob/master/LogicalTypes.md */
import { isUtf8 } from 'node:buffer'
import type { SchemaElement, TimeUnit } from 'hyparquet'

/** null: bytes that should be text and are not. */
export type ToText = (value: unknown) => string | null

export function isText({ type, converted_type, logical_type }: SchemaElement): boolean {
  return (
    type === 'BYTE_ARRAY' &&
    (['UTF8', 'ENUM', 'JSON'].includes(converted_type ?? '') ||
      ['STRING', 'ENUM', 'JSON'].includes(logical_type?.type ?? ''))
  )
}

export function leafText(element: SchemaElement): ToText {
  const { type, converted_type: converted, logical_type: logical } = element
  if (isDecimal(element)) {
    const scale = element.scale ?? (logical?.type === 'DECIMAL' ? logical.scale : 0)
    return (value) => decimalText(value, scale)
  }
  if (converted === 'DATE' || logical?.type === 'DATE')
    return (value) => timeText(BigInt(Number(value)) * 86_400_000n, MILLIS).replace('T00:00:00', '')
  if (converted === 'TIMESTAMP_MILLIS' || converted === 'TIMESTAMP_MICROS' || logical?.type === 'TIMESTAMP') {
    const stated = converted === 'TIMESTAMP_MILLIS' ? MILLIS : MICROS
    const unit = logical?.type === 'TIMESTAMP' ? UNITS[logical.unit] : stated
    // Files without the newer annotation mean UTC: that is what the older one says.
    const zone = logical?.type !== 'TIMESTAMP' || logical.isAdjustedToUTC ? 'Z' : ''
    return (value) => timeText(toBigInt(value), unit) + zone
  }
  if (converted === 'TIME_MILLIS' || converted === 'TIME_MICROS' || logical?.type === 'TIME') {
    const stated = converted === 'TIME_MILLIS' ? MILLIS : MICROS
    const unit = logical?.type === 'TIME' ? UNITS[logical.unit] : stated
    return (value) => timeText(toBigInt(value), unit).slice('1970-01-01T'.length)
  }
  // Nobody says in which zone these are.
  if (type === 'INT96') return (value) => timeText(toBigInt(value), NANOS)
  if (logical?.type === 'UUID')
    return (value) => (value instanceof Uint8Array ? uuidText(value) : String(value))
  if (isText(element)) return (value) => (typeof value === 'string' ? value : null)
  return (value) => {
    if (!(value instanceof Uint8Array)) return String(value)
    return type === 'BYTE_ARRAY' && isUtf8(value) ? textOf(value) : hexText(value)
  }
}

export function isDecimal({ converted_type, logical_type }: SchemaElement): boolean {
  return converted_type === 'DECIMAL' || logical_type?.type === 'DECIMAL'
}

export function isTime({ type, converted_type, logical_type }: SchemaElement): boolean {
  return (
    type === 'INT96' ||
    /^(DATE|TIME)/.test(converted_type ?? '') ||
    ['DATE', 'TIME', 'TIMESTAMP'].includes(logical_type?.type ?? '')
  )
}

/** Units of time in a second, by their name and as digits after the point. */
const MILLIS = { inSecond: 1_000n, digits: 3 }
const MICROS = { inSecond: 1_000_000n, digits: 6 }
const NANOS = { inSecond: 1_000_000_000n, digits: 9 }
const UNITS = { MILLIS, MICROS, NANOS }

/** The last second that a Date can hold. */
const LAST = 8_640_000_000_000

/** 2026-01-31T09:30:00, with as many digits of the second as it takes; beyond the calendar only the number. */
function timeText(value: bigint, { inSecond, digits }: (typeof UNITS)[TimeUnit]): string {
  let second = Number(value / inSecond)
  let fraction = Number(value % inSecond)
  if (fraction < 0) {
    second -= 1
    fraction += Number(inSecond)
  }
  if (second > LAST || second < -LAST) return `${value} x 10^-${digits} s since 1970`
  const text = new Date(second * 1_000).toISOString().slice(0, -'.000Z'.length)
  if (fraction === 0) return text
  return `${text}.${String(fraction)
    .padStart(digits, '0')
    .replace(/(000)+$/, '')}`
}

/** The digits of an integer or of big-endian two's complement, with the point before the last `scale` of them. */
function decimalText(value: unknown, scale: number): string {
  const digits = toBigInt(value)
  if (scale <= 0) return String(digits)
  const text = String(digits < 0n ? -digits : digits).padStart(scale + 1, '0')
  return `${digits < 0n ? '-' : ''}${text.slice(0, -scale)}.${text.slice(-scale)}`
}

function toBigInt(value: unknown): bigint {
  if (typeof value === 'bigint') return value
  if (typeof value === 'number') return BigInt(value)
  if (!(value instanceof Uint8Array) || value.length === 0) return 0n
  return BigInt.asIntN(value.length * 8, BigInt(`0x${Buffer.from(value).toString('hex')}`))
}

function uuidText(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.*)$/, '$1-$2-$3-$4-$5')
}

/** As PostgreSQL writes bytes. */
export function hexText(value: unknown): string {
  return value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : String(value)
}

export function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString()
}
