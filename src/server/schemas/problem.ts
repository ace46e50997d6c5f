/** RFC 9457 problem documents: the body of every error. */
import { z } from 'zod'
import { ERRORS, type ErrorCode } from '../../errors.ts'

const codes = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]

const problemSchema = z
  .strictObject({
    type: z.string().describe('A URN that ends in the code.'),
    title: z.string().describe('The same for every problem of this type.'),
    status: z.int(),
    detail: z.string().describe('What was wrong, what is allowed, what was given.'),
    code: z.enum(codes).describe('Listed in docs/errors.md.'),
    instance: z.string().describe('The path that was asked.'),
    request_id: z.string().describe('Also in the header X-Request-Id and in the log of the server.'),
    errors: z
      .array(
        z.strictObject({
          field: z
            .string()
            .describe('Where in the request: `lead.traits.employees`, `events[3].occurred_at`.'),
          message: z.string(),
        }),
      )
      .optional(),
    checks: z.record(z.string(), z.unknown()).optional().describe('Only of /readyz: what is not ready.'),
  })
  .meta({ id: 'Problem' })

export type Problem = z.infer<typeof problemSchema>

const DESCRIPTIONS: Readonly<Record<number, string>> = {
  400: 'The request is not valid; `errors` names the fields.',
  401: 'There is no valid key in the request.',
  403: 'The key does not have the scope.',
  404: 'There is no such lead, model or version.',
  409: 'It changed meanwhile, or must not be done so.',
  413: 'The body is too large.',
  415: 'The body must be JSON in UTF-8.',
  422: 'What the server keeps is not valid: an artifact, the policy, the guardrails.',
  429: 'The key asked too often, or more arrives than can be written; Retry-After says when to go on.',
  500: 'Something went wrong on our side.',
  503: 'The database or the engine is not available; Retry-After says when to try again.',
}

interface ProblemResponse {
  readonly description: string
  readonly content: { readonly 'application/problem+json': { readonly schema: typeof problemSchema } }
}

/** The error responses of a route, for its schema. */
export function problems<const Status extends number>(
  ...statuses: Status[]
): Record<Status, ProblemResponse> {
  const responses = statuses.map((status) => [
    status,
    {
      description: DESCRIPTIONS[status] ?? 'A problem.',
      content: { 'application/problem+json': { schema: problemSchema } },
    },
  ])
  return Object.fromEntries(responses)
}

/** The good answer of a route, for its schema. */
export function answer<Schema extends z.ZodType>(description: string, schema: Schema) {
  return { 200: { description, content: { 'application/json': { schema } } } } as const
}
