import type { QueueLead } from './use-queue.ts'

/** What a lead is called: its name, or else its address, or its id. */
export function leadName({ details, lead_id }: Pick<QueueLead, 'details' | 'lead_id'>): string {
  return details?.name ?? details?.email ?? lead_id
}

export function leadPath(leadId: string): string {
  return `/leads/${encodeURIComponent(leadId)}`
}
