/**
 * The values of Parquet as texts that lose nothing: decimals and 64-bit integers digit by digit, times with all their digits and
 * with Z only where the file says that they are UTC, what is nested as JSON. The library is told to convert as little as possible
 * (numbers with a fraction would pass through floating point, times be cut to milliseconds).
 */
import { isUtf8 } from 'node:buffer'
import type { ParquetParsers, SchemaElement, SchemaTree } from 'hyparquet'
import { hexText, isDecimal, isText, isTime, leafText, type ToText, textOf } from './parquet-leaves.ts'

/** Hands text on as text and everything else as it is stored; what is no UTF-8 stays bytes. */
export const PARSERS: Partial<ParquetParsers> = {
  stringFromBytes: (bytes: Uint8Array | undefined) => bytes && (isUtf8(bytes) ? textOf(bytes) : bytes),
  timestampFromNanoseconds: (nanoseconds) => nanoseconds,
}

/** The same element without what would make the library convert it, but for text, lists, maps and unsigned integers. */
export function plainElement(element: SchemaElement): SchemaElement {
  const { converted_type, logical_type, ...plain } = element
  const structure = structureOf(element)
  if (structure) return { ...plain, converted_type: structure }
  if (logical_type?.type === 'VARIANT') return element
  if (isText(element)) return { ...plain, converted_type: 'UTF8' }
  if (converted_type === 'UINT_32' || converted_type === 'UINT_64') return { ...plain, converted_type }
  if (logical_type?.type === 'INTEGER' || logical_type?.type === 'FLOAT16') return { ...plain, logical_type }
  return plain
}

function structureOf({ type, converted_type, logical_type }: SchemaElement): 'LIST' | 'MAP' | null {
  if (type !== undefined) return null
  if (converted_type === 'LIST' || logical_type?.type === 'LIST') return 'LIST'
  return converted_type === 'MAP' || logical_type?.type === 'MAP' ? 'MAP' : null
}

/** Turns the values of a column into cells; `column` is the tree of the schema as the file has it. null becomes ''. */
export function cellText(column: SchemaTree): ToText {
  const text = isNested(column) ? (value: unknown) => jsonText(value, column) : leafText(column.element)
  return (value) => (value === null || value === undefined || Number.isNaN(value) ? '' : text(value))
}

function isNested({ children, element }: SchemaTree): boolean {
  return children.length > 0 || element.repetition_type === 'REPEATED'
}

function jsonText(value: unknown, node: SchemaTree): string {
  if (value === null || value === undefined) return 'null'
  if (node.element.logical_type?.type === 'VARIANT') return anyJson(value)
  const structure = structureOf(node.element)
  const [child] = node.children
  if (Array.isArray(value)) {
    const item =
      structure === 'LIST' && child ? (child.children.length === 1 ? child.children[0]! : child) : node
    return `[${value.map((inner) => jsonText(inner, item)).join(',')}]`
  }
  if (!child) return leafJson(value, node.element)
  const members =
    structure === 'MAP' ? null : new Map(node.children.map((inner) => [inner.element.name, inner]))
  const ofMap = child.children.find(({ element }) => element.name === 'value')
  const texts = Object.entries(value).map(([key, inner]) => {
    const member = members?.get(key) ?? ofMap
    return `${JSON.stringify(key)}:${member ? jsonText(inner, member) : anyJson(inner)}`
  })
  return `{${texts.join(',')}}`
}

function leafJson(value: unknown, element: SchemaElement): string {
  const text = leafText(element)(value)
  if (text === null) return JSON.stringify(hexText(value))
  if (typeof value === 'string' || value instanceof Uint8Array || isTime(element))
    return isDecimal(element) ? text : JSON.stringify(text)
  return Number.isFinite(Number(text)) || typeof value === 'boolean' ? text : 'null'
}

/** Values whose type stands in the value itself. */
function anyJson(value: unknown): string {
  if (typeof value === 'bigint') return String(value)
  if (value instanceof Uint8Array) return JSON.stringify(hexText(value))
  if (Array.isArray(value)) return `[${value.map(anyJson).join(',')}]`
  if (typeof value !== 'object' || value === null || value instanceof Date)
    return JSON.stringify(value ?? null)
  return `{${Object.entries(value)
    .map(([key, inner]) => `${JSON.stringify(key)}:${anyJson(inner)}`)
    .join(',')}}`
}
