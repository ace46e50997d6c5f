/** The queue as a table for a spreadsheet. */
import { csvText } from '../../format/csv.ts'
import type { QueueLead, TopReasons } from './use-queue.ts'

const HEADER = [
  'lead_id',
  'name',
  'email',
  'title',
  'company',
  'score',
  'change_7d',
  'probability',
  'band',
  'grade',
  'fit',
  'intent',
  'verdict',
  'action',
  'respond_by',
  'route',
  'expected_value',
  'currency',
  'reason',
  'as_of',
]

export function queueCsv(
  leads: readonly QueueLead[],
  reasons: ReadonlyMap<string, TopReasons | null>,
): string {
  return csvText([HEADER, ...leads.map((lead) => cellsOf(lead, reasons.get(lead.lead_id) ?? null))])
}

function cellsOf({ lead_id, details, fit, intent, score }: QueueLead, reasons: TopReasons | null) {
  const decision = score?.decision
  return [
    lead_id,
    details?.name ?? null,
    details?.email ?? null,
    details?.title ?? null,
    details?.company ?? null,
    score?.score ?? null,
    details?.change_7d ?? null,
    score?.probability ?? null,
    decision?.band ?? null,
    decision?.grade ?? null,
    fit,
    intent,
    score?.verdict ?? null,
    decision?.action ?? null,
    details?.respond_by ?? null,
    decision?.route ?? null,
    decision?.expected_value?.value ?? null,
    decision?.expected_value?.currency ?? null,
    (reasons?.for ?? reasons?.against)?.text ?? null,
    score?.as_of ?? null,
  ]
}
