/** What the leakage audit found, as plain data. What each check means and what to do is in docs/leakage-audit.md. */

/** suspect: known only after the outcome, or because of it. look: somebody who knows should say. note: for completeness. */
export const AUDIT_SEVERITIES = ['suspect', 'look', 'note'] as const
export type AuditSeverity = (typeof AUDIT_SEVERITIES)[number]

export interface AuditFinding {
  /** Which check: `knows_outcome`, `irreplaceable`, ... */
  readonly id: string
  /** A feature's column, a trait (`lead.title`), or what the finding is about. */
  readonly column: string
  readonly severity: AuditSeverity
  /** Whether the model reads it, or its figures rest on it. false: a trait that is recorded and that the model leaves alone. */
  readonly used: boolean
  /** null where there is nothing to measure. */
  readonly figure: { readonly name: string; readonly value: number } | null
  readonly text: string
  /** What to do. */
  readonly advice: string
}

export interface AuditReport {
  /** AUC of each column by itself, the strongest first; null where it could not be measured. */
  readonly features: readonly { readonly column: string; readonly auc: number | null }[]
  /** The gravest first. */
  readonly findings: readonly AuditFinding[]
}

/** What stands in the way of service: suspects that the model uses. A suspect that it leaves alone does no harm. */
export function objectionsOf({ findings }: AuditReport): readonly AuditFinding[] {
  return findings.filter(({ severity, used }) => severity === 'suspect' && used)
}
