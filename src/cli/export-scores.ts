/** The rows of `wonlost export scores`, streamed: stored scores page by page, their reasons computed on the way. */
import type pg from 'pg'
import type { Config } from '../config.ts'
import { modelNames } from '../db/models.ts'
import { streamRecords } from '../db/records.ts'
import { type LeadScores, type ScorePage, scoredModels, streamScores } from '../db/score-stream.ts'
import { WonlostError } from '../errors.ts'
import type { ExportRow, ExportTable } from '../export/table.ts'
import {
  type AccountRecord,
  formatTime,
  type LeadRecord,
  type Milliseconds,
  type ReportProgress,
} from '../glossary.ts'
import { createStoredExplainer, type StoredExplainer } from '../jobs/explain-stored.ts'
import { fromStoredScores } from '../jobs/stored-lead.ts'
import { modelsFolder } from '../package-folder.ts'
import { readConfigured } from '../scoring/configured.ts'
import { visibleFacts } from '../scoring/visible-facts.ts'
import { readModelsFolder } from '../server/models-folder.ts'
import { type ScoreTable, scoreTable } from './score-table.ts'

export interface ScoreExportQuery {
  readonly changedSince: Milliseconds | null
  /** null: all that there are scores of. */
  readonly models: readonly string[] | null
  readonly email: boolean
  readonly reasons: boolean
}

export interface ScoreExport {
  readonly table: ExportTable
  readonly columns: readonly string[]
  /** ISO 8601; null: nothing was scored yet. With it, the next export misses nothing that was stored after this one began. */
  readonly next: string | null
  /** What the user should know; complete when all rows were read. */
  readonly notes: () => readonly string[]
}

/** Throws `usage` and `model_not_found` for the models, what is wrong with a file of the models folder, and the errors of the database; the rows throw `interrupted`. */
export async function exportScores(
  pool: pg.Pool,
  config: Config,
  query: ScoreExportQuery,
  options: { readonly report?: ReportProgress; readonly signal?: AbortSignal } = {},
): Promise<ScoreExport> {
  const texts = await readModelsFolder(modelsFolder(config))
  // Read before the scores are: what is stored meanwhile is exported again next time, not missed.
  const scored = await scoredModels(pool)
  const configured = readConfigured(texts, { forEveryone: new Set(), names: await modelNames(pool) })
  const models = query.models ?? decidingFirst(scored.models, configured.policy.decided_by)
  checkModels(models, scored.models)
  const explainer = query.reasons ? createStoredExplainer(pool, configured) : null
  const table = scoreTable({ ...query, models })
  const pages = streamScores(pool, { models, changedSince: query.changedSince })
  return {
    table: {
      columns: table.columns,
      rows: rowsOf(pool, pages, { query, models, explainer, table, ...options }),
    },
    columns: table.columns.map(({ name }) => name),
    next: scored.latest === null ? null : formatTime(scored.latest),
    notes: () => [
      ...(scored.latest === null
        ? ['no lead has a stored score yet; "wonlost score --all" makes them.']
        : []),
      ...(explainer ? notesOf(explainer) : []),
    ],
  }
}

interface Reading {
  readonly query: ScoreExportQuery
  readonly models: readonly string[]
  readonly explainer: StoredExplainer | null
  readonly table: ScoreTable
  readonly report?: ReportProgress
  readonly signal?: AbortSignal
}

async function* rowsOf(
  pool: pg.Pool,
  pages: AsyncIterable<ScorePage>,
  { query, models, explainer, table, report, signal }: Reading,
): AsyncGenerator<ExportRow, void, undefined> {
  for await (const { leads, done, total } of pages) {
    signal?.throwIfAborted()
    await explainer?.prepare(leads.flatMap(({ scores }) => scores))
    const known = explainer || query.email ? await whatIsKnown(pool, leads, explainer, signal) : null
    for (const { leadId, scores } of leads) {
      const scored = fromStoredScores(scores, models)
      if (!scored) continue
      const scoredAt = Math.max(...scores.map((score) => score.scoredAt))
      const { email, reasons } = known?.get(leadId) ?? NOTHING
      yield table.row({ scored, scoredAt, email, reasons })
    }
    report?.('exporting scores (leads)', done, total)
  }
}

interface Known {
  readonly email: string | null
  readonly reasons: ReturnType<StoredExplainer['reasonsOf']>
}

const NOTHING: Known = { email: null, reasons: new Map() }

/** Worked out as the facts of one account after the other come, so that those of one page need not be held together. */
async function whatIsKnown(
  pool: pg.Pool,
  leads: readonly LeadScores[],
  explainer: StoredExplainer | null,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, Known>> {
  const wanted = new Map(leads.map(({ leadId, scores }) => [leadId, scores]))
  const known = new Map<string, Known>()
  for await (const account of streamRecords(pool, { leadIds: [...wanted.keys()] })) {
    signal?.throwIfAborted()
    for (const lead of account.leads) {
      const scores = wanted.get(lead.leadId)
      if (!scores) continue
      const reasons = explainer?.reasonsOf(account, lead, scores) ?? NOTHING.reasons
      known.set(lead.leadId, { email: addressOf(account, lead), reasons })
    }
  }
  return known
}

/** The newest, whenever the score is of: the CRM knows the lead by it. */
function addressOf(account: AccountRecord, lead: LeadRecord): string | null {
  const email = visibleFacts(account, lead, Number.POSITIVE_INFINITY).leadTraits.get('email')?.value
  return typeof email === 'string' && email !== '' ? email : null
}

function decidingFirst(models: readonly string[], decidedBy: string): string[] {
  return [...models].sort((a, b) => Number(b === decidedBy) - Number(a === decidedBy))
}

function checkModels(models: readonly string[], known: readonly string[]): void {
  const repeated = models.find((name, i) => models.indexOf(name) < i)
  if (repeated !== undefined)
    throw new WonlostError('usage', `--model names ${repeated} twice; name it once.`)
  const unknown = models.find((name) => !known.includes(name))
  if (unknown === undefined) return
  const message = `There are no stored scores of a model "${unknown}". Allowed: ${known.join(', ') || 'none, nothing is scored yet'}.`
  throw new WonlostError('model_not_found', message)
}

function notesOf({ unexplained, moved }: StoredExplainer): string[] {
  const notes = [...unexplained].map(([why, count]) => `${count} scores have no reasons: ${why}.`)
  if (moved > 0)
    notes.push(
      `${moved} scores would come out otherwise now, as facts of before their time were corrected: their reasons are of what is known now. "wonlost score --all" scores them again.`,
    )
  return notes
}
