/** Who is scored again later for what could not be scored now. */
import type { ScoringFailure } from './score-records.ts'

/** Leads that failed, and of an account that did, one of its people that `isAmong` allows, with the error. */
export function triedAgain(
  failures: readonly ScoringFailure[],
  isAmong: (leadId: string) => boolean = () => true,
): readonly { readonly leadId: string; readonly error: string }[] {
  const failed = new Map(
    failures.flatMap(({ leadId, error }) => (leadId === null ? [] : [[leadId, String(error)] as const])),
  )
  for (const { record, leadId, error } of failures) {
    if (leadId !== null || record.leads.some((lead) => failed.has(lead.leadId))) continue
    const one = record.leads.find((lead) => isAmong(lead.leadId))
    if (one) failed.set(one.leadId, String(error))
  }
  return [...failed].map(([leadId, error]) => ({ leadId, error }))
}
