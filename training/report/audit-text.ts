/** The leakage audit for the terminal. */
import { countText } from '../../src/features/wording.ts'
import { type AuditFinding, type AuditReport, objectionsOf } from './audit-report.ts'
import { indent } from './figures.ts'

/** Columns told with their AUC; the report holds all. */
const SHOWN_FEATURES = 5

/** What it comes to, in a sentence. */
export function auditSummary(audit: AuditReport): string {
  const columns = [...new Set(objectionsOf(audit).map(({ column }) => column))]
  if (columns.length > 0)
    return `The audit suspects ${columns.join(', ')}: known only after the outcome? It should not go into service so.`
  const looks = audit.findings.filter(({ severity, used }) => severity === 'look' && used).length
  return `The audit suspects nothing that is used${looks === 0 ? '.' : `; ${countText(looks, 'finding')} to look at.`}`
}

export function auditLines(audit: AuditReport): string[] {
  const strongest = audit.features
    .slice(0, SHOWN_FEATURES)
    .map(({ column, auc }) => `${column} ${auc?.toFixed(3) ?? '-'}`)
  return [
    'Does it use only what was known at the time?',
    ...indent([
      auditSummary(audit),
      ...findingLines(audit.findings),
      ...(strongest.length > 0 ? [`Strongest by themselves (AUC): ${strongest.join(', ')}`] : []),
    ]),
  ]
}

/** What it is, why, and what to do. */
function findingLines(findings: readonly AuditFinding[]): string[] {
  return findings.flatMap(({ severity, column, used, text, advice }) => [
    `${severity}: ${column}${used ? '' : ' (not used)'}`,
    ...indent([text, advice]),
  ])
}
