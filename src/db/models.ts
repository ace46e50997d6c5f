/** Trained models: artifacts by their hash, versions of each (name, segment), and which version is champion or challenger. */
import { createHash } from 'node:crypto'
import pg from 'pg'
import { WonlostError } from '../errors.ts'
import { type Milliseconds, type ModelKind, modelTitle } from '../glossary.ts'

/** Notified, with the model's name, when an alias changes. A notification can be lost while reconnecting: poll as well. */
export const MODELS_CHANNEL = 'wonlost_models'

export type ModelAlias = 'champion' | 'challenger'

type Client = pg.Pool | pg.ClientBase

export interface ModelVersion {
  readonly name: string
  /** '' is the model for everyone. */
  readonly segment: string
  readonly version: number
  readonly kind: ModelKind
  readonly artifactSha256: string
  readonly definitionVersion: number
  readonly report: unknown
  /** What training could know. */
  readonly cutoff: Milliseconds
  readonly createdAt: Milliseconds
  readonly createdBy: string
}

interface ModelRow {
  name: string
  segment: string
  version: number
  kind: ModelKind
  artifact_sha256: string
  definition_version: number
  report: unknown
  cutoff: Date
  created_at: Date
  created_by: string
}

const COLUMNS =
  'name, segment, version, kind, artifact_sha256, definition_version, report, cutoff, created_at, created_by'

const ATTEMPTS = 1_000

/**
 * Keeps an artifact (canonical JSON; its sha256 is its name) as the next version of (name, segment). The same artifact as the
 * newest version is that version again: training twice on the same data changes nothing.
 * @param isSame Whether it is, where the artifact is the same: a version is its report, too.
 */
export async function saveModel(
  client: Client,
  model: {
    readonly name: string
    readonly segment: string
    readonly kind: ModelKind
    readonly artifactBody: string
    readonly definitionVersion: number
    readonly report: unknown
    readonly cutoff: Milliseconds
    readonly createdAt: Milliseconds
    readonly createdBy: string
  },
  isSame: (newest: ModelVersion) => boolean = () => true,
): Promise<ModelVersion> {
  const { name, segment, kind, createdBy } = model
  const sha256 = createHash('sha256').update(model.artifactBody).digest('hex')
  const createdAt = new Date(model.createdAt)
  await client.query(
    'INSERT INTO wonlost.artifacts (sha256, kind, body, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
    [sha256, kind, model.artifactBody, createdAt],
  )
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    // A calibrated rubric and a model are kept in turns, and each is compared with its own like.
    const { rows: newest } = await client.query<ModelRow>(
      `SELECT ${COLUMNS} FROM wonlost.models WHERE name = $1 AND segment = $2 AND (kind = 'rubric') = $3
       ORDER BY version DESC LIMIT 1`,
      [name, segment, kind === 'rubric'],
    )
    if (newest[0]?.artifact_sha256 === sha256 && isSame(toModel(newest[0]))) return toModel(newest[0])
    const { rows: last } = await client.query<{ version: number }>(
      'SELECT coalesce(max(version), 0) AS version FROM wonlost.models WHERE name = $1 AND segment = $2',
      [name, segment],
    )
    // Two processes may compute the same next version: one inserts it, the other looks again.
    const { rows: added } = await client.query<ModelRow>(
      `INSERT INTO wonlost.models (${COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       ON CONFLICT DO NOTHING RETURNING ${COLUMNS}`,
      [
        name,
        segment,
        1 + (last[0]?.version ?? 0),
        kind,
        sha256,
        model.definitionVersion,
        JSON.stringify(model.report),
        new Date(model.cutoff),
        createdAt,
        createdBy,
      ],
    )
    if (added[0]) return toModel(added[0])
  }
  throw new WonlostError('internal', `No version could be given to the model ${name}.`)
}

