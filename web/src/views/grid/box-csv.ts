/** The leads of a box as a table for a spreadsheet. */
import { csvText } from '../../format/csv.ts'
import type { BoxLead } from './use-grid.ts'

const HEADER = [
  'lead_id',
  'name',
  'email',
  'title',
  'company',
  'fit',
  'intent',
  'score',
  'band',
  'grade',
  'verdict',
]

export function boxCsv(leads: readonly BoxLead[]): string {
  return csvText([
    HEADER,
    ...leads.map(({ lead_id, details, fit, intent, score }) => [
      ...[
        lead_id,
        details?.name ?? null,
        details?.email ?? null,
        details?.title ?? null,
        details?.company ?? null,
      ],
      ...[fit, intent, score?.score ?? null, score?.decision.band ?? null, score?.decision.grade ?? null],
      score?.verdict ?? null,
    ]),
  ])
}
