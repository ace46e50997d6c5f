/** Two versions of a model on leads of the database: `GET /v1/models/NAME/compare`. Nothing is kept. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type pg from 'pg'
import { loadArtifactBody, type ModelVersion } from '../db/models.ts'
import type { Milliseconds } from '../glossary.ts'
import { compareVersions, type VersionComparison, withVersion } from '../scoring/compare-versions.ts'
import type { Engine } from '../scoring/engine.ts'
import { type LoadedModel, loadModel } from '../scoring/load-model.ts'
import { sampleRecords } from './sample-records.ts'

export interface CompareOptions {
  /** null: what answers now. */
  readonly before: ModelVersion | null
  readonly after: ModelVersion
  readonly asOf: Milliseconds
  /** About so many leads, spread evenly over all. */
  readonly mostLeads: number
  readonly mostExamples: number
  readonly signal: AbortSignal
}

export interface ComparedVersions extends VersionComparison {
  readonly sampled: boolean
}

/** So many accounts in one turn: answers of the server that runs it come between. */
const ACCOUNTS_A_TURN = 10

/** Both are of one name and segment. Throws `artifact_invalid`, `fingerprint_mismatch`, and what the signal is aborted with. */
export async function compareStoredVersions(
  pool: pg.Pool,
  engine: Engine,
  { before, after, asOf, mostLeads, mostExamples, signal }: CompareOptions,
): Promise<ComparedVersions> {
  const one = before ? withVersion(engine, await load(pool, before)) : engine
  const other = withVersion(engine, await load(pool, after))
  const comparison = compareVersions(one, other, after.name, mostExamples)
  const { records, isSampled } = sampleRecords(pool, { mostLeads })
  let accounts = 0
  for await (const account of records) {
    comparison.see(account, asOf)
    accounts += 1
    if (accounts % ACCOUNTS_A_TURN !== 0) continue
    await nextTurn()
    signal.throwIfAborted()
  }
  return { sampled: isSampled(), ...comparison.read() }
}

async function load(
  pool: pg.Pool,
  { name, segment, version, artifactSha256 }: ModelVersion,
): Promise<LoadedModel> {
  const body = await loadArtifactBody(pool, artifactSha256)
  return loadModel({ name, segment, version, sha256: artifactSha256, body })
}
