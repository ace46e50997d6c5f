/** What an import did, as plain data and in words. */
import { formatTime, type Milliseconds } from '../glossary.ts'
import type { ImportKind } from './define-import.ts'
import type { PlanNote } from './row-plan.ts'
import type { RowSource } from './row-source.ts'

export interface ImportSummary {
  readonly kind: ImportKind['name']
  readonly file: string
  /** What `line` of a rejection counts. */
  readonly place: RowSource['place']
  /** Names of the map and of its object; null without one. */
  readonly map: string | null
  readonly object: string | null
  /** Columns that were left out, or taken against the rule, and why. */
  readonly notes: readonly PlanNote[]
  /** Nothing was kept: it says what would have happened. */
  readonly dryRun: boolean
  /** Rows of the file: changed + unchanged + repeated + suppressed + rejected. */
  readonly read: number
  /** New, or different from what was known. */
  readonly changed: number
  readonly unchanged: number
  /** The same row again in the same file. */
  readonly repeated: number
  /** About erased people. */
  readonly suppressed: number
  readonly rejected: number
  /** null when no row was rejected. */
  readonly rejectedFile: string | null
  /** The first few. */
  readonly rejections: readonly { readonly line: number; readonly column: string; readonly reason: string }[]
  /** Rows that changed, by table. */
  readonly written: Readonly<Record<string, number>>
  /** Accounts that rows named and that were not there. */
  readonly accountsCreated: number
  /** Anonymous events that now belong to a lead. */
  readonly eventsLinked: number
  /** Events of leads that are not there (yet). */
  readonly ofUnknownLeads: number
  /** Rows that were known from the import on, because the file does not say since when. */
  readonly knownFromNow: number
  readonly now: Milliseconds
  readonly milliseconds: number
}

/** The JSON of `wonlost import --json`. */
export function summaryToJson(summary: ImportSummary): Record<string, unknown> {
  return {
    kind: summary.kind,
    file: summary.file,
    dry_run: summary.dryRun,
    map: summary.map,
    object: summary.object,
    columns: summary.notes,
    read: summary.read,
    imported: summary.changed + summary.unchanged,
    changed: summary.changed,
    unchanged: summary.unchanged,
    repeated: summary.repeated,
    suppressed: summary.suppressed,
    rejected: summary.rejected,
    rejected_file: summary.rejectedFile,
    rejections: summary.rejections,
    written: summary.written,
    accounts_created: summary.accountsCreated,
    events_linked: summary.eventsLinked,
    of_unknown_leads: summary.ofUnknownLeads,
    known_from_now: summary.knownFromNow,
    imported_at: formatTime(summary.now),
    seconds: summary.milliseconds / 1_000,
    warnings: summaryWarnings(summary),
  }
}

/** What the user should know before going on. */
export function summaryWarnings(summary: ImportSummary): readonly string[] {
  const warnings: string[] = []
  // What was known before keeps its earlier time.
  if (summary.knownFromNow > 0 && summary.changed > 0)
    warnings.push(
      `${count(summary.knownFromNow)} rows count as known only from this import on (${formatTime(summary.now)}), because nothing says since when they were known. ` +
        `Scores from now on use them; training on the past cannot. If the times in the file are when things became known, import it again with --trusted-times.`,
    )
  if (summary.ofUnknownLeads > 0)
    warnings.push(
      `${count(summary.ofUnknownLeads)} events are of leads that are not there yet: import leads too.`,
    )
  return warnings
}

export function summaryInWords(summary: ImportSummary): string {
  const { dryRun, place } = summary
  const map = summary.map ? `, by the map ${summary.map} (${summary.object})` : ''
  const seconds = (summary.milliseconds / 1_000).toFixed(1)
  const lines = [
    `${summary.file}: ${count(summary.read)} ${summary.kind.replace('_', ' ')} read in ${seconds} s${map}`,
  ]
  if (dryRun) lines.push('  Only tried: nothing was kept. This is what would happen.')
  const row = (what: string, text: string): void => {
    lines.push(`  ${what.padEnd(dryRun ? 19 : 11)} ${text}`)
  }
  const would = (what: string): string => (dryRun ? `would be ${what}` : what)
  row(
    would('imported'),
    `${count(summary.changed + summary.unchanged)} (${count(summary.changed)} new or changed, ${count(summary.unchanged)} unchanged)`,
  )
  if (summary.repeated > 0) row('repeated', `${count(summary.repeated)} (the same row again)`)
  if (summary.suppressed > 0)
    row(would('suppressed'), `${count(summary.suppressed)} (about people who were erased)`)
  if (summary.accountsCreated > 0)
    row('accounts', `${count(summary.accountsCreated)} ${would('created')}, named here and not known before`)
  if (summary.eventsLinked > 0)
    row(
      'events',
      `${count(summary.eventsLinked)} anonymous ones ${dryRun ? 'would' : 'now'} belong to a lead`,
    )
  row(
    would('rejected'),
    `${count(summary.rejected)}${summary.rejectedFile ? `: see ${summary.rejectedFile}` : ''}`,
  )
  for (const { line, column, reason } of summary.rejections)
    lines.push(`    ${place} ${line}: ${column ? `${column} ` : ''}${reason}`)
  const more = summary.rejected - summary.rejections.length
  if (summary.rejections.length > 0 && more > 0) lines.push(`    and ${count(more)} more`)
  for (const { code, title } of NOTES) {
    const notes = summary.notes.filter((note) => note.code === code)
    if (notes.length > 0) row('columns', `${count(notes.length)} ${title}`)
    for (const reason of new Set(notes.map((note) => note.reason))) {
      const columns = notes.filter((note) => note.reason === reason).map(({ column }) => column)
      lines.push(`    ${columns.join(', ')}: ${reason}`)
    }
  }
  return lines.join('\n')
}

const NOTES: readonly { readonly code: PlanNote['code']; readonly title: string }[] = [
  {
    code: 'outcome_field',
    title: 'left out, as they give the outcome away (a map may lift one, with a reason)',
  },
  { code: 'lifted', title: 'that give the outcome away in general, and were taken all the same' },
  { code: 'not_read', title: 'not read' },
]

function count(value: number): string {
  return value.toLocaleString('en-US')
}
