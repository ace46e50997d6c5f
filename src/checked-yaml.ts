/**
 * YAML that people edit, read strictly: a fault anywhere names the file, the line, the field, what is allowed and what was given.
 * Used for definitions, policy and guardrails.
 */
import { type Document, isMap, isNode, LineCounter, parseDocument, visit } from 'yaml'
import { z } from 'zod'
import { type ErrorCode, type ErrorPlace, WonlostError } from './errors.ts'
import { DEEPEST_YAML, tooDeepAt } from './yaml-depth.ts'

/** One fault, with the path of the value it concerns. */
export interface Fault {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

/** A strict object whose error for an unknown field names the allowed ones, and the nearest. */
export function strictFields<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const allowed = Object.keys(shape)
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== 'unrecognized_keys') return undefined
      const [key = ''] = issue.keys as string[]
      return `unknown field "${key}"${suggestion(key, allowed)}; allowed: ${allowed.join(', ')}`
    },
  })
}

/** A document with the means to say where in it a fault lies. */
export interface CheckedYaml {
  /** Plain data, as YAML reads it. */
  readonly value: unknown
  /** Where the value at this path begins, from 1 on. */
  lineOf(path: readonly PropertyKey[]): number
  /** Throws the error for these faults: the first is the message, all are in `details`. */
  fail(faults: readonly Fault[]): never
}

/** Reads the text as one YAML document. Throws `code` where it is no valid YAML. `file` is only for the message. */
export function readYaml(text: string, file: string, code: ErrorCode): CheckedYaml {
  const tooDeep = tooDeepAt(text)
  if (tooDeep !== undefined) {
    const line = text.slice(0, tooDeep).split('\n').length
    const message = `${file}:${line}: nested too deep; at most ${DEEPEST_YAML} levels are allowed.`
    throw new WonlostError(code, message, { file, line })
  }
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false })
  const broken = document.errors[0] ?? document.warnings[0] ?? brokenKey(document)
  if (broken) {
    const line = lines.linePos(broken.pos[0]).line
    throw new WonlostError(code, `${file}:${line}: not valid YAML: ${broken.message}.`, { file, line })
  }
  let value: unknown
  try {
    value = document.toJS({ maxAliasCount: 0 })
  } catch (cause) {
    const line = lines.linePos(firstAlias(document)).line
    const message = `${file}:${line}: aliases (*name) are not supported; write out what is meant.`
    throw new WonlostError(code, message, { file, line, cause })
  }
  const lineOf = (path: readonly PropertyKey[]): number => lines.linePos(offsetOf(document, path)).line
  return {
    value,
    lineOf,
    fail(faults) {
      const details = faults.map((fault) => {
        const line = lineOf(fault.path)
        const field = pathText(fault.path)
        return {
          file,
          line,
          field,
          message: `${file}:${line}: ${field === '' ? '' : `${field}: `}${fault.message}`,
        }
      })
      const [first] = details
      if (!first) throw new Error('fail() needs a fault')
      const place: ErrorPlace = { file, line: first.line, field: first.field }
      throw new WonlostError(code, first.message, { ...place, details })
    },
  }
}

function firstAlias(document: Document): number {
  let at = 0
  visit(document, {
    Alias(_, alias) {
      at = alias.range?.[0] ?? 0
      return visit.BREAK
    },
  })
  return at
}

/**
 * The second of two equal keys of a map (the parser's own check compares every key with every other, which takes too long for
 * thousands), or one that plain objects have for themselves.
 */
function brokenKey(document: Document): { readonly pos: [number]; readonly message: string } | undefined {
  let broken: { readonly pos: [number]; readonly message: string } | undefined
  visit(document, {
    Map(_, map) {
      const keys = new Set(['__proto__'])
      for (const { key } of map.items) {
        const name = String(key)
        if (keys.has(name)) {
          const problem = name === '__proto__' ? 'is not allowed' : 'is there twice'
          const message = `the key ${shown(name)} ${problem}`
          broken = { pos: [isNode(key) && key.range ? key.range[0] : 0], message }
          return visit.BREAK
        }
        keys.add(name)
      }
      return undefined
    },
  })
  return broken
}

