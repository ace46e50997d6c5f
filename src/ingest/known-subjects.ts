/** The leads or accounts that the names of a batch lead to: read in a few queries, then kept up with what the batch adds. */
import type pg from 'pg'
import type { SubjectKind } from '../glossary.ts'

type NameKind = 'crm_id' | 'user_id' | 'email' | 'anonymous_id' | 'group_id'

/** A name of somebody. An id under which we keep a subject is one of its `crm_id`s. */
export type Name = readonly [kind: NameKind, value: string]

export interface KnownSubjects {
  /** Id of the subject that has the name; null when nobody is known by it. */
  find(kind: NameKind, value: string): string | null
  /** A subject that is there from now on. */
  add(id: string): void
  /** A name belongs to the subject that had it first. */
  link(kind: NameKind, value: string, id: string): void
  /** The account of a lead; null when it has none, or is not known. */
  accountOf(id: string): string | null
  setAccount(id: string, accountId: string): void
}

/** Only what `names` says can be found later, and what is added. */
export async function loadKnownSubjects(
  client: pg.ClientBase,
  subjectKind: SubjectKind,
  names: Iterable<Name>,
): Promise<KnownSubjects> {
  const byKind = new Map<NameKind, Set<string>>()
  for (const [kind, value] of names) {
    const values = byKind.get(kind)
    if (values) values.add(value)
    else byKind.set(kind, new Set([value]))
  }
  const subjects = await loadSubjects(client, subjectKind, byKind.get('crm_id'))
  const links = await loadLinks(
    client,
    subjectKind,
    [...byKind].flatMap(([kind, values]) =>
      [...values]
        .filter((value) => kind !== 'crm_id' || !subjects.has(value))
        .map((value): Name => [kind, value]),
    ),
  )
  return {
    find: (kind, value) =>
      kind === 'crm_id' && subjects.has(value) ? value : (links.get(kind)?.get(value) ?? null),
    add: (id) => {
      if (!subjects.has(id)) subjects.set(id, null)
    },
    link: (kind, value, id) => {
      const known = links.get(kind)
      if (known === undefined) links.set(kind, new Map([[value, id]]))
      else if (!known.has(value)) known.set(value, id)
    },
    accountOf: (id) => subjects.get(id) ?? null,
    setAccount: (id, accountId) => subjects.set(id, accountId),
  }
}

/** Those that are there, with their account. */
async function loadSubjects(
  client: pg.ClientBase,
  subjectKind: SubjectKind,
  ids: ReadonlySet<string> | undefined,
): Promise<Map<string, string | null>> {
  if (ids === undefined) return new Map()
  const { rows } = await client.query<{ id: string; account_id: string | null }>(
    `SELECT ${subjectKind}_id AS id, account_id FROM wonlost.${subjectKind}s WHERE ${subjectKind}_id = ANY($1)`,
    [[...ids]],
  )
  return new Map(rows.map((row) => [row.id, row.account_id]))
}

/** By kind and value the subject that it is linked to. */
export async function loadLinks(
  client: pg.ClientBase,
  subjectKind: SubjectKind,
  names: readonly Name[],
): Promise<Map<NameKind, Map<string, string>>> {
  const links = new Map<NameKind, Map<string, string>>()
  if (names.length === 0) return links
  const { rows } = await client.query<{ kind: NameKind; value: string; subject_id: string }>(
    `SELECT kind, value, subject_id FROM wonlost.identities
      WHERE subject_kind = $1 AND (kind, value) IN (SELECT * FROM unnest($2::text[], $3::text[]))`,
    [subjectKind, names.map(([kind]) => kind), names.map(([, value]) => value)],
  )
  for (const { kind, value, subject_id } of rows) {
    const known = links.get(kind)
    if (known) known.set(value, subject_id)
    else links.set(kind, new Map([[value, subject_id]]))
  }
  return links
}

/** As in the index `traits_account_domain`. */
const TRAIT_DOMAIN = `lower(regexp_replace(value #>> '{}', '^\\s*([a-z][a-z0-9+.-]*://)?(www\\.)?|\\.?([/:?#].*)?\\s*$', '', 'gi'))`

/** By domain the one account that ever had it; accounts that were merged are one. Domains of none and of several are left out. */
export async function findAccountsByDomain(
  client: pg.ClientBase,
  domains: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (domains.length === 0) return new Map()
  const { rows } = await client.query<{ domain: string; account_id: string }>(
    `SELECT domain, min(root) AS account_id
     FROM (SELECT domain, coalesce(merged_into, account_id) AS root
           FROM (SELECT value AS domain, subject_id FROM wonlost.identities
                  WHERE kind = 'domain' AND value = ANY($1) AND subject_kind = 'account'
                 UNION ALL
                 SELECT ${TRAIT_DOMAIN}, subject_id FROM wonlost.traits
                  WHERE subject_kind = 'account' AND name = 'domain' AND ${TRAIT_DOMAIN} = ANY($1)) stated
           JOIN wonlost.accounts ON account_id = subject_id) owned
     GROUP BY domain HAVING count(DISTINCT root) = 1`,
    [domains],
  )
  return new Map(rows.map((row) => [row.domain, row.account_id]))
}
