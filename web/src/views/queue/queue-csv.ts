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

/** Digits beyond these say nothing, and are hard to read. */
function rounded(value: number | null | undefined, digits: number): number | null {
  return value == null ? null : Number(value.toFixed(digits))
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
    rounded(details?.change_7d, 1),
    rounded(score?.probability, 4),
    decision?.band ?? null,
    decision?.grade ?? null,
    fit,
    intent,
    score?.verdict ?? null,
    decision?.action ?? null,
    details?.respond_by ?? null,
    decision?.route ?? null,
    rounded(decision?.expected_value?.value, 2),
    decision?.expected_value?.currency ?? null,
    (reasons?.for ?? reasons?.against)?.text ?? null,
    score?.as_of ?? null,
  ]
}
