/**
 * Visitors who are said to be somebody, and visitors who are still nobody, at the same moment: whoever links a visitor moves the
 * events that are there, and whoever writes an event looks up whose it is. Neither sees what the other has not committed, and the
 * event would stay nobody's for good. So writers of events of unlinked visitors share a lock, and who links one has it alone.
 */
import type pg from 'pg'

/** Locks stand for many visitors each: PostgreSQL has room for some thousands in all. */
const BUCKETS = 64
const CLASS = `hashtext('wonlost visitors')`

/** Until the transaction ends. Of the visitors in `linking` alone, of the others together with others. In one order, so that nobody waits in a ring. */
export async function lockVisitors(
  client: pg.ClientBase,
  visitors: ReadonlySet<string>,
  linking: ReadonlySet<string>,
): Promise<void> {
  if (visitors.size === 0) return
  const alone = new Map<number, boolean>()
  for (const visitor of visitors) {
    const bucket = bucketOf(visitor)
    alone.set(bucket, linking.has(visitor) || (alone.get(bucket) ?? false))
  }
  const buckets = [...alone.keys()].sort((a, b) => a - b)
  await client.query(
    `SELECT CASE WHEN alone THEN pg_advisory_xact_lock(${CLASS}, bucket)::text
                 ELSE pg_advisory_xact_lock_shared(${CLASS}, bucket)::text END
       FROM unnest($1::int[], $2::bool[]) AS lock (bucket, alone)`,
    [buckets, buckets.map((bucket) => alone.get(bucket))],
  )
}

/** For who links more visitors than can be named. */
export async function lockAllVisitors(client: pg.ClientBase): Promise<void> {
  await client.query(
    `SELECT pg_advisory_xact_lock(${CLASS}, bucket) FROM generate_series(0, ${BUCKETS - 1}) AS bucket`,
  )
}

function bucketOf(visitor: string): number {
  let hash = 0
  for (let i = 0; i < visitor.length; i++) hash = (Math.imul(hash, 31) + visitor.charCodeAt(i)) | 0
  return (hash >>> 0) % BUCKETS
}
