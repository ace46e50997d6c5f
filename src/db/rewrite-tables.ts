/**
 * Rewrites tables and their indexes whole, so that nothing of deleted rows stays in their files: an ordinary VACUUM gives their room free, and
 * leaves the bytes in it. Statistics that the planner keeps quote values of columns: they are made anew, and rewritten as well.
 */
import type pg from 'pg'

export interface Rewriting {
  readonly tables: number
  /** Of the whole database, by the catalogue: not every user may. */
  readonly statistics: boolean
}

/** Each table is locked against everybody while it is rewritten. Throws `database_refused` through the caller where the user may not. */
export async function rewriteTables(
  pool: pg.Pool,
  schemas: readonly string[],
  onTable: (table: string) => void = () => {},
): Promise<Rewriting> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT format('%I.%I', nspname, relname) AS name FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
      WHERE nspname = ANY($1) AND relkind IN ('r', 'm') ORDER BY 1`,
    [schemas],
  )
  const { rows: may } = await pool.query<{ super: boolean }>(
    'SELECT rolsuper AS super FROM pg_roles WHERE rolname = current_user',
  )
  const isSuper = may[0]?.super === true
  // Of a table that is empty now, ANALYZE leaves those of before.
  if (isSuper)
    await pool.query(
      `DELETE FROM pg_catalog.pg_statistic USING pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
        WHERE starelid = pg_class.oid AND nspname = ANY($1)`,
      [schemas],
    )
  for (const { name } of rows) {
    onTable(name)
    await pool.query(`VACUUM (FULL, ANALYZE) ${name}`)
  }
  if (isSuper) {
    await pool.query('VACUUM FULL pg_catalog.pg_statistic')
    await pool.query('CHECKPOINT')
  }
  return { tables: rows.length, statistics: isSuper }
}
