/** `wonlost demo`: all of it on simulated history. Each step is what its own command does. */
import { generateInto } from '../../data/load.ts'
import { measureTruth } from '../../data/measure-truth.ts'
import type { TrainedModel } from '../../training/pipeline.ts'
import { randomIntegers } from '../../training/random.ts'
import { modelReportLines } from '../../training/report/model-report-text.ts'
import { type Database, openDatabase } from '../db/database.ts'
import { listLeads } from '../db/lead-list.ts'
import { WonlostError } from '../errors.ts'
import { definitionFromPlain } from '../features/definition.ts'
import { DAY, formatTime, type Milliseconds } from '../glossary.ts'
import { promote } from '../jobs/change-champion.ts'
import { scoreOneLead } from '../jobs/score-lead.ts'
import { scoreLeads } from '../jobs/score-leads.ts'
import type { ScoredLead } from '../scoring/scored-lead.ts'
import { loadEngine } from '../server/engine.ts'
import type { CommandContext, ExitCode } from './command.ts'
import { leadLines } from './lead-page.ts'
import { championChange } from './promote-model.ts'
import { runServer } from './run-server.ts'
import { scoringThreads } from './scoring-threads.ts'
import { trainModels } from './train-models.ts'

export interface DemoOptions {
  readonly leads: number
  readonly seed: number
  /** Stop after the report. */
  readonly isOnce: boolean
}

const MONTHS = 24
const BEST = 5

export async function runDemo(context: CommandContext, options: DemoOptions): Promise<ExitCode> {
  const { config, say, now, signal } = context
  const database = await openDatabase(config, { say, signal })
  try {
    const best = await showAll(context, database, options, now())
    return options.isOnce ? 0 : await runServer(context, best)
  } finally {
    await database.close()
  }
}

/** Returns the id of the best lead. */
async function showAll(
  context: CommandContext,
  database: Database,
  { leads, seed }: DemoOptions,
  startedAt: Milliseconds,
): Promise<string | undefined> {
  const { json, print, progress, now, signal } = context
  // The history ends with yesterday, so that what the server answers as of now is about leads of these days.
  const asOf = Math.floor(startedAt / DAY) * DAY
  await requireNoOtherData(database)
  const simulation = { leads, seed, months: MONTHS, endsAt: asOf, drift: true }
  const settings = { reset: true, report: progress, signal }
  const history = await generateInto(database.pool, simulation, settings)
  const models = await trainAll(context, database, asOf)
  const engine = await loadEngine(database.pool, context.config)
  const scores = await scoreLeads(database.pool, engine, {
    asOf,
    scoredAt: now(),
    cause: 'demo',
    restart: true,
    threads: scoringThreads(context.config, database, {}),
    report: progress,
    signal,
  })
  const queue = await listLeads(database.pool, {
    model: engine.policy.decided_by,
    sort: '-score',
    verdict: 'eligible',
    limit: BEST,
    after: null,
  })
  const best: ScoredLead[] = []
  for (const { leadId } of queue.leads) {
    best.push(await scoreOneLead(database.pool, engine, leadId, asOf, { explain: true }))
  }
  const seconds = (now() - startedAt) / 1_000
  if (json) {
    print(JSON.stringify({ as_of: formatTime(asOf), history, models, scores, best, seconds }))
  } else {
    print(`\nThe ${best.length} best of ${scores.leads} leads as of ${formatTime(asOf)}\n`)
    print(best.map((scored) => leadLines(scored).join('\n')).join('\n\n'))
    print(`\nAll of it took ${seconds.toFixed(0)} s. One lead in full:`)
    print(`  npx wonlost explain ${best[0]?.lead_id ?? 'LEAD'} --as-of ${formatTime(asOf)}\n`)
  }
  return best[0]?.lead_id
}

/** A second demo begins again; data of one's own is never touched. */
async function requireNoOtherData({ pool }: Database): Promise<void> {
  const { rows } = await pool.query<{ count: number }>(
    "SELECT count(*) FROM wonlost.leads WHERE source <> 'simulator'",
  )
  const count = rows[0]?.count ?? 0
  if (count === 0) return
  const message = `The demo fills a database with simulated leads, and this one holds ${count} others. Give it a database of its own: WONLOST_HOME=another-folder npx wonlost demo.`
  throw new WonlostError('usage', message)
}

async function trainAll(
  context: CommandContext,
  database: Database,
  cutoff: Milliseconds,
): Promise<unknown[]> {
  const { json, print, say, now } = context
  const models: unknown[] = []
  for await (const result of trainModels(context, database, { names: [], promote: true, cutoff })) {
    const { name } = result
    if ('tooLittleData' in result) {
      const { code, message } = result.tooLittleData
      say(`${name} was not trained: ${message} The rubric serves instead. More leads: --leads.`)
      models.push({ name, error: { code, message } })
      continue
    }
    const { trained, kept } = result
    say(`${name} version ${kept.version} is the ${kept.alias}: ${kept.reason}.`)
    await replaceFormerChampion(database, name, kept, now())
    const isMain = name === 'conversion'
    const truth = isMain ? await measure(database, trained) : undefined
    models.push({ name, ...kept, report: trained.report, truth })
    if (!isMain || json || !truth) continue
    print(`\n${modelReportLines(trained.report).join('\n')}\n`)
    print('How much better could it be? The simulator knows the true probability of each of these rows.')
    print(`  AUC of the truth ${truth.aucTruth.toFixed(3)}, of the model ${truth.aucModel.toFixed(3)}`)
  }
  return models
}

/** The champion of an earlier demo learned from a history that is gone. */
async function replaceFormerChampion(
  { pool }: Database,
  name: string,
  kept: { readonly version: number; readonly alias: string },
  now: Milliseconds,
): Promise<void> {
  const { rowCount } = await pool.query(
    "SELECT FROM wonlost.model_aliases WHERE name = $1 AND segment = '' AND alias = 'champion'",
    [name],
  )
  if (kept.alias !== 'champion' && rowCount === 1) {
    const change = { ...championChange(name, 'the demo began again', now), force: true }
    await promote(pool, kept.version, change)
  }
}

function measure({ pool }: Database, { judged, artifact }: TrainedModel) {
  const { horizonDays } = definitionFromPlain(artifact.definition)
  if (horizonDays === null) return undefined
  return measureTruth(pool, judged.all_landmarks, horizonDays, randomIntegers(artifact.training.seed))
}
