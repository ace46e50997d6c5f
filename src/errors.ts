/**
 * The catalogue of coded errors. Each has a code, an HTTP status, an exit code and a title; the message of an instance says
 * what was wrong, what is allowed, and what was given. docs/errors.md lists every code (a test compares the two).
 */

interface ErrorKind {
  /** HTTP status when it reaches a client. */
  readonly status: number
  /** Exit code when it reaches the shell: 1 failed, 3 too little data, 64 wrong usage. */
  readonly exit: 1 | 3 | 64
  readonly title: string
}

export const ERRORS = {
  usage: { status: 400, exit: 64, title: 'Wrong usage' },
  invalid_request: { status: 400, exit: 64, title: 'The request is not valid' },
  body_too_large: { status: 413, exit: 64, title: 'The request body is too large' },
  message_too_large: { status: 400, exit: 64, title: 'The tracking request is too large' },
  unsupported_media_type: { status: 415, exit: 64, title: 'The content type is not supported' },
  host_not_allowed: { status: 421, exit: 1, title: 'The request is for another host' },
  key_required: { status: 401, exit: 1, title: 'A valid key is required' },
  scope_missing: { status: 403, exit: 1, title: 'The key does not have the scope' },
  cross_site: { status: 403, exit: 1, title: 'A page of another site is asking' },
  sign_in_refused: { status: 403, exit: 1, title: 'The sign-in is not taken' },
  role_missing: { status: 403, exit: 1, title: 'The person has no role here' },
  rate_limited: { status: 429, exit: 1, title: 'Too many requests' },
  key_not_found: { status: 404, exit: 1, title: 'The key is unknown' },
  not_found: { status: 404, exit: 1, title: 'There is nothing at this address' },
  method_not_allowed: { status: 405, exit: 1, title: 'The method is not allowed at this address' },
  lead_not_found: { status: 404, exit: 1, title: 'The lead is unknown' },
  subject_too_large: { status: 422, exit: 1, title: 'Too much is known of the subject' },
  account_not_found: { status: 404, exit: 1, title: 'The account is unknown' },
  merge_not_found: { status: 404, exit: 1, title: 'The merge is unknown' },
  merge_refused: { status: 409, exit: 1, title: 'The merge is not possible' },
  override_not_found: { status: 404, exit: 1, title: 'There is no override in force' },
  objection_not_found: { status: 404, exit: 1, title: 'The lead did not object' },
  lead_objected: { status: 409, exit: 1, title: 'The lead objected to being scored' },
  feedback_conflict: { status: 409, exit: 1, title: 'The id belongs to other feedback' },
  model_not_found: { status: 404, exit: 1, title: 'The model is unknown' },
  report_not_found: { status: 404, exit: 1, title: 'There is no report of this version' },
  definition_invalid: { status: 422, exit: 64, title: 'A definition is not valid' },
  policy_invalid: { status: 422, exit: 64, title: 'The policy is not valid' },
  guardrails_invalid: { status: 422, exit: 64, title: 'The guardrails are not valid' },
  artifact_invalid: { status: 422, exit: 1, title: 'A model artifact is damaged or does not fit' },
  model_file_invalid: { status: 422, exit: 64, title: 'A model of another program is damaged' },
  model_unsupported: { status: 422, exit: 64, title: 'A model cannot be represented exactly' },
  half_life_not_learned: { status: 422, exit: 64, title: 'A half-life is still to be learned' },
  fingerprint_mismatch: { status: 409, exit: 1, title: 'A model was trained on other features' },
  promotion_conflict: { status: 409, exit: 1, title: 'The champion changed meanwhile' },
  promotion_refused: { status: 409, exit: 1, title: 'The model must not be promoted so' },
  scoring_in_progress: { status: 409, exit: 1, title: 'All leads are being scored already' },
  backtest_in_progress: { status: 409, exit: 1, title: 'A backtest is running already' },
  comparison_in_progress: { status: 409, exit: 1, title: 'Models are being compared already' },
  webhook_not_found: { status: 404, exit: 1, title: 'The webhook is unknown' },
  webhook_disabled: { status: 409, exit: 1, title: 'The webhook is disabled' },
  configuration_not_found: { status: 404, exit: 1, title: 'There is no such version' },
  rubric_invalid: { status: 422, exit: 64, title: 'The rubric is not valid' },
  tracking_invalid: { status: 503, exit: 64, title: 'The mapping of live data is not valid' },
  map_invalid: { status: 422, exit: 64, title: 'A map of columns is not valid' },
  too_little_data: { status: 422, exit: 3, title: 'There is too little data to learn from' },
  file_not_readable: { status: 400, exit: 64, title: 'A file cannot be read' },
  file_not_writable: { status: 500, exit: 1, title: 'A file cannot be written' },
  folder_not_empty: { status: 409, exit: 1, title: 'A folder is not empty' },
  table_invalid: { status: 422, exit: 64, title: 'A table is not valid' },
  sql_invalid: { status: 422, exit: 64, title: 'A SELECT cannot be used' },
  database_unavailable: { status: 503, exit: 1, title: 'The database does not answer' },
  database_refused: { status: 503, exit: 1, title: 'The database does not allow this' },
  database_not_migrated: { status: 503, exit: 1, title: 'The database has another schema version' },
  database_not_empty: { status: 409, exit: 1, title: 'The database is not empty' },
  truth_unavailable: { status: 409, exit: 1, title: 'The truth of the simulator is not known' },
  embedded_unsupported: { status: 503, exit: 1, title: 'No embedded PostgreSQL for this platform' },
  embedded_failed: { status: 503, exit: 1, title: 'The embedded PostgreSQL did not start' },
  configuration_invalid: { status: 500, exit: 64, title: 'The configuration is not valid' },
  engine_not_loaded: { status: 503, exit: 1, title: 'The scoring engine is not loaded yet' },
  address_unavailable: { status: 500, exit: 1, title: 'The server cannot listen at this address' },
  overloaded: { status: 429, exit: 1, title: 'More arrives than can be written' },
  shutting_down: { status: 503, exit: 1, title: 'The server is stopping' },
  identity_provider_unavailable: { status: 503, exit: 1, title: 'The identity provider does not answer' },
  server_unavailable: { status: 503, exit: 1, title: 'The server does not answer' },
  server_refused: { status: 502, exit: 1, title: 'The server does not take what was sent' },
  interrupted: { status: 503, exit: 1, title: 'Interrupted' },
  numeric_failure: { status: 500, exit: 1, title: 'The calculation did not converge' },
  faults_failed: { status: 500, exit: 1, title: 'The run of faults could not be made' },
  bench_failed: { status: 500, exit: 1, title: 'What the bench compares with does not run' },
  internal: { status: 500, exit: 1, title: 'Something went wrong on our side' },
} as const satisfies Record<string, ErrorKind>

export type ErrorCode = keyof typeof ERRORS

/** Where in the input the fault lies: a JSON path (`lead.traits.employees`), a file with a line, a column. */
export interface ErrorPlace {
  readonly field?: string
  readonly file?: string
  readonly line?: number
}

export class WonlostError extends Error {
  readonly code: ErrorCode
  readonly place: ErrorPlace
  /** Several faults of one input, each with its own place. */
  readonly details: readonly (ErrorPlace & { readonly message: string })[]

  constructor(
    code: ErrorCode,
    message: string,
    options: ErrorPlace & {
      readonly cause?: unknown
      readonly details?: readonly (ErrorPlace & { readonly message: string })[]
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'WonlostError'
    this.code = code
    const { field, file, line } = options
    this.place = {
      ...(field === undefined ? {} : { field }),
      ...(file === undefined ? {} : { file }),
      ...(line === undefined ? {} : { line }),
    }
    this.details = options.details ?? []
  }

  get status(): number {
    return ERRORS[this.code].status
  }

  get exitCode(): number {
    return ERRORS[this.code].exit
  }
}
