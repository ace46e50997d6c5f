import type { components } from './openapi.ts'

type Problem = components['schemas']['Problem']

/** What the server answered instead: RFC 9457. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail)
    this.problem = problem
  }
}

/** The server could not be reached, or what answered was not it. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
}

export function isProblem(error: unknown): error is Problem {
  return typeof error === 'object' && error !== null && 'code' in error && 'detail' in error
}

/** Whether the same question may have an answer later. */
export function isPassing(error: unknown): boolean {
  return error instanceof NoAnswer || (error instanceof ApiProblem && error.problem.status >= 500)
}

/** Whether there is no such thing, or not any more: what was shown of it is to go. */
export function isGone(error: unknown): boolean {
  return error instanceof ApiProblem && error.problem.status === 404
}
