/** What an alias of a model points at now. */
import type pg from 'pg'
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
