/**
 * Rewrites tables and their indexes whole, so that nothing of deleted rows stays in their files: an ordinary VACUUM gives their room free, and
 * leaves the bytes in it. Statistics that the planner keeps quote values of columns: they are made anew, and rewritten as well.
 */
import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'

export interface Rewriting {
  readonly tables: number
  /** Of the whole database, by the catalogue: not every user may. */
  readonly statistics: boolean
}

export interface RewriteOptions {
  /** With all their tables. */
  readonly schemas: readonly string[]
  /** Told each table, and what is waited for. */
  readonly say?: (text: string) => void
  readonly signal?: AbortSignal
}

/** Each table is locked against everybody while it is rewritten. Waits for transactions that began before; throws when it is aborted. */
export async function rewriteTables(
  pool: pg.Pool,
  { schemas, say = () => {}, signal }: RewriteOptions,
): Promise<Rewriting> {
  await waitForOlder(pool, { say, ...(signal ? { signal } : {}) })
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
    signal?.throwIfAborted()
    say(name)
    await pool.query(`VACUUM (FULL, ANALYZE) ${name}`)
  }
  if (isSuper) {
    await pool.query('VACUUM FULL pg_catalog.pg_statistic')
    await pool.query('CHECKPOINT')
  }
  return { tables: rows.length, statistics: isSuper }
}

/** Who began before a row was deleted may still read it, and VACUUM leaves it there for them. */
async function waitForOlder(
  pool: pg.Pool,
  { say, signal }: { readonly say: (text: string) => void; readonly signal?: AbortSignal },
): Promise<void> {
  const { rows } = await pool.query<{ now: string }>(
    'SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS now',
  )
  for (let tries = 0; ; tries++) {
    const { rows: waiting } = await pool.query<{ over: boolean }>(
      `SELECT pg_snapshot_xmin(pg_current_snapshot()) >= $1::xid8 AND NOT EXISTS (
         SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
           AND age(backend_xmin) > age($1::xid8::xid)) AS over`,
      [rows[0]!.now],
    )
    if (waiting[0]!.over) return
    if (tries === 20) say('Waiting for transactions that began before: they may still read what was deleted.')
    await wait(50, undefined, signal ? { signal } : {})
  }
}
