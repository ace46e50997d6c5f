/** How a lead is called, and where its page is. */
import type { components } from '../api/openapi.ts'

type ListedLead = components['schemas']['LeadList']['leads'][number]

/** Its name, or else its address, or its id. */
export function leadName({ details, lead_id }: Pick<ListedLead, 'details' | 'lead_id'>): string {
  return details?.name ?? details?.email ?? lead_id
}

export function leadPath(leadId: string): string {
  return `/leads/${encodeURIComponent(leadId)}`
}
