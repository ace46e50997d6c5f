import { WonlostError } from '../errors.ts'
import type { SubjectKind } from '../glossary.ts'

export function unknownSubject(kind: SubjectKind, id: string): WonlostError {
  return new WonlostError(`${kind}_not_found`, `There is no ${kind} ${JSON.stringify(id)}.`, { field: 'id' })
}

export function unknownLead(id: string): WonlostError {
  return unknownSubject('lead', id)
}
