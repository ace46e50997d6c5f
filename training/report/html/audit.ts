/** What the leakage audit found. */
import type { AuditReport, AuditSeverity } from '../audit-report.ts'
import { auditSummary } from '../audit-text.ts'
import { fixed } from '../figures.ts'
import { html, type Markup } from './markup.ts'
import { badge, paragraph, type Section, table } from './parts.ts'

const SEVERITIES: Readonly<Record<AuditSeverity, readonly [string, 'bad' | 'look' | 'plain']>> = {
  suspect: ['suspect', 'bad'],
  look: ['look', 'look'],
  note: ['note', 'plain'],
}

const SHOWN_FEATURES = 12

export function auditSection(audit: AuditReport | undefined): Section | null {
  if (!audit) return null
  const { findings, features } = audit
  return {
    id: 'audit',
    title: 'Does it use only what was known?',
    body: [
      paragraph(auditSummary(audit)),
      findings.length > 0 ? html`<ul class="findings">${findings.map(findingItem)}</ul>` : null,
      features.length > 0
        ? table(
            [{ title: 'column' }, { title: 'AUC by itself', isFigure: true }],
            features.slice(0, SHOWN_FEATURES).map(({ column, auc }) => [column, fixed(auc, 3)]),
            'How well each column tells the outcome by itself, the strongest first',
          )
        : null,
    ],
  }
}

function findingItem({
  severity,
  column,
  used,
  figure,
  text,
  advice,
}: AuditReport['findings'][number]): Markup {
  const [word, tone] = SEVERITIES[severity]
  return html`<li>${badge(word, tone)} <b>${column}</b>${
    figure ? html` <span class="note">${figure.name} ${Number(figure.value.toPrecision(4))}</span>` : null
  }<p>${used ? '' : 'Not used. '}${text}</p><p class="note">${advice}</p></li>`
}
