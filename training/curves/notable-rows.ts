/** Rows of the test part that say more than a figure: the best, the worst, and where the model was most wrong. */
import { explainRow, type RowExplanation } from '../../src/explain/explain-row.ts'
import type { Column } from '../../src/features/column.ts'
import { formatTime } from '../../src/glossary.ts'
import { rawPoints } from '../../src/model/link.ts'
import type { NotableContribution, NotableKind, NotableRowReport } from '../report/curves-report.ts'
import type { JudgedOnTest } from './describe-curves.ts'

/** Groups that are listed; the others are summed. */
const LISTED = 10

const KINDS: readonly { readonly kind: NotableKind; readonly label: 0 | 1; readonly highest: boolean }[] = [
  { kind: 'best', label: 1, highest: true },
  { kind: 'worst', label: 0, highest: false },
  { kind: 'missed', label: 1, highest: false },
  { kind: 'false_hope', label: 0, highest: true },
]

/** One of each kind, where there is one; the first of equals. A row stands only once: under the first of its kinds. */
export function notableRows(judged: JudgedOnTest): NotableRowReport[] {
  const taken = new Set<number>()
  return KINDS.flatMap(({ kind, label, highest }) => {
    const row = extremeRow(judged, label, highest)
    if (row === null || taken.has(row)) return []
    taken.add(row)
    return [describeRow(judged, row, kind)]
  })
}

function extremeRow(
  { rows, probabilities: of }: JudgedOnTest,
  label: 0 | 1,
  highest: boolean,
): number | null {
  const { labels } = rows.all_landmarks
  const probabilities = of.all_landmarks
  let found: number | null = null
  probabilities.forEach((probability, row) => {
    if (labels[row] !== label) return
    const best = found === null ? null : probabilities[found]!
    if (best === null || (highest ? probability > best : probability < best)) found = row
  })
  return found
}

function describeRow(judged: JudgedOnTest, index: number, kind: NotableKind): NotableRowReport {
  const { predictor } = judged
  const matrix = judged.rows.all_landmarks
  const { leadId, asOf, day, label } = judged.sets.all_landmarks[index]!
  const probability = judged.probabilities.all_landmarks[index]!
  const offset = index * matrix.columns.length
  const explained = explainRow(predictor, matrix.data, offset, probability)
  const groups = groupContributions(matrix.columns, explained)
  const others = groups.slice(LISTED)
  return {
    kind,
    lead_id: isAddress(leadId) ? null : leadId,
    as_of: formatTime(asOf),
    day,
    reached: label === 1,
    probability,
    raw_points: rawPoints(probability, predictor.base),
    loss: -Math.log(label === 1 ? probability : 1 - probability),
    base: predictor.base,
    calibration: explained.calibration ?? 0,
    contributions: groups.slice(0, LISTED),
    other: {
      groups: others.length,
      log_odds: others.reduce((sum, { log_odds: logOdds }) => sum + logOdds, 0),
    },
  }
}

/** One a group, largest effect first, with the column and value that speak loudest for what the group adds up to. */
function groupContributions(
  columns: readonly Column[],
  { contributions }: RowExplanation,
): NotableContribution[] {
  const groups = new Map<string, RowExplanation['contributions'][number][]>()
  for (const contribution of contributions) {
    const { group } = columns[contribution.column]!
    const members = groups.get(group)
    if (members) members.push(contribution)
    else groups.set(group, [contribution])
  }
  return [...groups]
    .map(([group, members]): NotableContribution => {
      const logOdds = members.reduce((sum, member) => sum + (member.logOdds ?? 0), 0)
      const loudest = members.reduce((best, member) =>
        member.points * Math.sign(logOdds) > best.points * Math.sign(logOdds) ? member : best,
      )
      const column = columns[loudest.column]!
      return {
        group,
        columns: members.length,
        column: column.name,
        kind: column.kind,
        value: shownValue(column, loudest.value),
        log_odds: logOdds,
      }
    })
    .sort((a, b) => Math.abs(b.log_odds) - Math.abs(a.log_odds) || (a.group < b.group ? -1 : 1))
}

function shownValue(column: Column, value: number): number | string | null {
  if (Number.isNaN(value)) return null
  if (column.kind !== 'category') return value
  const category = column.categories[value] ?? ''
  return isAddress(category) ? 'a mail address' : category
}

/** A CRM may use mail addresses as ids, or as names of owners: reports are shown around, so they stay out. */
function isAddress(text: string): boolean {
  return text.includes('@')
}
