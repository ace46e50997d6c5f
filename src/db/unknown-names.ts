/** Names of events and traits that live data brought and the mapping file does not have: counted, so that somebody sees them. */
import type pg from 'pg'
import type { Milliseconds } from '../glossary.ts'

export interface UnknownName {
  readonly kind: 'event' | 'lead trait' | 'account trait'
  readonly name: string
  readonly source: string
  /** Why it was left out; null: it was kept under its own name. */
  readonly reason: string | null
}

/** Counts each as often as it is in the list. In order of the key: two that count the same names never wait for each other in a ring. */
export async function countUnknownNames(
  client: pg.ClientBase,
  names: readonly UnknownName[],
  now: Milliseconds,
): Promise<void> {
  if (names.length === 0) return
  await client.query(
    `INSERT INTO wonlost.unknown_names AS known (kind, name, source, reason, times, first_seen, last_seen)
     SELECT kind, name, source, max(reason), count(*), $5, $5
       FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS seen (kind, name, source, reason)
      GROUP BY kind, name, source ORDER BY kind, name COLLATE "C", source COLLATE "C"
     ON CONFLICT (kind, name, source) DO UPDATE
       SET times = known.times + EXCLUDED.times, reason = EXCLUDED.reason, last_seen = EXCLUDED.last_seen`,
    [
      names.map(({ kind }) => kind),
      names.map(({ name }) => name),
      names.map(({ source }) => source),
      names.map(({ reason }) => reason),
      new Date(now),
    ],
  )
}

/** The most frequent first. */
export async function listUnknownNames(
  pool: pg.Pool,
  limit: number,
): Promise<
  (UnknownName & {
    readonly times: number
    readonly firstSeen: Milliseconds
    readonly lastSeen: Milliseconds
  })[]
> {
  const { rows } = await pool.query<UnknownName & { times: number; first_seen: Date; last_seen: Date }>(
    `SELECT kind, name, source, reason, times, first_seen, last_seen FROM wonlost.unknown_names
     ORDER BY times DESC, kind, name, source LIMIT $1`,
    [limit],
  )
  return rows.map(({ first_seen, last_seen, ...name }) => ({
    ...name,
    firstSeen: first_seen.getTime(),
    lastSeen: last_seen.getTime(),
  }))
}
