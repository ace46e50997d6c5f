import type { z } from 'zod'
import { formatTime } from '../glossary.ts'
import type { Erasure } from '../jobs/rights/erase-lead.ts'
import type { erasureSchema } from './schemas/rights.ts'

/** As answered over HTTP, and by `wonlost lead erase --json`. */
export function shownErasure(
  leadId: string,
  { erasedAt, isRepeated, leads, rows, reports }: Erasure,
): z.infer<typeof erasureSchema> {
  return {
    lead_id: leadId,
    erased_at: formatTime(erasedAt),
    repeated: isRepeated,
    leads,
    rows: Object.fromEntries([...rows].filter(([, count]) => count > 0)),
    reports,
  }
}