/** What zod found, as faults in plain words: what is allowed, what was given. `at` is put before every path. */
export function faultsOf(error: z.ZodError, given: unknown, at: readonly PropertyKey[] = []): Fault[] {
  // A misspelt field is both unknown and missing: the first says it better.
  const unknownFirst = error.issues.toSorted(
    (a, b) => Number(b.code === 'unrecognized_keys') - Number(a.code === 'unrecognized_keys'),
  )
  return unknownFirst.map((issue) => {
    const value = valueAt(given, issue.path)
    const key = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
    const said = `${allowedBy(issue, value)}.${key.length > 0 || value === undefined ? '' : ` Given: ${shown(value)}.`}`
    return { path: [...at, ...issue.path, ...key], message: said }
  })
}

const KINDS: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'a group of fields',
  record: 'a group of fields',
  string: 'text',
  int: 'a whole number',
  boolean: 'true or false',
}

function allowedBy(issue: z.core.$ZodIssue, value: unknown): string {
  if (issue.code === 'invalid_value') {
    const allowed = issue.values.map(String)
    const must = `must be ${allowed.length > 1 ? 'one of ' : ''}${allowed.join(', ')}`
    if (value === undefined) return `is required and ${must}`
    return `${must}${typeof value === 'string' ? suggestion(value, allowed) : ''}`
  }
  if (issue.code === 'invalid_type') {
    const said = issue.message.startsWith('Invalid input') ? undefined : issue.message
    const must = said ?? `must be ${KINDS[issue.expected] ?? `a ${issue.expected}`}`
    return value === undefined ? `is required and ${must}` : must
  }
  if (issue.code === 'too_small') {
    return issue.origin === 'number'
      ? `must be ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`
      : 'must not be empty'
  }
  if (issue.code === 'too_big') {
    return issue.origin === 'number'
      ? `must be ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}`
      : `must not be longer than ${issue.maximum}`
  }
  return issue.message
}

/** `; did you mean "lead"?` for a near miss, else nothing. */
export function suggestion(given: string, allowed: readonly string[]): string {
  let best: string | undefined
  let bestDistance = Math.min(3, Math.ceil(given.length / 3) + 1)
  for (const candidate of allowed) {
    const distance = editDistance(given.toLowerCase(), candidate.toLowerCase())
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best === undefined ? '' : ` (did you mean "${best}"?)`
}

/** Insertions, deletions, replacements and swaps of neighbours (Damerau-Levenshtein, restricted). */
function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 3) return 4
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const replace = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      let best = Math.min(replace, previous[j]! + 1, current[j - 1]! + 1)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, before[j - 2]! + 1)
      }
      current.push(best)
    }
    before = previous
    previous = current
  }
  return previous[b.length]!
}

/** Where the deepest part of the path that exists begins: an unknown key itself, else the value, else what should hold it. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const parent = document.getIn(path.slice(0, length - 1), true)
    const last = path[length - 1]
    if (isMap(parent)) {
      const key = parent.items.find((pair) => isNode(pair.key) && String(pair.key) === String(last))?.key
      if (isNode(key) && key.range) return key.range[0]
    }
    const node = document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return document.contents?.range?.[0] ?? 0
}

function pathText(path: readonly PropertyKey[]): string {
  let text = ''
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`
    else text += text === '' ? String(part) : `.${String(part)}`
  }
  return text
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at: unknown = value
  for (const part of path) {
    if (typeof at !== 'object' || at === null) return undefined
    at = (at as Record<PropertyKey, unknown>)[part]
  }
  return at
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 80 ? `${text.slice(0, 77)}...` : text
}
