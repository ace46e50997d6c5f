import { IDENTITIES } from '../../db/loadable-tables.ts'
import type { Milliseconds, SubjectKind } from '../../glossary.ts'
import { IMPORT_SOURCE, type ImportRecord } from '../define-import.ts'

/** Two records of one subject may contradict each other: each has a source of its own, so that neither overwrites the other in turn. */
export function sourceOf(recordId: string, subjectId: string): string {
  return recordId === subjectId ? IMPORT_SOURCE : `${IMPORT_SOURCE} ${recordId}`
}

/** Links the ids that a CRM has for one subject to the id under which we keep it; that id itself needs no link. */
export function crmIdRecords(
  kind: SubjectKind,
  subjectId: string,
  crmIds: readonly string[],
  linkedAt: Milliseconds,
): ImportRecord[] {
  return crmIds
    .filter((crmId) => crmId !== subjectId)
    .map((crmId) => [IDENTITIES, ['crm_id', crmId, kind, subjectId, linkedAt, IMPORT_SOURCE]])
}
