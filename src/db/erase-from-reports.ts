/** Reports of models show a few rows of leads by their ids; those of somebody who is erased go, from the figures as from the page. */
import type pg from 'pg'
import { loadReportPage, type ReportOf, replaceReportPage } from './model-reports.ts'

export interface ReportEdit extends ReportOf {
  /** null: it stays. */
  readonly report: unknown
  readonly page: string | null
}

/** What has to change; nothing is changed yet. Pages are many and large: do it before anything is locked. */
export async function editReports(
  client: pg.Pool | pg.ClientBase,
  leadIds: readonly string[],
): Promise<ReportEdit[]> {
  const { rows } = await client.query<ReportOf & { report: unknown }>(
    'SELECT name, segment, version, report FROM wonlost.models ORDER BY name, segment, version',
  )
  const edits: ReportEdit[] = []
  for (const { report, ...of } of rows) {
    const edited = withoutLeads(report, new Set(leadIds))
    const before = await loadReportPage(client, of)
    const page = before === null ? null : pageWithoutLeads(before, leadIds)
    const isOther = edited !== report
    if (isOther || page !== before)
      edits.push({ ...of, report: isOther ? edited : null, page: page === before ? null : page })
  }
  return edits
}

export async function applyReportEdits(client: pg.ClientBase, edits: readonly ReportEdit[]): Promise<void> {
  for (const { report, page, ...of } of edits) {
    if (report !== null)
      await client.query(
        'UPDATE wonlost.models SET report = $4 WHERE name = $1 AND segment = $2 AND version = $3',
        [of.name, of.segment, of.version, JSON.stringify(report)],
      )
    if (page !== null) await replaceReportPage(client, of, page)
  }
}

/** Without the entries of lists that are about one of them. The same value when there are none. */
function withoutLeads(value: unknown, leadIds: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) {
    const kept = value.filter((one) => !isAbout(one, leadIds))
    const edited = kept.map((one) => withoutLeads(one, leadIds))
    const isSame = edited.length === value.length && edited.every((one, i) => one === value[i])
    return isSame ? value : edited
  }
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  const edited = entries.map(([key, one]) => [key, withoutLeads(one, leadIds)] as const)
  return edited.every(([, one], i) => one === entries[i]![1]) ? value : Object.fromEntries(edited)
}

function isAbout(value: unknown, leadIds: ReadonlySet<string>): boolean {
  if (typeof value !== 'object' || value === null || !('lead_id' in value)) return false
  return typeof value.lead_id === 'string' && leadIds.has(value.lead_id)
}

/** Without the figures whose caption names one of them, as `notable.ts` of the report writes it. */
function pageWithoutLeads(page: string, leadIds: readonly string[]): string {
  const captions = leadIds.map((leadId) => `<span>Lead ${escaped(leadId)}, `)
  return page.replace(/<figure>.*?<\/figure>/gs, (figure) =>
    captions.some((caption) => figure.includes(caption)) ? '' : figure,
  )
}

const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPED[character] ?? '')
}
