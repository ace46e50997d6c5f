/** Leads by what a name begins with: first and last name, mail address, id, name and domain of the company. */
import type pg from 'pg'
import type { Bind } from './lead-order.ts'
import { createBind, type Sieve } from './lead-sieve.ts'

/** Who is looked for by more words is found by these. */
const MOST_WORDS = 5

/** Of a word that begins so many names it is cheaper to look at leads in their order: of a million leads, one in a hundred. */
const FEW = 10_000

/** The same of one of several words: those who have both are rarer than either, and the way to them longer. */
const FEW_OF_SEVERAL = 50_000

/** As the index has it: 0020_sessions.sql. */
const KEY = `left(lower(t.value #>> '{}'), 100)`
const NAMED = `t.name IN ('first_name', 'last_name', 'email', 'name', 'domain')`

/** One for each word. */
export async function searchSieves(pool: pg.Pool, text: string, few?: number): Promise<readonly Sieve[]> {
  const words = text.split(/\s+/).filter(Boolean).slice(0, MOST_WORDS)
  const most = few ?? (words.length > 1 ? FEW_OF_SEVERAL : FEW)
  return Promise.all(words.map((word) => wordSieve(pool, word, most)))
}

async function wordSieve(pool: pg.Pool, word: string, few: number): Promise<Sieve> {
  const passes = (id: string, bind: Bind): string => beginsSome(id, word, bind)
  if ((await countNames(pool, word, few + 1)) > few)
    return { passes, all: (bind) => whoBegins(word, bind), areFew: false }
  const { bind, values } = createBind()
  const { rows } = await pool.query<{ id: string }>(
    `SELECT DISTINCT id FROM (${whoBegins(word, bind)}) found (id)`,
    values,
  )
  const ids = rows.map(({ id }) => id)
  return { passes, all: (bind) => `SELECT unnest(${bind(ids, 'text[]')})`, areFew: true }
}

/** Names and ids that the word begins, up to `most` of each. They are read in the order of their indexes, or all would be gathered first. */
async function countNames(pool: pg.Pool, word: string, most: number): Promise<number> {
  const { bind, values } = createBind()
  const limit = bind(most, 'integer')
  const { rows } = await pool.query<{ names: number }>(
    `SELECT (SELECT count(*) FROM (SELECT FROM wonlost.traits t WHERE ${isNamed(word, bind)} ORDER BY ${KEY} USING ~<~ LIMIT ${limit}) named)
          + (SELECT count(*) FROM (SELECT FROM wonlost.leads own WHERE ${hasId(word, bind)} ORDER BY own.lead_id LIMIT ${limit}) ids) AS names`,
    values,
  )
  return rows[0]!.names
}

const isNamed = (word: string, bind: Bind): string => {
  const lower = bind(word.toLowerCase().slice(0, 100), 'text')
  return `${KEY} ~>=~ ${lower} AND ${KEY} ~<~ (${lower} || chr(1114111)) AND ${NAMED}`
}
const hasId = (word: string, bind: Bind): string => {
  const typed = bind(word, 'text')
  return `own.lead_id >= ${typed} AND own.lead_id < (${typed} || chr(1114111))`
}

/** The ids by which they go now of those of whom the word begins some name. */
function whoBegins(word: string, bind: Bind): string {
  const named = isNamed(word, bind)
  return `
    SELECT coalesce(own.merged_into, own.lead_id) FROM wonlost.traits t JOIN wonlost.leads own ON own.lead_id = t.subject_id
     WHERE t.subject_kind = 'lead' AND ${named}
    UNION ALL
    SELECT coalesce(own.merged_into, own.lead_id) FROM wonlost.traits t JOIN wonlost.leads own ON own.account_id = t.subject_id
     WHERE t.subject_kind = 'account' AND ${named}
    UNION ALL
    SELECT coalesce(own.merged_into, own.lead_id) FROM wonlost.leads own WHERE ${hasId(word, bind)}`
}

/** Whether the word begins some name of the lead that goes by this id. */
function beginsSome(id: string, word: string, bind: Bind): string {
  const named = isNamed(word, bind)
  const has = (kind: string, subject: string): string =>
    `EXISTS (SELECT FROM wonlost.traits t WHERE t.subject_kind = '${kind}' AND t.subject_id = ${subject} AND ${named})`
  return `EXISTS (
    SELECT FROM wonlost.leads own WHERE (own.lead_id = ${id} OR own.merged_into = ${id})
      AND ((${hasId(word, bind)}) OR ${has('lead', 'own.lead_id')} OR ${has('account', 'own.account_id')}))`
}
