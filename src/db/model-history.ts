/** Who was champion before. */
import type pg from 'pg'

/** The version that was champion of (name, segment) last before the present one; null where there was no other. */
export async function previousChampion(
  client: pg.Pool | pg.ClientBase,
  name: string,
  segment: string,
): Promise<number | null> {
  const { rows } = await client.query<{ version: number }>(
    `SELECT history.version
     FROM wonlost.model_alias_history AS history
     JOIN wonlost.model_aliases AS now USING (name, segment, alias)
     WHERE name = $1 AND segment = $2 AND alias = 'champion' AND history.version <> now.version
     ORDER BY history.revision DESC LIMIT 1`,
    [name, segment],
  )
  return rows[0]?.version ?? null
}