/** All versions, by name and segment, the newest first. */
export async function listModels(
  client: Client,
  name?: string,
): Promise<(ModelVersion & { readonly alias: ModelAlias | null })[]> {
  const { rows } = await client.query<ModelRow & { alias: ModelAlias | null }>(
    `SELECT ${COLUMNS},
       (SELECT max(alias) FROM wonlost.model_aliases AS a
        WHERE a.name = m.name AND a.segment = m.segment AND a.version = m.version) AS alias
     FROM wonlost.models AS m WHERE $1::text IS NULL OR name = $1 ORDER BY name, segment, version DESC`,
    [name ?? null],
  )
  return rows.map((row) => ({ ...toModel(row), alias: row.alias }))
}

/** Names under which versions are kept, whether one of them serves or not; in their order. */
export async function modelNames(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    'SELECT DISTINCT name FROM wonlost.models ORDER BY name',
  )
  return rows.map(({ name }) => name)
}

/** Throws `model_not_found` when there is no such version. */
export async function loadVersion(
  client: Client,
  name: string,
  segment: string,
  version: number,
): Promise<ModelVersion> {
  const { rows } = await client.query<ModelRow>(
    `SELECT ${COLUMNS} FROM wonlost.models WHERE name = $1 AND segment = $2 AND version = $3`,
    [name, segment, version],
  )
  if (rows[0]) return toModel(rows[0])
  throw noVersion(name, segment, version)
}

/** The served version of every (name, segment). `revision` counts the changes of the alias. */
export async function champions(client: Client): Promise<
  {
    readonly name: string
    readonly segment: string
    readonly version: number
    readonly revision: number
    readonly artifactSha256: string
  }[]
> {
  const { rows } = await client.query<{
    name: string
    segment: string
    version: number
    revision: number
    artifact_sha256: string
  }>(
    `SELECT name, segment, version, revision, artifact_sha256
     FROM wonlost.model_aliases JOIN wonlost.models USING (name, segment, version)
     WHERE alias = 'champion' ORDER BY name, segment`,
  )
  return rows.map(({ artifact_sha256, ...row }) => ({ ...row, artifactSha256: artifact_sha256 }))
}

/**
 * Every calibrated rubric once, the newest version of a (name, segment) first. The newest of the card that is in force stands in where there is
 * no champion: a card that was tried before, whatever it had learned from, takes no part in it.
 */
export async function calibratedRubrics(
  client: Client,
): Promise<Pick<ModelVersion, 'name' | 'segment' | 'version' | 'artifactSha256'>[]> {
  const { rows } = await client.query<ModelRow>(
    `SELECT name, segment, max(version) AS version, artifact_sha256
     FROM wonlost.models WHERE kind = 'rubric' GROUP BY name, segment, artifact_sha256 ORDER BY name, segment, version DESC`,
  )
  return rows.map(({ name, segment, version, artifact_sha256 }) => ({
    name,
    segment,
    version,
    artifactSha256: artifact_sha256,
  }))
}

/**
 * Makes `version` the champion or challenger of (name, segment), if the alias has still `expectedRevision` (null: there is none yet),
 * and returns the new revision. The change, its history and the notification are one statement: all or nothing.
 * Throws `promotion_conflict` when another was quicker, `model_not_found` when there is no such version.
 */
