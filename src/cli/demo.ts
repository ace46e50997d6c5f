/** `wonlost demo`: all of it on simulated history. Each step is what its own command does. */
import { generateInto } from '../../data/load.ts'
import { measureTruth } from '../../data/measure-truth.ts'
import type { SimulationOptions } from '../../data/simulator/process.ts'
import type { TrainedModel } from '../../training/pipeline.ts'
import { randomIntegers } from '../../training/random.ts'
import { modelReportLines } from '../../training/report/model-report-text.ts'
import type { StandIn } from '../../training/rubric/stand-in.ts'
import { type Database, openDatabase } from '../db/database.ts'
import { listLeads } from '../db/lead-list.ts'
import { definitionFromPlain } from '../features/definition.ts'
import { DAY, formatTime, type Milliseconds, modelTitle } from '../glossary.ts'
import { promote } from '../jobs/change-champion.ts'
import { scoreOneLead } from '../jobs/score-lead.ts'
import { type ScoreSummary, scoreLeads } from '../jobs/score-leads.ts'
import type { ScoredLead } from '../scoring/scored-lead.ts'
import { requireFreeAddress } from '../server/address.ts'
import { loadEngine } from '../server/engine.ts'
import { isLoopback, refuseOpenServer } from '../server/loopback.ts'
import type { CommandContext, ExitCode } from './command.ts'
import { requireDemoDatabase } from './demo-database.ts'
import { demoTraffic } from './demo-traffic.ts'
import { leadLines, printable } from './lead-page.ts'
import { championChange } from './promote-model.ts'
import { runServer } from './run-server.ts'
import { scoringThreads } from './scoring-threads.ts'
import { standInLines, standInNumbers } from './stand-in-text.ts'
import { trainModels } from './train-models.ts'

export interface DemoOptions {
  readonly leads: number
  readonly seed: number
  /** Stop after the report. */
  readonly isOnce: boolean
  /** Serve with people who go on doing things. */
  readonly hasTraffic: boolean
}

const MONTHS = 24
const BEST = 5
const DAYS_BEFORE = [7, 4, 2]

export async function runDemo(context: CommandContext, options: DemoOptions): Promise<ExitCode> {
  const { config, say, now, signal } = context
  // Rather now than when all is trained.
  if (!options.isOnce) {
    refuseOpenServer(config)
    await requireFreeAddress(config)
  }
  const database = await openDatabase(config, { say, signal })
  const startedAt = now()
  const simulation = simulationOf(options, startedAt)
  try {
    const best = await showAll(context, database, { simulation, startedAt, isOnce: options.isOnce })
    if (options.isOnce) return 0
    const served = openToThisMachine(context)
    if (!options.hasTraffic) return await runServer(served, { lead: best })
    return await runServer(quiet(served), { lead: best, beside: demoTraffic(served, simulation) })
  } finally {
    await database.close()
  }
}

/** What is simulated is nobody's secret: without keys, unless somebody else could reach the server or AUTH says otherwise. */
function openToThisMachine(context: CommandContext): CommandContext {
  const { config } = context
  const auth = config.auth ?? (isLoopback(config.host) ? 'off' : 'keys')
  return { ...context, config: { ...config, auth } }
}

/** A line for each request of the traffic would push the address of the dashboard out of sight. */
function quiet(context: CommandContext): CommandContext {
  const { config } = context
  return config.logLevel === 'info' ? { ...context, config: { ...config, logLevel: 'warn' } } : context
}

/** The history ends with yesterday, so that what the server answers as of now is about leads of these days. */
function simulationOf({ leads, seed }: DemoOptions, startedAt: Milliseconds): SimulationOptions {
  return { leads, seed, months: MONTHS, endsAt: Math.floor(startedAt / DAY) * DAY, drift: true }
}

interface Shown {
  readonly simulation: SimulationOptions
  readonly startedAt: Milliseconds
  readonly isOnce: boolean
}

