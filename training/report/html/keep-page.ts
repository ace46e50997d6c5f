/** Makes the page of a version out of the report that is kept, and keeps it beside it. */
import type pg from 'pg'
import { loadReportPage, saveReportPage } from '../../../src/db/model-reports.ts'
import type { ModelVersion } from '../../../src/db/models.ts'
import { isTrainingReport } from '../model-report.ts'
import { reportPage } from './page.ts'

/**
 * The page that is kept, or else one made now and kept: versions of before there were pages get theirs when somebody asks. null for
 * what has no training report, such as imported models.
 */
export async function keptReportPage(
  client: pg.Pool | pg.ClientBase,
  { name, segment, version, artifactSha256: sha256, createdAt, report }: ModelVersion,
): Promise<string | null> {
  const of = { name, segment, version }
  const kept = await loadReportPage(client, of)
  if (kept !== null || !isTrainingReport(report)) return kept
  const page = reportPage(report, { version, sha256, createdAt })
  await saveReportPage(client, of, page)
  return page
}
