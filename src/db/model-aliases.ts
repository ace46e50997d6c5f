/** What the aliases of models point at now, and how one is taken away. */
import type pg from 'pg'
import type { Milliseconds } from '../glossary.ts'
import { aliasConflict, MODELS_CHANNEL, type ModelAlias } from './models.ts'

/** `revision` is what `setAlias` and `removeAlias` expect; null where there is none. */
export async function aliasOf(
  client: pg.Pool | pg.ClientBase,
  name: string,
  segment: string,
  alias: ModelAlias,
): Promise<{ readonly version: number; readonly revision: number } | null> {
  const { rows } = await client.query<{ version: number; revision: number }>(
    'SELECT version, revision FROM wonlost.model_aliases WHERE name = $1 AND segment = $2 AND alias = $3',
    [name, segment, alias],
  )
  return rows[0] ?? null
}

export interface AliasNow {
  readonly name: string
  readonly segment: string
  readonly alias: ModelAlias
  readonly version: number
  readonly changedAt: Milliseconds
  readonly changedBy: string
  readonly reason: string
}

/** Every alias, with who set it, when and why. */
export async function aliasesNow(client: pg.Pool | pg.ClientBase): Promise<AliasNow[]> {
  const { rows } = await client.query<Omit<AliasNow, 'changedAt'> & { changedAt: Date }>(
    `SELECT name, segment, alias, version, changed_at AS "changedAt", changed_by AS "changedBy", reason
     FROM wonlost.model_aliases ORDER BY name, segment, alias`,
  )
  return rows.map((row) => ({ ...row, changedAt: row.changedAt.getTime() }))
}

/** In the history, as the version from then on: there is none. */
export const NO_VERSION = 0

/**
 * Takes an alias away, if it has still `expectedRevision`: one statement with its history and the notification, as `setAlias`.
 * Throws `promotion_conflict` when another was quicker.
 */
export async function removeAlias(
  client: pg.Pool | pg.ClientBase,
  change: {
    readonly name: string
    readonly segment: string
    readonly alias: ModelAlias
    readonly expectedRevision: number
    readonly changedBy: string
    readonly reason: string
    readonly now: Milliseconds
  },
): Promise<void> {
  const { name, segment, alias, expectedRevision, changedBy, reason, now } = change
  const { rowCount } = await client.query(
    `WITH removed AS (
       DELETE FROM wonlost.model_aliases WHERE name = $1 AND segment = $2 AND alias = $3 AND revision = $4 RETURNING *
     ), kept AS (
       INSERT INTO wonlost.model_alias_history (name, segment, alias, revision, version, changed_at, changed_by, reason)
       SELECT name, segment, alias, revision + 1, ${NO_VERSION}, $5, $6, $7 FROM removed
     )
     SELECT pg_notify('${MODELS_CHANNEL}', name) FROM removed`,
    [name, segment, alias, expectedRevision, new Date(now), changedBy, reason],
  )
  if (rowCount === 0) throw aliasConflict(change, await aliasOf(client, name, segment, alias))
}
