/** What the server says is wrong with a file, with the line that each message begins with: `guardrails:12: rules[0].then: must be ...`. */
import { ApiProblem } from '../../api/problem.ts'

export interface FileFault {
  /** null: of the file as a whole. */
  readonly line: number | null
  readonly text: string
}

export function faultsOf(error: unknown): readonly FileFault[] {
  if (!(error instanceof ApiProblem)) return []
  const { errors, detail } = error.problem
  const messages = errors && errors.length > 0 ? errors.map(({ message }) => message) : [detail]
  return messages.map((message) => {
    const found = /^[^\s:]+:(\d+): (.*)$/s.exec(message)
    return found ? { line: Number(found[1]), text: found[2] ?? '' } : { line: null, text: message }
  })
}
