/** The public HTTP API, with the types of its OpenAPI document. */
import createClient from 'openapi-fetch'
import { noteNoAnswer } from './connection.ts'
import type { paths } from './openapi.ts'
import { createPatientFetch } from './patient-fetch.ts'
import { ApiProblem, isProblem, NoAnswer } from './problem.ts'
import { noteServerTime } from './server-clock.ts'

const patientFetch = createPatientFetch(noteNoAnswer)

async function timedFetch(request: Request): Promise<Response> {
  const askedAt = Date.now()
  const answer = await patientFetch(request)
  noteServerTime({ askedAt, answeredAt: Date.now(), date: answer.headers.get('date') })
  return answer
}

export const api = createClient<paths>({
  ...{ baseUrl: location.origin, credentials: 'same-origin', fetch: timedFetch },
})

interface Answer<Data> {
  readonly data?: Data
  readonly error?: unknown
  readonly response: Response
}

/** What was answered. Throws `ApiProblem`, or `NoAnswer` where nobody answered. */
export async function answerOf<Data>(asked: Promise<Answer<Data>>): Promise<Data> {
  const { data, error, response } = await asked.catch((cause: unknown) => {
    throw new NoAnswer('The server cannot be reached.', { cause })
  })
  if (isProblem(error)) throw new ApiProblem(error)
  if (!response.ok || data === undefined)
    throw new NoAnswer(`Something other than Wonlost answered, with status ${response.status}.`)
  return data
}
