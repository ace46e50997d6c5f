/** The values of PostgreSQL, as text in its own form, as cells: times in ISO 8601, arrays as JSON. */
import pg from 'pg'

const {
  BOOL,
  FLOAT4,
  FLOAT8,
  INT2,
  INT4,
  INT8,
  JSON: JSON_OID,
  JSONB,
  NUMERIC,
  TIMESTAMP,
  TIMESTAMPTZ,
} = pg.types.builtins

const NUMBERS: ReadonlySet<number> = new Set([INT2, INT4, INT8, FLOAT4, FLOAT8, NUMERIC])

const TEXT_ARRAY: number = 1009
const parseTextArray = pg.types.getTypeParser(TEXT_ARRAY, 'text')

/** Settings of the session that give the forms read here. */
export const FORMS = `SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO'; SET LOCAL bytea_output = 'hex'`

/** `elements` gives the type of the elements of the types that are arrays. NULL becomes ''. */
export function sqlCell(
  type: number,
  elements: ReadonlyMap<number, number>,
): (value: string | null) => string {
  const element = elements.get(type)
  if (element !== undefined)
    return (value) => (value === null ? '' : arrayJson(parseTextArray(value), element))
  return (value) => (value === null ? '' : scalarText(value, type))
}

function scalarText(value: string, type: number): string {
  if (type === BOOL) return value === 't' ? 'true' : 'false'
  if (type === TIMESTAMPTZ) return value.replace(' ', 'T').replace(/\+00$/, 'Z')
  if (type === TIMESTAMP) return value.replace(' ', 'T')
  return NUMBERS.has(type) && value === 'NaN' ? '' : value
}

function arrayJson(value: unknown, element: number): string {
  if (Array.isArray(value)) return `[${value.map((item) => arrayJson(item, element)).join(',')}]`
  if (typeof value !== 'string') return 'null'
  const text = scalarText(value, element)
  if (element === JSON_OID || element === JSONB || element === BOOL) return text
  return NUMBERS.has(element) && Number.isFinite(Number(text)) && text !== '' ? text : JSON.stringify(text)
}
