/** Long statements end when somebody interrupts, not when they are done. */
import type pg from 'pg'

/**
 * Runs `run`, which queries `client`. When `signal` is aborted meanwhile, the server is asked to cancel the statement in hand, and
 * the reason of the signal is thrown.
 */
export async function cancelOnAbort<T>(
  pool: pg.Pool,
  client: pg.ClientBase,
  signal: AbortSignal | undefined,
  run: () => Promise<T>,
): Promise<T> {
  if (!signal) return run()
  signal.throwIfAborted()
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  const cancel = (): void => {
    // What cannot be cancelled is waited for.
    pool.query('SELECT pg_cancel_backend($1)', [rows[0]?.pid]).catch(() => {})
  }
  signal.addEventListener('abort', cancel, { once: true })
  try {
    return await run()
  } catch (error) {
    signal.throwIfAborted()
    throw error
  } finally {
    signal.removeEventListener('abort', cancel)
  }
}