export async function setAlias(
  client: Client,
  change: {
    readonly name: string
    readonly segment: string
    readonly alias: ModelAlias
    readonly version: number
    readonly expectedRevision: number | null
    readonly changedBy: string
    readonly reason: string
    readonly now: Milliseconds
  },
): Promise<number> {
  const { name, segment, alias, version, expectedRevision } = change
  const { rows } = await client
    .query<{ revision: number }>(
      `WITH changed AS (
         ${expectedRevision === null ? FIRST_ALIAS : NEXT_ALIAS}
       ), kept AS (
         INSERT INTO wonlost.model_alias_history (name, segment, alias, revision, version, changed_at, changed_by, reason)
         SELECT name, segment, alias, revision, version, changed_at, changed_by, reason FROM changed
       )
       SELECT revision, pg_notify('${MODELS_CHANNEL}', name) FROM changed`,
      [
        name,
        segment,
        alias,
        version,
        new Date(change.now),
        change.changedBy,
        change.reason,
        expectedRevision ?? 0,
      ],
    )
    .catch((error: unknown) => {
      if (error instanceof pg.DatabaseError && error.code === FOREIGN_KEY_VIOLATION)
        throw noVersion(name, segment, version)
      // The alias was taken away, and its revision given, at the same moment.
      if (error instanceof pg.DatabaseError && error.code === UNIQUE_VIOLATION) return { rows: [] }
      throw error
    })
  if (rows[0]) return rows[0].revision
  const { rows: current } = await client.query<{ revision: number; version: number }>(
    'SELECT revision, version FROM wonlost.model_aliases WHERE name = $1 AND segment = $2 AND alias = $3',
    [name, segment, alias],
  )
  throw aliasConflict(change, current[0] ?? null)
}

/** `promotion_conflict`, with what was expected and what was found. */
export function aliasConflict(
  expected: {
    readonly name: string
    readonly segment: string
    readonly alias: ModelAlias
    readonly expectedRevision: number | null
  },
  found: { readonly revision: number; readonly version: number } | null,
): WonlostError {
  const { alias, expectedRevision } = expected
  const wanted = expectedRevision === null ? 'none' : `revision ${expectedRevision}`
  const there = found ? `revision ${found.revision} (version ${found.version})` : 'none'
  return new WonlostError(
    'promotion_conflict',
    `The ${alias} of ${modelTitle(expected)} is not what was expected: expected ${wanted}, found ${there}.`,
  )
}

const FOREIGN_KEY_VIOLATION = '23503'
const UNIQUE_VIOLATION = '23505'

/** Revisions go on where the alias was taken away before. $1 name, $2 segment, $3 alias, $4 version, $5 time, $6 who, $7 why, $8 the revision expected (0: none). */
const FIRST_ALIAS = `INSERT INTO wonlost.model_aliases (name, segment, alias, version, revision, changed_at, changed_by, reason)
  SELECT $1, $2, $3, $4, 1 + coalesce(max(revision), $8::integer), $5, $6, $7
  FROM wonlost.model_alias_history WHERE name = $1 AND segment = $2 AND alias = $3
  ON CONFLICT DO NOTHING RETURNING *`

const NEXT_ALIAS = `UPDATE wonlost.model_aliases
  SET version = $4, revision = revision + 1, changed_at = $5, changed_by = $6, reason = $7
  WHERE name = $1 AND segment = $2 AND alias = $3 AND revision = $8 RETURNING *`

/** The artifact byte for byte as it was kept. Throws `artifact_invalid` when there is none, or its bytes do not have that hash. */
export async function loadArtifactBody(client: Client, sha256: string): Promise<string> {
  const { rows } = await client.query<{ body: string }>(
    'SELECT body FROM wonlost.artifacts WHERE sha256 = $1',
    [sha256],
  )
  const body = rows[0]?.body
  if (body === undefined)
    throw new WonlostError('artifact_invalid', `There is no artifact with the sha256 ${sha256}.`)
  const found = createHash('sha256').update(body).digest('hex')
  if (found !== sha256)
    throw new WonlostError('artifact_invalid', `The artifact ${sha256} is damaged: its sha256 is ${found}.`)
  return body
}

function noVersion(name: string, segment: string, version: number): WonlostError {
  return new WonlostError(
    'model_not_found',
    `The model ${modelTitle({ name, segment })} has no version ${version}.`,
  )
}

function toModel(row: ModelRow): ModelVersion {
  return {
    name: row.name,
    segment: row.segment,
    version: row.version,
    kind: row.kind,
    artifactSha256: row.artifact_sha256,
    definitionVersion: row.definition_version,
    report: row.report,
    cutoff: row.cutoff.getTime(),
    createdAt: row.created_at.getTime(),
    createdBy: row.created_by,
  }
}
