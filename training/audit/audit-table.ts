/** The audit of a flat table, which has no times: columns are judged by their figures and their names. See docs/leakage-audit.md. */
import { outcomeFieldReason } from '../../src/outcome-fields.ts'
import type { AuditFinding, AuditReport } from '../report/audit-report.ts'
import { percent } from '../report/figures.ts'
import type { InferredColumns } from '../table/infer-columns.ts'
import type { TextTable } from '../table/read-table.ts'
import type { TableData } from '../table/table-data.ts'
import { buildMatrix, fitVocabulary } from '../table/table-matrix.ts'
import { type AuditUnit, accuse } from './accuse.ts'
import { gravestFirst } from './gravest-first.ts'
import { sampleRows } from './sample-rows.ts'

const LEAVE_OUT = 'If it is known only after the outcome, leave it out with --exclude.'

export function auditTable(data: TableData, inferred: InferredColumns, table: TextTable): AuditReport {
  const { columns, rows, labels, groups, seed } = data
  const matrix = buildMatrix(columns, fitVocabulary(columns, rows), rows, labels, groups)
  const sample = sampleRows(matrix, seed)
  const units = [...new Set(columns.map(({ source }) => source))].map(
    (source): AuditUnit => ({
      name: source,
      columns: columns.flatMap((column, place) => (column.source === source ? [place] : [])),
      named: outcomeFieldReason(source),
    }),
  )
  const outcomes = { labels: sample.matrix.labels, of: 'the rows' }
  const { features, accusations } = accuse(sample, units, [outcomes])
  const accused = new Set(accusations.map(({ unit }) => unit.name))
  const findings = [
    ...accusations.map(
      ({ unit, ...because }): AuditFinding => ({
        ...because,
        column: unit.name,
        severity: 'suspect',
        used: true,
        advice: LEAVE_OUT,
      }),
    ),
    ...units.filter(({ name }) => !accused.has(name)).flatMap(namedFinding),
    ...table.names.flatMap((name, place) => sharedFinding(name, table.cells[place]!, data)),
    ...inferred.identifiers.map(identifierFinding),
  ]
  return { features, findings: gravestFirst(findings) }
}

function namedFinding({ name, named }: AuditUnit): AuditFinding[] {
  if (named === null) return []
  return [
    {
      id: 'outcome_name',
      column: name,
      severity: 'look',
      used: true,
      figure: null,
      text: `By its name it ${named}.`,
      advice: LEAVE_OUT,
    },
  ]
}

function identifierFinding({ column, because }: InferredColumns['dropped'][number]): AuditFinding {
  return {
    id: 'identifier',
    column,
    severity: 'note',
    used: false,
    figure: null,
    text: `It is not learned from: ${because}.`,
    advice: 'Nothing. If rows of one person or company have the same value, name it with --id.',
  }
}

const MAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/
/** Of the rows, so many have an address: then it is a column of addresses. */
const MAILS_FROM = 0.5
const SHARED_FROM = 0.01

/** Rows of one address that do not stay together: some are learned from, others judge. */
function sharedFinding(name: string, cells: readonly string[], { rows, groups }: TableData): AuditFinding[] {
  const groupsOf = new Map<string, Set<number>>()
  let mails = 0
  for (const row of rows) {
    const mail = cells[row]!.toLowerCase()
    if (!MAIL.test(mail)) continue
    mails += 1
    const own = groupsOf.get(mail) ?? new Set()
    groupsOf.set(mail, own.add(groups[row]!))
  }
  if (mails < MAILS_FROM * rows.length) return []
  let shared = 0
  for (const row of rows) if ((groupsOf.get(cells[row]!.toLowerCase())?.size ?? 0) > 1) shared += 1
  const share = shared / rows.length
  if (share < SHARED_FROM) return []
  return [
    {
      id: 'shared_contacts',
      column: name,
      severity: 'look',
      used: true,
      figure: { name: 'share', value: share },
      text: `${percent(share)} of the rows share their mail address with another row: some are learned from and others judge, so the figures are a little too good.`,
      advice: `Keep them together: --id ${name}.`,
    },
  ]
}
