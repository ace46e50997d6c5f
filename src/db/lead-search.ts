/** Leads by what a name of theirs begins with: first and last name, mail address, id, name and domain of the company. */
import type pg from 'pg'

/** Who is looked for by more words is found by these. */
const MOST_WORDS = 5

/** At most so many are found: whoever sees them types on. */
const MOST_FOUND = 1_000

/** As the index has it: 0020_sessions.sql. */
const KEY = `left(lower(t.value #>> '{}'), 100)`
const NAMED = `t.name IN ('first_name', 'last_name', 'email', 'name', 'domain')`

/** The ids by which they go now, of those of whom every word begins some name. */
export async function findLeads(pool: pg.Pool, text: string): Promise<readonly string[]> {
  const words = text.split(/\s+/).filter(Boolean).slice(0, MOST_WORDS)
  if (words.length === 0) return []
  const found = words.map((_, index) => whoBeginsWith(`$${2 * index + 1}`, `$${2 * index + 2}`))
  const { rows } = await pool.query<{ root: string }>(
    `${found.join(' INTERSECT ')} ORDER BY root LIMIT ${MOST_FOUND}`,
    words.flatMap((word) => [word.toLowerCase().slice(0, 100), word]),
  )
  return rows.map(({ root }) => root)
}

/** Parameters: the word in lower case, and as it was typed. */
function whoBeginsWith(lower: string, typed: string): string {
  const begins = `${KEY} ~>=~ ${lower}::text AND ${KEY} ~<~ (${lower}::text || chr(1114111)) AND ${NAMED}`
  return `(
    SELECT coalesce(l.merged_into, l.lead_id) AS root FROM wonlost.traits t JOIN wonlost.leads l ON l.lead_id = t.subject_id
     WHERE t.subject_kind = 'lead' AND ${begins}
    UNION
    SELECT coalesce(l.merged_into, l.lead_id) FROM wonlost.traits t JOIN wonlost.leads l ON l.account_id = t.subject_id
     WHERE t.subject_kind = 'account' AND ${begins}
    UNION
    SELECT coalesce(l.merged_into, l.lead_id) FROM wonlost.leads l
     WHERE l.lead_id >= ${typed} AND l.lead_id < (${typed}::text || chr(1114111)))`
}
