/**
 * Reads what leads and accounts are compared by, and sorts them into circles of those that have a key in common. PostgreSQL does
 * the sorting, in temporary tables, so that memory holds one circle at a time, however many leads there are.
 */
import type pg from 'pg'
import type { Milliseconds, SubjectKind } from '../glossary.ts'
import { allIds, personAccount, personCreatedAt, rootAccount } from './people.ts'

export interface StoredSubject {
  readonly id: string
  /** Of a lead, after merges. */
  readonly accountId: string | null
  readonly createdAt: Milliseconds
  /** Values by name of the trait, the newest first, also of what was merged into it. */
  readonly traits: Readonly<Record<string, readonly unknown[]>>
}

const PAGE = 5_000

const FIELDS: Readonly<Record<SubjectKind, string>> = {
  lead: `subject.lead_id AS id, ${rootAccount(personAccount('subject'))} AS account_id, ${personCreatedAt('subject')} AS created_at, ${allIds('lead', 'subject')} AS ids`,
  account: `subject.account_id AS id, NULL AS account_id, subject.created_at, ${allIds('account', 'subject')} AS ids`,
}

export async function countSubjects(client: pg.ClientBase, kind: SubjectKind): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*) FROM wonlost.${kind}s WHERE merged_into IS NULL`,
  )
  return rows[0]?.count ?? 0
}

/** All that were not merged away, page by page in order of their id, with these traits. */
export async function* streamSubjects(
  client: pg.ClientBase,
  kind: SubjectKind,
  traitNames: readonly string[],
): AsyncGenerator<StoredSubject[], void, undefined> {
  for (let last = ''; ; ) {
    const { rows } = await client.query<{
      id: string
      account_id: string | null
      created_at: Date
      traits: Record<string, unknown[]>
    }>(
      `SELECT id, account_id, created_at, coalesce((
         SELECT json_object_agg(name, list) FROM (
           SELECT name, json_agg(value ORDER BY occurred_at DESC, known_at DESC, source, subject_id) AS list
           FROM wonlost.traits WHERE subject_kind = '${kind}' AND subject_id = ANY(ids) AND name = ANY($3)
           GROUP BY name) trait), '{}') AS traits
       FROM (SELECT ${FIELDS[kind]} FROM wonlost.${kind}s subject
             WHERE subject.merged_into IS NULL AND subject.${kind}_id > $1 ORDER BY subject.${kind}_id LIMIT $2) page
       ORDER BY id`,
      [last, PAGE, traitNames],
    )
    if (rows.length === 0) return
    last = rows.at(-1)!.id
    yield rows.map((row) => ({
      id: row.id,
      accountId: row.account_id,
      createdAt: row.created_at.getTime(),
      traits: row.traits,
    }))
  }
}

export interface Circles {
  /** `body` comes back as it was given. */
  add(
    subjects: readonly { readonly id: string; readonly body: string; readonly keys: readonly string[] }[],
  ): Promise<void>
  /** How many keys `stream` gives. */
  count(most: number): Promise<number>
  /** Each key that at least two and at most `most` have, in order, with their bodies in the order in which they were added. */
  stream(most: number): AsyncGenerator<{ key: string; bodies: string[] }, void, undefined>
  /** Bodies of two that are one in the words of the CRM: it has the id of the one as a further id of the other. */
  sameInCrm(): Promise<{ a: string; b: string; id: string }[]>
}

/** Give it a client in a transaction: the tables end with it. */
export async function createCircles(client: pg.ClientBase, kind: SubjectKind): Promise<Circles> {
  const [subjects, keys] = [`pg_temp.${kind}_bodies`, `pg_temp.${kind}_keys`]
  await client.query(`
    DROP TABLE IF EXISTS ${subjects}, ${keys};
    CREATE TEMPORARY TABLE ${kind}_bodies (place integer, id text COLLATE "C", body text) ON COMMIT DROP;
    CREATE TEMPORARY TABLE ${kind}_keys (key text COLLATE "C", place integer) ON COMMIT DROP`)
  let places = 0
  return {
    async add(added) {
      const first = places
      places += added.length
      await client.query(
        `INSERT INTO ${subjects} SELECT $1 + place, id, body FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS new (id, body, place)`,
        [first, added.map(({ id }) => id), added.map(({ body }) => body)],
      )
      const pairs = added.flatMap((one, i) => one.keys.map((key) => [key, first + i + 1] as const))
      await client.query(`INSERT INTO ${keys} SELECT * FROM unnest($1::text[], $2::integer[])`, [
        pairs.map(([key]) => key),
        pairs.map(([, place]) => place),
      ])
    },
    async count(most) {
      await client.query(`ANALYZE ${subjects}; ANALYZE ${keys}`)
      const { rows } = await client.query<{ keys: number }>(
        `SELECT count(*) AS keys FROM (SELECT FROM ${keys} GROUP BY key HAVING count(*) BETWEEN 2 AND $1) sized`,
        [most],
      )
      return rows[0]?.keys ?? 0
    },
    async *stream(most) {
      // Alone of a key are most: they are left out before the bodies are fetched.
      await client.query(
        `DECLARE circles NO SCROLL CURSOR FOR
         SELECT key, body FROM (SELECT key, place, count(*) OVER (PARTITION BY key) AS size FROM ${keys}) sized
         JOIN ${subjects} USING (place) WHERE size BETWEEN 2 AND ${Math.round(most)} ORDER BY key, place`,
      )
      let key = ''
      let bodies: string[] = []
      for (;;) {
        const { rows } = await client.query<{ key: string; body: string }>(`FETCH ${PAGE} FROM circles`)
        for (const row of rows) {
          if (row.key !== key && bodies.length > 0) {
            yield { key, bodies }
            bodies = []
          }
          key = row.key
          bodies.push(row.body)
        }
        if (rows.length < PAGE) break
      }
      if (bodies.length > 0) yield { key, bodies }
      await client.query('CLOSE circles')
    },
    async sameInCrm() {
      const { rows } = await client.query<{ a: string; b: string; id: string }>(
        `SELECT one.body AS a, other.body AS b, identity.value AS id
         FROM wonlost.identities identity
         JOIN wonlost.${kind}s named ON named.${kind}_id = identity.value
         JOIN wonlost.${kind}s kept ON kept.${kind}_id = identity.subject_id
         JOIN ${subjects} one ON one.id = coalesce(named.merged_into, named.${kind}_id)
         JOIN ${subjects} other ON other.id = coalesce(kept.merged_into, kept.${kind}_id)
         WHERE identity.kind = 'crm_id' AND identity.subject_kind = '${kind}' AND one.id <> other.id
         ORDER BY one.id, other.id`,
      )
      return rows
    },
  }
}
