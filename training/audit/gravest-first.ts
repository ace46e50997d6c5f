import { AUDIT_SEVERITIES, type AuditFinding } from '../report/audit-report.ts'

/** By severity; what the model uses before what it does not; then as found. */
export function gravestFirst(findings: readonly AuditFinding[]): AuditFinding[] {
  const rank = ({ severity, used }: AuditFinding): number =>
    2 * AUDIT_SEVERITIES.indexOf(severity) + (used ? 0 : 1)
  return findings.toSorted((a, b) => rank(a) - rank(b))
}
