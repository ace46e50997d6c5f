/** Reads request bodies: JSON in UTF-8, and nothing that the rest could misread or the database could not keep. */
import type { FastifyInstance } from 'fastify'
import { WonlostError } from '../../errors.ts'
import { LIMITS } from '../limits.ts'
import { fieldPath, invalidRequest } from '../validation.ts'

export function addJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    /^application\/([\w.-]+\+)?json\s*(;.*)?$/i,
    { parseAs: 'buffer' },
    (request, body: Buffer, done) => {
      // Clients that label every request as JSON label those without a body, too.
      if (request.method === 'DELETE' && body.length === 0) return done(null)
      const encoding = request.headers['content-encoding']
      if (encoding !== undefined && encoding !== 'identity') {
        const message = 'The body must not be compressed: send it without Content-Encoding.'
        return done(new WonlostError('unsupported_media_type', message))
      }
      let value: unknown
      try {
        value = readJson(body)
      } catch (error) {
        return done(error as Error)
      }
      done(null, value)
    },
  )
}

const UTF8 = new TextDecoder('utf-8', { fatal: true })

/** Throws `invalid_request`: not UTF-8, not JSON, or JSON that cannot be meant. */
function readJson(body: Buffer): unknown {
  let text: string
  try {
    text = UTF8.decode(body)
  } catch {
    throw refused('the body is not valid UTF-8')
  }
  if (text.trim() === '') throw refused('the body is empty; JSON is required')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw refused(`the body is not valid JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  checkJson(value, text.includes('\\u'))
  return value
}

function refused(message: string, field = 'body'): WonlostError {
  return invalidRequest([{ field, message }])
}

/**
 * What JSON allows and we do not: numbers beyond a double (1e999 is read as Infinity), text that PostgreSQL cannot keep,
 * keys that mean the prototype, deeper nesting and more values than any request needs: the check against a schema takes
 * seconds for a million of them, in which nobody else is answered. `hasEscapes`: only then can a text hold what cannot be
 * kept, as the body is UTF-8 and JSON allows no NUL as it stands.
 */
function checkJson(root: unknown, hasEscapes: boolean): void {
  const path: PropertyKey[] = []
  let values = 0

  /** No deeper than LIMITS.depth, whatever a hostile body holds. */
  function check(value: unknown): void {
    values += 1
    if (values > LIMITS.values) throw refused(`the body must not hold more than ${LIMITS.values} values`)
    if (typeof value === 'number' && !Number.isFinite(value))
      throw refused(`${fieldPath(path, 'body')} must be a finite number`, fieldPath(path, 'body'))
    if (hasEscapes && typeof value === 'string') checkText(value, path)
    if (typeof value !== 'object' || value === null) return
    if (path.length >= LIMITS.depth) throw refused(`the body is nested deeper than ${LIMITS.depth} levels`)
    if (Array.isArray(value)) {
      checkSize(path, value.length, LIMITS.elements, 'elements')
      for (let i = 0; i < value.length; i++) checkAt(i, value[i])
    } else {
      const keys = Object.keys(value)
      checkSize(path, keys.length, LIMITS.fields, 'fields')
      for (const key of keys) {
        if (hasEscapes) checkText(key, path)
        const inner = (value as Record<string, unknown>)[key]
        if (key === '__proto__' || (key === 'constructor' && typeof inner === 'object'))
          throw refused(`"${key}" is not allowed as a name`, fieldPath([...path, key], 'body'))
        checkAt(key, inner)
      }
    }
  }

  function checkAt(step: PropertyKey, value: unknown): void {
    path.push(step)
    check(value)
    path.pop()
  }

  check(root)
}

function checkSize(path: readonly PropertyKey[], size: number, most: number, what: string): void {
  if (size <= most) return
  const field = fieldPath(path, 'body')
  throw refused(`${field} must not hold more than ${most} ${what}. Given: ${size}.`, field)
}

function checkText(text: string, path: readonly PropertyKey[]): void {
  if (!/\0|\p{Surrogate}/u.test(text)) return
  const field = fieldPath(path, 'body')
  throw refused(`${field} must not hold a NUL character or half of a surrogate pair`, field)
}
