/** The HTML page of each trained version, kept as it was made when the model was trained. */
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type pg from 'pg'
import { WonlostError } from '../errors.ts'
import { type ModelKind, modelTitle } from '../glossary.ts'
import type { ModelVersion } from './models.ts'

const compress = promisify(gzip)
const expand = promisify(gunzip)

export interface ReportOf {
  readonly name: string
  /** '' is the model for everyone. */
  readonly segment: string
  readonly version: number
}

/** The first page of a version stays: what was decided by it must not change afterwards. */
export async function saveReportPage(
  client: pg.Pool | pg.ClientBase,
  { name, segment, version }: ReportOf,
  page: string,
): Promise<void> {
  await client.query(
    'INSERT INTO wonlost.model_reports (name, segment, version, page) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
    [name, segment, version, await compress(page)],
  )
}

/** For what must not stay in it: somebody who was erased. */
export async function replaceReportPage(
  client: pg.ClientBase,
  { name, segment, version }: ReportOf,
  page: string,
): Promise<void> {
  await client.query(
    'UPDATE wonlost.model_reports SET page = $4 WHERE name = $1 AND segment = $2 AND version = $3',
    [name, segment, version, await compress(page)],
  )
}

/** null where none was kept: of imported models, and of versions older than these pages. */
export async function loadReportPage(
  client: pg.Pool | pg.ClientBase,
  { name, segment, version }: ReportOf,
): Promise<string | null> {
  const { rows } = await client.query<{ page: Buffer }>(
    'SELECT page FROM wonlost.model_reports WHERE name = $1 AND segment = $2 AND version = $3',
    [name, segment, version],
  )
  return rows[0] ? (await expand(rows[0].page)).toString('utf8') : null
}

export async function hasReportPage(
  client: pg.Pool | pg.ClientBase,
  { name, segment, version }: ReportOf,
): Promise<boolean> {
  const { rowCount } = await client.query(
    'SELECT FROM wonlost.model_reports WHERE name = $1 AND segment = $2 AND version = $3',
    [name, segment, version],
  )
  return rowCount === 1
}

/** The error for a version of which no page is kept, with what to do instead. */
export function noReportPage({ version, kind, report, ...model }: ModelVersion): WonlostError {
  return new WonlostError(
    'report_not_found',
    `${modelTitle(model)} version ${version} has no report with charts: ${whyNoPage(model, version, kind, report)}.`,
    { field: 'version' },
  )
}

function whyNoPage(
  { name, segment }: { readonly name: string; readonly segment: string },
  version: number,
  kind: ModelKind,
  report: unknown,
): string {
  const command = `wonlost models report${segment === '' ? '' : ` --segment ${segment}`} ${name}`
  const from = fieldOf(report, 'from_version')
  if (typeof from === 'number')
    return `it is version ${from} with its level moved, and nothing else. Look at that: ${command} ${from}`
  if (fieldOf(report, 'format') === 'wonlost.training_report')
    return `none was kept when it was trained. To make one now: ${command} ${version}`
  return `it is of kind ${kind}, and only what was trained here has one`
}

function fieldOf(report: unknown, field: string): unknown {
  return typeof report === 'object' && report !== null
    ? Object.getOwnPropertyDescriptor(report, field)?.value
    : undefined
}
