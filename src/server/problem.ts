/** Any error as an RFC 9457 problem document. What is not from our catalogue or the client's fault says nothing of itself. */
import { asDatabaseError } from '../db/connection-errors.ts'
import { ERRORS, type ErrorCode, WonlostError } from '../errors.ts'
import { LIMITS } from './limits.ts'
import type { Problem } from './schemas/problem.ts'

/** Seconds after which a 503 is worth another try: what waits for the database looks again every second. */
export const RETRY_AFTER = 2

/** What Fastify itself found wrong, in our words. */
const FRAMEWORK_ERRORS: Readonly<Record<string, { code: ErrorCode; detail: string }>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: {
    code: 'body_too_large',
    detail: `The body is larger than ${LIMITS.body} bytes, the most that one request may hold. Send fewer events: at most ${LIMITS.events}.`,
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    code: 'unsupported_media_type',
    detail: 'The body must be JSON: send it with `Content-Type: application/json`.',
  },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    code: 'invalid_request',
    detail: 'The body is not as long as its Content-Length says.',
  },
  FST_ERR_BAD_URL: {
    code: 'invalid_request',
    detail: 'The path is not valid percent-encoded UTF-8. A % in an id is written %25, a slash %2F.',
  },
  FST_ERR_HANDLER_TIMEOUT: {
    code: 'database_unavailable',
    detail: `There was no answer within ${LIMITS.answer / 1_000} s.`,
  },
}

/** The same error when it is ours or the database's; a framework error in our words; anything else is `internal`. */
export function asWonlostError(error: unknown): WonlostError {
  const known = asDatabaseError(error)
  if (known instanceof WonlostError) return known
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const framework = FRAMEWORK_ERRORS[code]
  if (framework) return new WonlostError(framework.code, framework.detail, { cause: error })
  const said = error instanceof Error ? error.message : String(error)
  return new WonlostError('internal', said, { cause: error })
}

/** The document for a coded error. Configuration and artifacts have faults too, by file and line: those stay in `detail`. */
export function problemOf(
  error: WonlostError,
  request: { readonly path: string; readonly id: string },
): Problem {
  const { status, title } = ERRORS[error.code]
  const { field } = error.place
  const listed = error.details.flatMap(({ field, message }) =>
    field === undefined ? [] : [{ field, message }],
  )
  const errors = listed.length > 0 || field === undefined ? listed : [{ field, message: error.message }]
  return {
    type: `urn:wonlost:problem:${error.code}`,
    title,
    status,
    detail: error.code === 'internal' ? INTERNAL_DETAIL : error.message,
    code: error.code,
    instance: request.path,
    request_id: request.id,
    ...(errors.length > 0 ? { errors } : {}),
  }
}

/** Whatever an internal error says is for the log. */
const INTERNAL_DETAIL =
  'Something went wrong on our side. The log of the server has it under this request id.'
