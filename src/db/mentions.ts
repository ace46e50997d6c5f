/** Free text that mentions a person by a name: there is no index of it, so it is looked for row by row. */
import type pg from 'pg'
import { allNames } from './person-names.ts'
import type { PersonNames } from './personal-data.ts'

/** Shorter names are looked for in quotes only: `7` is in every other text. */
const SHORTEST_WORD = 4

/**
 * A regular expression of PostgreSQL, for any case, that finds one of the names in a text or in JSON, where it stands by itself: `l_1` is not in
 * `l_12`.
 */
export function mentionPattern(names: readonly string[]): string {
  return names
    .flatMap((name) => {
      const escaped = [...new Set([name, JSON.stringify(name).slice(1, -1)])].map(escapePattern)
      return escaped.map((text) =>
        name.length < SHORTEST_WORD ? `"${text}"` : `(?:^|[^[:alnum:]])${text}(?:[^[:alnum:]]|$)`,
      )
    })
    .join('|')
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

/** Where a person is mentioned in what is about nobody, or about others. */
export interface Mentions {
  readonly rejections: readonly number[]
  /** Rejected messages up to this one were looked through. */
  readonly upto: number
  /** Events of others from a machine of this person. */
  readonly sharedEvents: readonly string[]
}

/** Reads two tables whole, and locks nothing: do it before the transaction that erases. */
export async function findMentions(pool: pg.Pool | pg.ClientBase, names: PersonNames): Promise<Mentions> {
  const { rows: last } = await pool.query<{ upto: number | null }>(
    'SELECT max(rejection) AS upto FROM wonlost.rejected_messages',
  )
  const { rows: rejections } = await pool.query<{ rejection: number }>(
    `SELECT rejection FROM wonlost.rejected_messages WHERE message ~* $1 OR reason ~* $1 OR email = ANY($2)`,
    [mentionPattern(allNames(names)), names.emails],
  )
  const { rows: shared } =
    names.anonymousIds.length === 0
      ? { rows: [] }
      : await pool.query<{ event_id: string }>(
          `SELECT event_id FROM wonlost.events WHERE anonymous_id = ANY($1) AND lead_id IS NOT NULL AND lead_id <> ALL($2)`,
          [names.anonymousIds, names.leadIds],
        )
  return {
    rejections: rejections.map((row) => row.rejection),
    upto: last[0]?.upto ?? 0,
    sharedEvents: shared.map((row) => row.event_id),
  }
}

/** Removes what was found, and what was rejected since. Returns how many rows went. */
export async function removeMentions(
  client: pg.ClientBase,
  names: PersonNames,
  { rejections, upto, sharedEvents }: Mentions,
): Promise<number> {
  const pattern = mentionPattern(allNames(names))
  const { rowCount } = await client.query(
    `DELETE FROM wonlost.rejected_messages
      WHERE rejection = ANY($1::bigint[]) OR (rejection > $2 AND (message ~* $3 OR reason ~* $3 OR email = ANY($4)))`,
    [rejections, upto, pattern, names.emails],
  )
  if (sharedEvents.length > 0)
    await client.query('UPDATE wonlost.events SET anonymous_id = NULL WHERE event_id = ANY($1)', [
      sharedEvents,
    ])
  // Somebody may send an address where the name of an event is meant.
  await client.query('DELETE FROM wonlost.unknown_names WHERE name ~* $1', [pattern])
  return rowCount ?? 0
}
