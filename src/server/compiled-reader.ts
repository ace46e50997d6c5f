/**
 * Zod schemas compiled to closures that only read what is right, several times as fast as Zod does. What they refuse is given to
 * Zod itself, which says why: there is one schema and one wording, and what is right is the same for both.
 */
import type { z } from 'zod'

/** The value as the schema gives it out, or REFUSED. */
type Read = (value: unknown) => unknown

/** No schema gives this out. */
export const REFUSED: unique symbol = Symbol('refused')

/** Values of JSON are meant: no accessors, no prototypes. null where the schema holds what is not compiled: Zod reads then. */
export function compileReader(schema: z.core.$ZodType): Read | null {
  try {
    return readerOf(schema)
  } catch (error) {
    if (error instanceof NotCompiled) return null
    throw error
  }
}

class NotCompiled extends Error {}

function readerOf(schema: z.core.$ZodType): Read {
  const { def, traits } = (schema as z.core.$ZodTypes)._zod
  return withChecks(def.checks ?? [], readerOfType(def, traits))
}

function readerOfType(def: z.core.$ZodTypes['_zod']['def'], traits: ReadonlySet<string>): Read {
  switch (def.type) {
    case 'string':
      if (def.coerce || 'format' in def) break
      return (value) => (typeof value === 'string' ? value : REFUSED)
    case 'number': {
      const format = 'format' in def ? def.format : undefined
      if (def.coerce || (format !== undefined && format !== 'safeint')) break
      return format === undefined
        ? (value) => (Number.isFinite(value) ? value : REFUSED)
        : (value) => (Number.isSafeInteger(value) ? value : REFUSED)
    }
    case 'boolean':
      if (def.coerce) break
      return (value) => (typeof value === 'boolean' ? value : REFUSED)
    case 'null':
      return (value) => (value === null ? null : REFUSED)
    case 'literal':
      return constantReader(def.values)
    case 'enum':
      return constantReader(Object.values(def.entries))
    case 'unknown':
      return (value) => value
    case 'array':
      return listReader(readerOf(def.element))
    case 'tuple':
      if (def.rest) break
      return tupleReader(def.items.map(readerOf))
    case 'record':
      if (def.mode === 'loose' || def.keyType._zod.values) break
      return recordReader(readerOf(def.keyType), readerOf(def.valueType))
    case 'object':
      if (def.catchall?._zod.def.type !== 'never') break
      return objectReader(Object.entries(def.shape).map(([name, field]) => fieldOf(name, field)))
    case 'union':
      if (def.inclusive === false && !('discriminator' in def)) break
      return unionReader(def.options.map(readerOf))
    case 'optional': {
      const inner = readerOf(def.innerType)
      if (traits.has('$ZodExactOptional')) return inner
      return (value) => (value === undefined ? undefined : inner(value))
    }
    case 'nullable': {
      const inner = readerOf(def.innerType)
      return (value) => (value === null ? null : inner(value))
    }
    case 'pipe': {
      const [before, after] = [readerOf(def.in), readerOf(def.out)]
      return (value) => {
        const between = before(value)
        return between === REFUSED ? REFUSED : after(between)
      }
    }
    case 'transform':
      return transformReader(def)
  }
  throw new NotCompiled()
}

/** All checks, in their order. */
function withChecks(checks: readonly z.core.$ZodCheck<never>[], read: Read): Read {
  if (checks.length === 0) return read
  const accepts = checks.map(checkOf)
  return (value) => {
    const found = read(value)
    if (found === REFUSED) return REFUSED
    for (let i = 0; i < accepts.length; i++) if (!accepts[i]!(found)) return REFUSED
    return found
  }
}

interface CheckDef {
  readonly check: string
  readonly minimum?: number
  readonly maximum?: number
  readonly value?: unknown
  readonly inclusive?: boolean
  readonly fn?: unknown
}