/** Returns the id of the best lead. */
async function showAll(
  context: CommandContext,
  database: Database,
  { simulation, startedAt, isOnce }: Shown,
): Promise<string> {
  const { json, print, say, progress, now, signal } = context
  const asOf = simulation.endsAt
  const others = await requireDemoDatabase(database.pool)
  if (others > 0) say(`Leads, accounts and deals that are not simulated stay: ${others}.`)
  const settings = { reset: true, report: progress, signal }
  const history = await generateInto(database.pool, simulation, settings)
  const standIns = new Map<string, StandIn>()
  const models = await trainAll(context, database, asOf, standIns)
  const engine = await loadEngine(database.pool, context.config)
  const scoreAsOf = (time: Milliseconds): Promise<ScoreSummary> =>
    scoreLeads(database.pool, engine, {
      asOf: time,
      // Responses to what changed since the first of them are promised.
      isNow: true,
      scoredAt: now(),
      cause: 'demo',
      restart: true,
      threads: scoringThreads(context.config, database, {}),
      report: progress,
      signal,
    })
  // As if it had run before: the queue shows how scores moved, and to whom a response is promised.
  if (!isOnce) for (const days of DAYS_BEFORE) await scoreAsOf(asOf - days * DAY)
  const scores = await scoreAsOf(asOf)
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
    const deciding = engine.policy.decided_by
    const standIn = standIns.get(deciding)
    if (standIn) print(['', ...standInLines(deciding, standIn)].map(printable).join('\n'))
    print(`\nAll of it took ${seconds.toFixed(0)} s. One lead in full:`)
    print(`  npx wonlost explain ${best[0]?.lead_id ?? 'LEAD'} --as-of ${formatTime(asOf)}\n`)
  }
  return best[0]?.lead_id ?? 'LEAD'
}

async function trainAll(
  context: CommandContext,
  database: Database,
  cutoff: Milliseconds,
  standIns: Map<string, StandIn>,
): Promise<unknown[]> {
  const { json, print, say, now } = context
  const models: unknown[] = []
  for await (const result of trainModels(context, database, { names: [], promote: true, cutoff })) {
    const { name, segment, standIn } = result
    const title = modelTitle(result)
    if (standIn) standIns.set(name, standIn)
    if ('tooLittleData' in result) {
      const { code, message } = result.tooLittleData
      say(`${title} was not trained: ${message} More leads: --leads.`)
      models.push({
        name,
        segment: segment || null,
        error: { code, message },
        ...(standIn ? standInNumbers(standIn) : {}),
      })
      continue
    }
    const { trained, kept } = result
    say(`${title} version ${kept.version} is the ${kept.alias}: ${kept.reason}. ${worthText(trained)}`)
    await replaceFormerChampion(database, result, kept, now())
    const isMain = name === 'conversion' && segment === ''
    const truth = isMain ? await measure(database, trained) : undefined
    models.push({ name, segment: segment || null, ...kept, report: trained.report, truth })
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
  { name, segment }: { readonly name: string; readonly segment: string },
  kept: { readonly version: number; readonly alias: string },
  now: Milliseconds,
): Promise<void> {
  const { rowCount } = await pool.query(
    "SELECT FROM wonlost.model_aliases WHERE name = $1 AND segment = $2 AND alias = 'champion'",
    [name, segment],
  )
  if (kept.alias !== 'champion' && rowCount === 1) {
    const change = { ...championChange(name, segment, 'the demo began again', now), force: true }
    await promote(pool, kept.version, change)
  }
}

/** What it is worth, in a sentence: on the most recent part, that it never saw. */
function worthText({ report }: TrainedModel): string {
  const { auc, base_rate: baseRate } = report.evaluation[0]!.metrics
  const { reached } = report.subjects
  const share = baseRate === null ? '' : `; ${(100 * baseRate).toFixed(1)} % of the test part reached it`
  return `Learned from ${reached} that reached the target${share}${auc === null ? '' : `; AUC ${auc.toFixed(3)}`}.`
}

function measure({ pool }: Database, { judged, artifact }: TrainedModel) {
  const { horizonDays } = definitionFromPlain(artifact.definition)
  if (horizonDays === null) return undefined
  return measureTruth(pool, judged.all_landmarks, horizonDays, randomIntegers(artifact.training.seed))
}
