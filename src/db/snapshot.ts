/** Reading much, in one snapshot of the database: what others write meanwhile is not seen. */
import type pg from 'pg'
import { asDatabaseError } from './connection-errors.ts'

/** Yields what `read` yields, on a connection of its own. Throws `database_unavailable` when the connection breaks. */
export async function* inSnapshot<T>(
  pool: pg.Pool,
  read: (client: pg.PoolClient) => AsyncGenerator<T, void, undefined>,
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
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
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
