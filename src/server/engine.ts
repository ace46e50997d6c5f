/** From champions in the database and files in the models folder to an engine that scores. */
import type pg from 'pg'
import { parse } from 'yaml'
import type { Config } from '../config.ts'
import { recordConfiguration } from '../db/configurations.ts'
import { calibratedRubrics, champions, loadArtifactBody, modelNames } from '../db/models.ts'
import { newestWonAmounts, newestWonAmountsKey } from '../db/won-amounts.ts'
import { WonlostError } from '../errors.ts'
import type { Milliseconds } from '../glossary.ts'
import { modelsFolder } from '../package-folder.ts'
import { inOrder, readConfigured } from '../scoring/configured.ts'
import type { Engine, LoadedModel } from '../scoring/engine.ts'
import { loadModel } from '../scoring/load-model.ts'
import { idleSegments, type PolicyNames } from '../scoring/read-policy.ts'
import { guardrailsBody, readModelsFolder, sha256 } from './models-folder.ts'

/** A policy or guardrails in force, for those who ask. */
interface ConfigurationInForce {
  readonly version: string
  /** The YAML as it was read. */
  readonly source: string
  readonly content: Record<string, unknown>
}

/** An engine with what it was made of. Never changed; the next state is another one. */
export interface LoadedEngine {
  readonly engine: Engine
  readonly policy: ConfigurationInForce
  /** What a policy in the place of this one may name. */
  readonly policyNames: PolicyNames
  readonly guardrails: ConfigurationInForce
  /** Won deals behind the expected values were looked at as of then; null: never. */
  readonly amountsAsOf: Milliseconds | null
  /** Equal for the same champions, files and amounts. */
  readonly key: string
  /** Champions that could not be loaded: the version before them still answers, where there was one. Segments of the policy that are idle. */
  readonly problems: readonly { readonly code: string; readonly message: string }[]
}

type Champion = Awaited<ReturnType<typeof champions>>[number]

/**
 * The engine for one use. Throws what is wrong with a champion (`artifact_invalid`, `fingerprint_mismatch`) or with a file
 * (`policy_invalid`, `guardrails_invalid`, `rubric_invalid`, `definition_invalid`, `file_not_readable`).
 */
export async function loadEngine(pool: pg.Pool, config: Config): Promise<Engine> {
  const { engine } = await refreshEngine(pool, modelsFolder(config), null, Date.now())
  return engine
}

/**
 * The engine for what database and files say now; `previous` itself where nothing changed. With a `previous`, a champion that
 * cannot be loaded does not hold up the others: what answered under its name still does, and `problems` says so. Without one
 * it throws, as `loadEngine`: nobody should be scored by half an engine.
 */
export async function refreshEngine(
  pool: pg.Pool,
  folder: string,
  previous: LoadedEngine | null,
  now: Milliseconds,
): Promise<LoadedEngine> {
  const [chosen, kept, calibrated, texts, amountsKey] = await Promise.all([
    champions(pool),
    modelNames(pool),
    calibratedRubrics(pool),
    readModelsFolder(folder),
    newestWonAmountsKey(pool),
  ])
  const key = sha256(JSON.stringify([chosen, kept, calibrated, texts, amountsKey]))
  const problems: WonlostError[] = []
  const trained: LoadedModel[] = []
  let isNew = key !== previous?.key
  for (const champion of chosen) {
    const before = previous?.engine.models.find(
      ({ name, segment }) => name === champion.name && segment === champion.segment,
    )
    if (before && isSame(before, champion)) {
      trained.push(before)
      continue
    }
    try {
      trained.push(await loadChampion(pool, champion))
      isNew = true
    } catch (error) {
      if (!previous || !(error instanceof WonlostError) || error.code === 'database_unavailable') throw error
      problems.push(error)
      if (before) trained.push(before)
    }
  }
  if (previous && !isNew) return previous

  const { policy, names, guardrails, rubrics } = readConfigured(texts, {
    forEveryone: forEveryone(chosen),
    models: trained,
    // Also of those that serve no more: a roll-back must not wait for the policy.
    names: kept,
    calibrated: await loadRubrics(pool, calibrated),
  })
  const models = inOrder([...trained, ...rubrics], policy)
  const idle = idleSegments(policy, models)
  if (idle.length > 0) problems.push(nobodyIn(idle, policy.decided_by, texts.policy.file))
  const policyVersion = await recordConfiguration(pool, 'policy', 'policy', texts.policy.text, now)
  // The guardrails name their lists by hash: kept too, a version can be read again whole.
  for (const [name, text] of Object.entries(texts.lists))
    await recordConfiguration(pool, 'list', name, text, now)
  const guardrailsVersion = await recordConfiguration(
    pool,
    'guardrails',
    'guardrails',
    guardrailsBody(texts),
    now,
  )
  const amounts = amountsKey === null ? null : await newestWonAmounts(pool)
  return {
    engine: {
      models,
      policy: { ...policy, version: policyVersion },
      guardrails: { ...guardrails, version: guardrailsVersion },
      amounts,
    },
    amountsAsOf: amounts?.asOf ?? null,
    policy: inForce(policyVersion, texts.policy.text),
    policyNames: names,
    guardrails: inForce(guardrailsVersion, texts.guardrails.text),
    key,
    problems,
  }
}

/** Names under which a trained model answers for every lead: of those the rubric has nothing to stand in for. */
function forEveryone(champions: readonly Champion[]): ReadonlySet<string> {
  return new Set(champions.filter(({ segment }) => segment === '').map(({ name }) => name))
}

function nobodyIn(segments: readonly string[], model: string, file: string): WonlostError {
  const message = `${file} names segments that the definition of ${model} has and the version that serves was trained without: ${segments.join(', ')}. Nobody is in them until a version that knows them is promoted.`
  return new WonlostError('policy_invalid', message, { file })
}

function isSame(model: LoadedModel, champion: Champion): boolean {
  return model.version === champion.version && model.sha256 === champion.artifactSha256
}

/** Those that can be loaded: of any other the card stands in as it is, without a probability. */
async function loadRubrics(
  pool: pg.Pool,
  calibrated: readonly Omit<Champion, 'revision'>[],
): Promise<LoadedModel[]> {
  const loaded: LoadedModel[] = []
  for (const version of calibrated) {
    try {
      loaded.push(await loadChampion(pool, version))
    } catch (error) {
      if (!(error instanceof WonlostError) || error.code === 'database_unavailable') throw error
    }
  }
  return loaded
}

async function loadChampion(pool: pg.Pool, champion: Omit<Champion, 'revision'>): Promise<LoadedModel> {
  const { name, segment, version, artifactSha256 } = champion
  const body = await loadArtifactBody(pool, artifactSha256)
  return loadModel({ name, segment, version, sha256: artifactSha256, body })
}

function inForce(version: number, source: string): ConfigurationInForce {
  return { version: String(version), source, content: parse(source) as Record<string, unknown> }
}
