/** Reads a reviewed list of merges: what `wonlost data merge --out` wrote, with the column `apply` as somebody left it. */
import type { MergeRequest } from '../db/merges.ts'
import { WonlostError } from '../errors.ts'
import { harmless } from '../export/csv.ts'
import type { SubjectKind } from '../glossary.ts'
import { indexHeader } from '../ingest/header-index.ts'
import { openSource } from '../ingest/open-source.ts'

const YES: ReadonlySet<string> = new Set(['yes', 'y', 'true', '1', 'x'])
const NO: ReadonlySet<string> = new Set(['', 'no', 'n', 'false', '0'])

/** Throws `file_not_readable`, and `table_invalid` with the line for a file or a row that does not say what to merge. */
export async function readMergeFile(
  file: string,
  signal?: AbortSignal,
): Promise<Readonly<Record<SubjectKind, readonly MergeRequest[]>>> {
  const requests: Record<SubjectKind, MergeRequest[]> = { account: [], lead: [] }
  const source = await openSource({ file }, signal)
  try {
    const invalid = (message: string, line = 1): WonlostError =>
      new WonlostError('table_invalid', message, { file, line })
    const columns = indexHeader(source.header)
    const place = (name: string): number => {
      const [found, ...more] = columns.find([name])
      if (found === undefined)
        throw invalid(
          `There is no column ${name}. Needed: apply, kind, from_id, into_id, as --out writes them.`,
        )
      if (more.length > 0) throw invalid(`The column ${name} is there ${more.length + 1} times.`)
      return found
    }
    const [apply, kind, from, into] = ['apply', 'kind', 'from_id', 'into_id'].map(place) as [
      number,
      number,
      number,
      number,
    ]
    const [evidence] = columns.find(['evidence'])
    for await (const { records } of source.records()) {
      for (const { line, cells, fault } of records) {
        if (fault) throw invalid(`The row cannot be read: ${fault.reason}.`, line)
        const cell = (at: number): string => plain(cells[at] ?? '').trim()
        const wanted = cell(apply).toLowerCase()
        if (NO.has(wanted)) continue
        if (!YES.has(wanted))
          throw invalid(`apply is yes, or empty. Given: ${JSON.stringify(wanted.slice(0, 60))}.`, line)
        const subject = cell(kind).toLowerCase()
        if (subject !== 'lead' && subject !== 'account')
          throw invalid(`kind is lead or account. Given: ${JSON.stringify(subject.slice(0, 60))}.`, line)
        if (cell(from) === '' || cell(into) === '')
          throw invalid('from_id and into_id must not be empty.', line)
        const why = evidence === undefined ? '' : cell(evidence)
        requests[subject].push({
          fromId: cell(from),
          intoId: cell(into),
          evidence: { confidence: 'reviewed', evidence: why === '' ? [] : why.split('; ') },
          place: { file, line },
        })
      }
    }
  } finally {
    await source.close()
  }
  return requests
}

/** Without the apostrophe that keeps spreadsheets from taking a text for a formula. */
function plain(text: string): string {
  const rest = text.slice(1)
  return text.startsWith("'") && harmless(rest) === text ? rest : text
}
