/** Whom somebody may have meant by the id of a lead that is not there. */
import type pg from 'pg'

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.:@'
/** Longer ids have too many neighbours to ask for. */
const LONGEST = 64
const NEIGHBOURS = 3

/** Up to `limit` ids: of whom a mail address or another id is given; one slip of the pen away; next in order with the same beginning. */
export async function nearestLeads(pool: pg.Pool, given: string, limit = 5): Promise<string[]> {
  const text = given.trim()
  const { rows } = await pool.query<{ lead_id: string; rank: number }>(
    `SELECT subject_id AS lead_id, 1 AS rank FROM wonlost.identities
      WHERE subject_kind = 'lead' AND value = ANY(ARRAY[$1, lower($1)])
     UNION ALL SELECT lead_id, 2 FROM wonlost.leads WHERE lead_id = ANY($2)
     UNION ALL (SELECT lead_id, 3 FROM wonlost.leads WHERE lead_id > $1 ORDER BY lead_id LIMIT ${NEIGHBOURS})
     UNION ALL (SELECT lead_id, 3 FROM wonlost.leads WHERE lead_id < $1 ORDER BY lead_id DESC LIMIT ${NEIGHBOURS})
     ORDER BY 2, 1`,
    [text, text.length <= LONGEST ? slips(text) : []],
  )
  const beginning = text.slice(0, Math.max(1, Math.ceil(text.length / 2)))
  const near = rows.filter(({ lead_id, rank }) => rank < 3 || lead_id.startsWith(beginning))
  return [...new Set(near.map(({ lead_id }) => lead_id))].slice(0, limit)
}

/** One letter less, more or other, two in the wrong order, another case. */
function slips(text: string): string[] {
  const found = new Set([text, text.toLowerCase(), text.toUpperCase()])
  for (let i = 0; i <= text.length; i++) {
    const [before, after] = [text.slice(0, i), text.slice(i)]
    found.add(before + after.slice(1))
    found.add(before + after.slice(1, 2) + after.slice(0, 1) + after.slice(2))
    for (const letter of LETTERS) {
      found.add(before + letter + after)
      found.add(before + letter + after.slice(1))
    }
  }
  return [...found]
}
