/**
 * The SQL behind records.ts. Traits and events come as JSON of arrays, built by the server: one row a lead instead of one an event,
 * which the driver reads several times faster. What was merged away comes with what it was merged into.
 */
import { OBJECTING } from './objections.ts'
import { allIds, personAccount, personCreatedAt, rootAccount } from './people.ts'

/** A record belongs to an account, or to a lead without one. */
export type OwnerKind = 'account' | 'lead'

/** Times are timestamptz(3), so this is exact. */
const milliseconds = (time: string): string => `(extract(epoch FROM ${time}) * 1000)::bigint`

/** Almost nobody was merged: with one id to look for, the server reads an index in order and sorts less. */
const gather = (subject: string, id: string, query: (is: string) => string): string =>
  `CASE WHEN cardinality(${subject}.ids) = 1 THEN (${query(`= ${subject}.${id}`)}) ELSE (${query(`= ANY(${subject}.ids)`)}) END`

const traitsOf = (kind: OwnerKind, subject: string): string =>
  `coalesce(${gather(
    subject,
    `${kind}_id`,
    (is) => `
  SELECT json_agg(json_build_array(name, value, ${milliseconds('occurred_at')}, ${milliseconds('known_at')}, source, undated)
                  ORDER BY occurred_at, known_at, name, source, subject_id)
  FROM wonlost.traits WHERE subject_kind = '${kind}' AND subject_id ${is}`,
  )}, '[]') AS traits`

const EVENTS = `coalesce(${gather(
  'person',
  'lead_id',
  (is) => `
  SELECT json_agg(json_build_array(event_id, type, ${milliseconds('occurred_at')}, ${milliseconds('known_at')}, source, properties)
                  ORDER BY occurred_at, known_at, event_id)
  FROM wonlost.events WHERE events.lead_id ${is}`,
)}, '[]') AS events`

/**
 * Ids are of what was not merged away, unless it is said otherwise. Whoever objected to being scored is in no record, but where one
 * such lead is asked for by itself (`$2` of `leads`).
 */
export const RECORD_QUERIES = {
  /**
   * Who belongs to accounts, with the account as it stands in the row. $1: accounts, with those merged into them.
   * Somebody without an account of its own has that of a lead merged into it.
   */
  people: `
    SELECT lead_id, account_id FROM wonlost.leads WHERE account_id = ANY($1) AND merged_into IS NULL
    UNION ALL
    SELECT lead_id, account_id
    FROM (SELECT lead_id, ${personAccount('lead')} AS account_id FROM wonlost.leads lead
          WHERE account_id IS NULL AND lead_id = ANY(ARRAY(
            SELECT merged_into FROM wonlost.leads WHERE account_id = ANY($1) AND merged_into IS NOT NULL))) person
    WHERE account_id = ANY($1)`,
  /** $1: leads; $2: those who objected as well. */
  leads: `
    SELECT lead_id, ids, ${milliseconds('created_at')} AS created_at, ${traitsOf('lead', 'person')}, ${EVENTS}
    FROM (SELECT lead_id, ${personCreatedAt('lead')} AS created_at, ${allIds('lead', 'lead')} AS ids
          FROM wonlost.leads lead WHERE lead_id = ANY($1) AND ($2 OR lead_id NOT IN ${OBJECTING})) person
    ORDER BY lead_id`,
  /** $1: accounts, $2: leads, both with those merged into them. A deal with several leads of one person has it once. */
  deals: `
    SELECT deal_id, ${rootAccount('deals.account_id')} AS account_id, pipeline, ${milliseconds('opened_at')} AS opened_at, ${milliseconds('closed_at')} AS closed_at,
      ${milliseconds('known_at')} AS known_at,
      outcome, amount, currency, lost_reason,
      coalesce((SELECT json_agg(json_build_array(lead_id, is_primary) ORDER BY lead_id)
                FROM (SELECT coalesce(lead.merged_into, lead.lead_id) AS lead_id, bool_or(is_primary) AS is_primary
                      FROM wonlost.deal_contacts JOIN wonlost.leads lead USING (lead_id)
                      WHERE deal_contacts.deal_id = deals.deal_id GROUP BY 1) contact), '[]') AS contacts,
      coalesce((SELECT json_agg(json_build_array(stage, ${milliseconds('entered_at')}) ORDER BY entered_at, stage)
                FROM wonlost.deal_stages WHERE deal_stages.deal_id = deals.deal_id), '[]') AS stages
    FROM wonlost.deals
    WHERE deal_id = ANY(ARRAY(SELECT deal_id FROM wonlost.deals WHERE account_id = ANY($1)
                              UNION SELECT deal_id FROM wonlost.deal_contacts WHERE lead_id = ANY($2)))
    ORDER BY opened_at, deal_id`,
  /** $1: accounts. */
  accountTraits: `
    SELECT account_id AS owner, ${traitsOf('account', 'account')}
    FROM (SELECT account_id, ${allIds('account', 'accounts')} AS ids FROM wonlost.accounts WHERE account_id = ANY($1)) account`,
} as const
