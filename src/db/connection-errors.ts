/** Tells "the database does not answer" from "the statement was wrong", so that the first becomes 503 and is worth a retry. */
import { WonlostError } from '../errors.ts'

/** From the operating system: nobody listens there, or the line broke. */
const SYSTEM_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'EACCES',
  'EPIPE',
])

/** SQLSTATE 57P01..57P05, 25P03: it is stopping, starting, or ended the session; 53300: no connection left; 3D000: no such database. */
const SERVER_CODES = new Set(['57P01', '57P02', '57P03', '57P04', '57P05', '25P03', '53300', '3D000'])

/** pg's own errors carry no code. */
const DRIVER_MESSAGE =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Query read timeout|timeout expired|Client was closed|Cannot use a pool after calling end|The server does not support SSL)/

/** True when no statement was at fault: no connection, no login, or the line broke. */
export function isConnectionError(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isConnectionError)
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  // Class 08: connection exceptions; class 28: the login was refused.
  if (/^[0-9A-Z]{5}$/.test(code) && (code.startsWith('08') || code.startsWith('28'))) return true
  return SYSTEM_CODES.has(code) || SERVER_CODES.has(code) || DRIVER_MESSAGE.test(error.message)
}

/** SQLSTATE 25006: read-only (a standby); 42501: no permission; class 53: no disk space, no memory. */
const REFUSALS = /^(25006|42501|53[0-9A-Z]{3})$/

/**
 * The same error, or `database_unavailable` when it came from the connection, or `database_refused` when the server, not the
 * statement, is the reason. Never repeats the URL: it holds a password.
 */
export function asDatabaseError(error: unknown): unknown {
  if (error instanceof WonlostError) return error
  if (!isConnectionError(error)) {
    if (!(error instanceof Error && 'code' in error && REFUSALS.test(String(error.code)))) return error
    return new WonlostError('database_refused', `The database does not allow this: ${error.message}.`, {
      cause: error,
    })
  }
  const first = error instanceof AggregateError ? error.errors[0] : error
  const reason = first instanceof Error ? first.message : String(first)
  return new WonlostError('database_unavailable', `The database does not answer: ${reason}.`, {
    cause: error,
  })
}
