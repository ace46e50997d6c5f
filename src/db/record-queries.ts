/**
 * The SQL behind records.ts. Traits and events come as JSON of arrays, built by the server: one row a lead instead of one an event,
 * which the driver reads several times faster.
 */

/** A record belongs to an account, or to a lead without one. */
export type OwnerKind = 'account' | 'lead'

/** Times are timestamptz(3), so this is exact. */
const milliseconds = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::bigint`

const traitsOf = (kind: OwnerKind, id: string): string => `coalesce((
  SELECT json_agg(json_build_array(name, value, ${milliseconds('occurred_at')}, ${milliseconds('known_at')}, source, undated)
                  ORDER BY occurred_at, known_at, name, source)
  FROM wonlost.traits WHERE subject_kind = '${kind}' AND subject_id = ${id}), '[]') AS traits`

const EVENTS = `coalesce((
  SELECT json_agg(json_build_array(event_id, type, ${milliseconds('occurred_at')}, ${milliseconds('known_at')}, source, properties)
                  ORDER BY occurred_at, known_at, event_id)
  FROM wonlost.events WHERE events.lead_id = leads.lead_id), '[]') AS events`

const LEADS = `SELECT lead_id, account_id, ${milliseconds('created_at')} AS created_at, ${traitsOf('lead', 'leads.lead_id')}, ${EVENTS}
  FROM wonlost.leads`

const DEALS = `SELECT owner, deals.deal_id, deals.account_id, pipeline, ${milliseconds('opened_at')} AS opened_at,
    ${milliseconds('closed_at')} AS closed_at, outcome, amount, lost_reason,
    coalesce((SELECT json_agg(json_build_array(lead_id, is_primary) ORDER BY lead_id)
              FROM wonlost.deal_contacts WHERE deal_contacts.deal_id = deals.deal_id), '[]') AS contacts,
    coalesce((SELECT json_agg(json_build_array(stage, ${milliseconds('entered_at')}) ORDER BY entered_at, stage)
              FROM wonlost.deal_stages WHERE deal_stages.deal_id = deals.deal_id), '[]') AS stages
  FROM owned JOIN wonlost.deals USING (deal_id) ORDER BY owner, opened_at, deal_id`

/** An account has its own deals, and those that its leads are contacts of. $1: ids of owners. */
export const RECORD_QUERIES = {
  account: {
    leads: `${LEADS} WHERE account_id = ANY($1) ORDER BY account_id, lead_id`,
    deals: `WITH owned AS (
        SELECT account_id AS owner, deal_id FROM wonlost.deals WHERE account_id = ANY($1)
        UNION SELECT leads.account_id, deal_id FROM wonlost.leads JOIN wonlost.deal_contacts USING (lead_id)
        WHERE leads.account_id = ANY($1)) ${DEALS}`,
    traits: `SELECT account_id AS owner, ${traitsOf('account', 'accounts.account_id')}
      FROM wonlost.accounts WHERE account_id = ANY($1)`,
  },
  lead: {
    leads: `${LEADS} WHERE account_id IS NULL AND lead_id = ANY($1) ORDER BY lead_id`,
    deals: `WITH owned AS (
        SELECT lead_id AS owner, deal_id FROM wonlost.deal_contacts WHERE lead_id = ANY($1)) ${DEALS}`,
    traits: `SELECT '' AS owner, '[]'::json AS traits WHERE $1::text[] IS NULL`,
  },
} as const
