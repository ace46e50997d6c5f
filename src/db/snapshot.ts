/** Reading much, in one snapshot of the database: what others write meanwhile is not seen. */
import type pg from 'pg'
import { asDatabaseError } from './connection-errors.ts'

export const BEGIN_SNAPSHOT = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY'

/**
 * Yields what `read` yields, on a connection of its own. `snapshot` names one that another connection exported and still holds
 * (`pg_export_snapshot`); a new one by default. Throws `database_unavailable` when the connection breaks.
 */
export async function* inSnapshot<T>(
  pool: pg.Pool,
  read: (client: pg.PoolClient) => AsyncGenerator<T, void, undefined>,
  snapshot?: string,
): AsyncGenerator<T, void, undefined> {
  const client = await pool.connect().catch((error: unknown) => {
    throw asDatabaseError(error)
  })
  let broken: Error | undefined
  const onError = (error: Error): void => {
    broken = error
  }
  client.on('error', onError)
  try {
    await client.query(BEGIN_SNAPSHOT)
    if (snapshot !== undefined)
      await client.query(`SET TRANSACTION SNAPSHOT ${client.escapeLiteral(snapshot)}`)
    yield* read(client)
  } catch (error) {
    throw asDatabaseError(error)
  } finally {
    await client.query('COMMIT').catch((error: Error) => {
      broken = error
    })
    client.off('error', onError)
    client.release(broken)
  }
}
