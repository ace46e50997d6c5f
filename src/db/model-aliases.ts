/** What the aliases of models point at now. */
import type pg from 'pg'
import type { Milliseconds } from '../glossary.ts'
import type { ModelAlias } from './models.ts'

/** `revision` is what `setAlias` expects; null where the alias was never set. */
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
