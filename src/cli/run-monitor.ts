/** Watches the champions and keeps what was found: what `wonlost monitor` does, and `serve` by its schedule. */
import type pg from 'pg'
import { type MonitoredModel, monitorModels } from '../../training/monitor/monitor.ts'
import type { MonitorReport } from '../../training/monitor/monitor-report.ts'
import { trainingBehind } from '../../training/monitor/training-behind.ts'
import type { Config } from '../config.ts'
import { champions, listModels, loadArtifactBody } from '../db/models.ts'
import { saveMonitorRun } from '../db/monitor-runs.ts'
import { WonlostError } from '../errors.ts'
import type { Milliseconds, ReportProgress } from '../glossary.ts'
import { modelsFolder } from '../package-folder.ts'
import { parsePolicy } from '../policy/policy.ts'
import { loadModel } from '../scoring/load-model.ts'
import { readModelsFolder } from '../server/models-folder.ts'

export const DEFAULT_WINDOW_DAYS = 30

export interface MonitorRunOptions {
  /** Names of models; none: all that serve. */
  readonly names: readonly string[]
  readonly asOf: Milliseconds
  readonly windowDays: number
  readonly now: () => Milliseconds
  readonly report?: ReportProgress
  readonly signal?: AbortSignal
}

export interface MonitorRunResult {
  readonly reports: readonly MonitorReport[]
  /** Names that were asked for, or have a definition, and that nothing trained serves: the rubric does. */
  readonly untrained: readonly string[]
}

/** Throws `model_not_found` for a name that there is not, and what loading an artifact throws. */
export async function runMonitor(
  pool: pg.Pool,
  config: Config,
  { names, asOf, windowDays, now, ...running }: MonitorRunOptions,
): Promise<MonitorRunResult> {
  const texts = await readModelsFolder(modelsFolder(config))
  const { bands } = parsePolicy(texts.policy.text, texts.policy.file)
  const serving = await champions(pool)
  const known = [...new Set([...serving.map(({ name }) => name), ...Object.keys(texts.definitions)])].sort()
  const unknown = names.find((name) => !known.includes(name))
  if (unknown !== undefined) {
    const message = `There is no model "${unknown}". Allowed: ${known.join(', ') || 'none'}.`
    throw new WonlostError('model_not_found', message)
  }
  const wanted = names.length > 0 ? [...new Set(names)] : known
  const models: MonitoredModel[] = []
  for (const { name, segment, version, artifactSha256: sha256 } of serving) {
    if (!wanted.includes(name)) continue
    const body = await loadArtifactBody(pool, sha256)
    const versions = (await listModels(pool, name)).filter((one) => one.segment === segment)
    const versionOf = (wanted: number) => versions.find((one) => one.version === wanted)
    const reportOf = (wanted: number) => versionOf(wanted)?.report
    const report = trainingBehind(reportOf(version), reportOf)
    // Of a model from elsewhere that was not told, it is when it was imported.
    const cutoff = versionOf(version)!.cutoff
    models.push({ model: loadModel({ name, segment, version, sha256, body }), report, cutoff })
  }
  const reports =
    models.length > 0 ? await monitorModels(pool, models, { asOf, windowDays, bands, ...running }) : []
  const createdAt = now()
  for (const report of reports) {
    const { model: name, segment, version, verdict } = report
    await saveMonitorRun(pool, { name, segment, version, asOf, windowDays, verdict, report, createdAt })
  }
  return {
    reports,
    untrained: wanted.filter((name) => !models.some(({ model }) => model.name === name)),
  }
}