/** Checks on length and size, and `refine`. */
function checkOf(check: z.core.$ZodCheck<never>): (value: unknown) => boolean {
  const { check: kind, minimum, maximum, value: bound, inclusive, fn } = check._zod.def as CheckDef
  if (kind === 'min_length' && minimum !== undefined) return (value) => lengthOf(value) >= minimum
  if (kind === 'max_length' && maximum !== undefined) return (value) => lengthOf(value) <= maximum
  if (kind === 'greater_than' && typeof bound === 'number')
    return (value) => Number(value) > bound || (inclusive === true && value === bound)
  if (kind === 'less_than' && typeof bound === 'number')
    return (value) => Number(value) < bound || (inclusive === true && value === bound)
  if (kind === 'custom' && typeof fn === 'function') return (value) => Boolean(fn(value))
  throw new NotCompiled()
}

function lengthOf(value: unknown): number {
  return (value as { readonly length: number }).length
}

function constantReader(values: readonly unknown[]): Read {
  const allowed = new Set(values)
  return (value) => (allowed.has(value) ? value : REFUSED)
}

/** The list itself where reading changes no element of it. */
function listReader(read: Read): Read {
  return (value) => {
    if (!Array.isArray(value)) return REFUSED
    let found: unknown[] = value
    for (let i = 0; i < value.length; i++) {
      const element = read(value[i])
      if (element === REFUSED) return REFUSED
      if (element === value[i]) continue
      if (found === value) found = [...value]
      found[i] = element
    }
    return found
  }
}

function tupleReader(items: readonly Read[]): Read {
  return (value) => {
    if (!Array.isArray(value) || value.length !== items.length) return REFUSED
    const found = items.map((read, i) => read(value[i]))
    return found.includes(REFUSED) ? REFUSED : found
  }
}

type JsonObject = Record<string, unknown>

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The object itself where reading changes nothing in it. A name that would be changed, or that means the prototype, is for Zod. */
function recordReader(readName: Read, readValue: Read): Read {
  return (value) => {
    if (!isObject(value)) return REFUSED
    let found = value
    for (const name of Object.keys(value)) {
      if (name === '__proto__' || readName(name) !== name) return REFUSED
      const given = value[name]
      const read = readValue(given)
      if (read === REFUSED) return REFUSED
      if (read === given) continue
      if (found === value) found = { ...value }
      found[name] = read
    }
    return found
  }
}

interface Field {
  readonly name: string
  readonly isOptional: boolean
  readonly read: Read
}

function fieldOf(name: string, schema: z.core.$ZodType): Field {
  return { name, isOptional: schema._zod.def.type === 'optional', read: readerOf(schema) }
}

/** These fields and no others; the object itself where reading changes nothing in it. */
function objectReader(fields: readonly Field[]): Read {
  return (value) => {
    if (!isObject(value)) return REFUSED
    let found = value
    let count = 0
    for (let i = 0; i < fields.length; i++) {
      const { name, isOptional, read } = fields[i]!
      const given = value[name]
      if (given === undefined) {
        // One that is there and undefined is none of JSON: for Zod.
        if (!isOptional || name in value) return REFUSED
        continue
      }
      const field = read(given)
      if (field === REFUSED) return REFUSED
      count++
      if (field === given) continue
      if (found === value) found = { ...value }
      found[name] = field
    }
    return count === Object.keys(value).length ? found : REFUSED
  }
}

/** The first that reads it. */
function unionReader(options: readonly Read[]): Read {
  return (value) => {
    for (let i = 0; i < options.length; i++) {
      const found = options[i]!(value)
      if (found !== REFUSED) return found
    }
    return REFUSED
  }
}

function transformReader({ transform }: z.core.$ZodTransformDef): Read {
  return (value) => {
    const payload = { value, issues: [], addIssue: (issue: never) => payload.issues.push(issue) }
    const found = transform(value, payload)
    return payload.issues.length > 0 || found instanceof Promise ? REFUSED : found
  }
}
