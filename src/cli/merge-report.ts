/** Proposed merges and those in force: for people, as JSON, and as rows of a table to review. */
import type { StoredMerge } from '../db/merges.ts'
import type { ExportColumn, ExportRow } from '../export/table.ts'
import { countText } from '../features/wording.ts'
import { formatTime, type SubjectKind } from '../glossary.ts'
import type { Proposal } from '../ingest/merging/group-matches.ts'
import type { Proposals } from '../ingest/merging/propose-merges.ts'
import { printable } from './lead-page.ts'

/** Groups of a kind that are printed; a file has them all. */
const SHOWN = 20

export function proposalsInWords(proposals: Proposals): string[] {
  const { kind, subjects, merges, possible, labels } = proposals
  const groups = new Map<string, Proposal[]>()
  for (const merge of merges) groups.set(merge.intoId, [...(groups.get(merge.intoId) ?? []), merge])
  const shown = (id: string): string => printable(`${id}  ${labels.get(id) ?? ''}`.trimEnd())
  const lines = [
    `${countText(subjects, kind)} looked at: ${count(merges.length)} to merge into ${count(groups.size)}, ${count(possible.length)} more to look at`,
  ]
  for (const [intoId, members] of [...groups].slice(0, SHOWN)) {
    lines.push('', `  ${shown(intoId)}`)
    for (const { fromId, matchedId, confidence, probability, evidence } of members) {
      const by = matchedId === intoId ? '' : printable(` (as ${matchedId})`)
      lines.push(
        `    <- ${shown(fromId)}`,
        `       ${confidence}, ${(100 * probability).toFixed(1)} %${by}: ${printable(evidence.join('; '))}`,
      )
    }
  }
  if (groups.size > SHOWN)
    lines.push('', `  and ${count(groups.size - SHOWN)} more; --out FILE.csv has all of them`)
  return lines
}

export function proposalsToJson({
  kind,
  subjects,
  merges,
  possible,
  labels,
}: Proposals): Record<string, unknown> {
  const shown = ({ fromId, intoId, matchedId, confidence, probability, evidence }: Proposal) => ({
    from_id: fromId,
    into_id: intoId,
    matched_id: matchedId,
    confidence,
    probability,
    evidence,
    from: labels.get(fromId) ?? '',
    into: labels.get(intoId) ?? '',
  })
  return { kind, looked_at: subjects, merges: merges.map(shown), possible: possible.map(shown) }
}

export const REVIEW_COLUMNS: readonly ExportColumn[] = [
  { name: 'apply', type: 'text' },
  { name: 'kind', type: 'text' },
  { name: 'from_id', type: 'text' },
  { name: 'into_id', type: 'text' },
  { name: 'confidence', type: 'text' },
  { name: 'probability', type: 'number' },
  { name: 'evidence', type: 'text' },
  { name: 'from', type: 'text' },
  { name: 'into', type: 'text' },
]

/** `apply` is yes for what would be merged, and empty for what is only possible: whoever reviews the file changes that. */
export function* reviewRows(all: readonly Proposals[]): Generator<ExportRow> {
  for (const { kind, merges, possible, labels } of all) {
    for (const [apply, list] of [
      ['yes', merges],
      ['', possible],
    ] as const)
      for (const { fromId, intoId, confidence, probability, evidence } of list)
        yield [
          apply,
          kind,
          fromId,
          intoId,
          confidence,
          probability,
          evidence.join('; '),
          labels.get(fromId) ?? '',
          labels.get(intoId) ?? '',
        ]
  }
}

export function mergeInWords(merge: StoredMerge): string {
  const { mergeId, subjectKind, fromId, intoId, mergedAt, mergedBy, evidence } = merge
  const why = Array.isArray(evidence['evidence']) ? evidence['evidence'].join('; ') : ''
  return printable(
    `${String(mergeId).padStart(6)}  ${subjectKind.padEnd(7)}  ${fromId} -> ${intoId}  ${formatTime(mergedAt)} by ${mergedBy}${why === '' ? '' : `: ${why}`}`,
  )
}

export function mergeToJson(merge: StoredMerge): Record<string, unknown> {
  return {
    merge_id: merge.mergeId,
    kind: merge.subjectKind,
    from_id: merge.fromId,
    into_id: merge.intoId,
    merged_at: formatTime(merge.mergedAt),
    merged_by: merge.mergedBy,
    evidence: merge.evidence,
  }
}

/** "3 accounts and 1 lead". */
export function countMerges(counts: Readonly<Record<SubjectKind, number>>): string {
  return `${countText(counts.account, 'account')} and ${countText(counts.lead, 'lead')}`
}

function count(value: number): string {
  return value.toLocaleString('en-US')
}
