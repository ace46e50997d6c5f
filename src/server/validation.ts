/** Zod behind Fastify: the check of what comes in and of what goes out. Both name the field at fault. */
import type { FastifySchemaCompiler, FastifySerializerCompiler } from 'fastify'
import type { z } from 'zod'
import { safeParse } from 'zod/v4/core'
import { WonlostError } from '../errors.ts'
import { compileReader, REFUSED } from './compiled-reader.ts'

interface Fault {
  readonly field: string
  readonly message: string
}

type Issue = z.core.$ZodIssue

/** `events[3].occurred_at`; the whole body is `body`, the whole query `query`. */
export function fieldPath(path: readonly PropertyKey[], whole: string): string {
  let text = ''
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`
    else if (/^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(String(step)))
      text += text ? `.${String(step)}` : String(step)
    else text += `[${JSON.stringify(String(step))}]`
  }
  return text || whole
}

/** A value as a message shows it, never longer than a glance. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = typeof value === 'object' && value !== null ? kindOf(value) : JSON.stringify(value)
  // Not in the middle of a pair: half of one is no text, and strict readers of JSON refuse it.
  return text.length > 80 ? `${text.slice(0, 77).replace(/\p{Surrogate}$/u, '')}...` : text
}

function kindOf(value: object): string {
  return Array.isArray(value) ? `a list of ${value.length}` : 'an object'
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a finite number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}

/** The faults of one issue; several when it lists several fields, or stands for a union. */
function faultsOf(issue: Issue, before: readonly PropertyKey[], whole: string): readonly Fault[] {
  const path = [...before, ...issue.path]
  const field = fieldPath(path, whole)
  // Messages of our own schemas begin in lower case; Zod's own begin with a capital and say less.
  const own = /^[a-z]/.test(issue.message) ? issue.message : null
  const given = `Given: ${shown(issue.input)}.`
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        field: fieldPath([...path, key], whole),
        message: `${fieldPath([...path, key], whole)} ${issue.message}`,
      }))
    case 'invalid_union': {
      const branch = closestBranch(issue)
      if (branch) return branch.flatMap((inner) => faultsOf(inner, path, whole))
      return [{ field, message: `${field} ${own ?? 'has the wrong type'}. ${given}` }]
    }
    case 'invalid_key':
      return issue.issues.map((inner) => ({
        field,
        message: `the name of ${field} ${inner.message}. Given: ${shown(path.at(-1))}.`,
      }))
    case 'invalid_type':
      return [
        {
          field,
          message: `${field} ${own ?? `must be ${TYPES[issue.expected] ?? issue.expected}`}. ${given}`,
        },
      ]
    case 'invalid_value':
      return [{ field, message: `${field} ${own ?? `must be one of ${issue.values.join(', ')}`}. ${given}` }]
    case 'too_small':
      return [{ field, message: `${field} ${own ?? `must be at least ${issue.minimum}`}. ${given}` }]
    case 'too_big':
      return [{ field, message: `${field} ${own ?? `must be at most ${issue.maximum}`}. ${given}` }]
    default:
      return [{ field, message: `${field} ${own ?? issue.message}. ${given}` }]
  }
}

/** The branch of a union that the value was meant for: one that failed inside, not at the type of the whole. */
function closestBranch(issue: z.core.$ZodIssueInvalidUnion): readonly Issue[] | undefined {
  return issue.errors.find((branch) =>
    branch.every((inner) => inner.path.length > 0 || inner.code === 'unrecognized_keys'),
  )
}

const MOST_FAULTS = 20

export const validatorCompiler: FastifySchemaCompiler<z.core.$ZodType> = ({ schema, httpPart }) => {
  const whole = httpPart === 'querystring' ? 'query' : (httpPart ?? 'body')
  const read = compileReader(schema)
  return (data) => {
    const value = read?.(data) ?? REFUSED
    if (value !== REFUSED) return { value }
    const result = safeParse(schema, data, { reportInput: true })
    if (result.success) return { value: result.data }
    const faults = result.error.issues.flatMap((issue) => faultsOf(issue, [], whole))
    return { error: invalidRequest(faults) }
  }
}

/** `invalid_request` with every fault, the first one in the message. */
export function invalidRequest(faults: readonly Fault[]): WonlostError {
  const first = faults[0] ?? { field: 'body', message: 'the request is not valid' }
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : ''
  return new WonlostError('invalid_request', `${first.message}${more}`, {
    field: first.field,
    details: faults.slice(0, MOST_FAULTS),
  })
}

/**
 * Checks the answer against its schema (NaN and unknown fields included), then writes the object itself: what HTTP prints
 * is what `JSON.stringify` prints elsewhere, with the same order of fields and every digit.
 */
export const serializerCompiler: FastifySerializerCompiler<z.core.$ZodType> = ({ schema, method, url }) => {
  const read = compileReader(schema)
  return (data) => {
    if ((read?.(data) ?? REFUSED) !== REFUSED) return JSON.stringify(data)
    const result = safeParse(schema, data)
    if (!result.success) {
      const places = result.error.issues.map((issue) => `${fieldPath(issue.path, 'body')}: ${issue.code}`)
      throw new WonlostError(
        'internal',
        `The answer of ${method} ${url} does not fit its schema: ${places.join('; ')}`,
      )
    }
    return JSON.stringify(data)
  }
}
