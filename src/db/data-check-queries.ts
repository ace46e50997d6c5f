/**
 * The SQL behind data-check.ts: aggregates over whole tables, one pass each, with a result that stays small whatever is in them.
 * Days and clocks are of UTC, whatever the zone of the session.
 */
import { personAccount } from './people.ts'

/** How many there are, and the first and last id of them (in the order of ids) as examples. */
const counted = (name: string, id: string, condition: string): string =>
  `count(*) FILTER (WHERE ${condition}) AS ${name}, min(${id}) FILTER (WHERE ${condition}) AS ${name}_first,
   max(${id}) FILTER (WHERE ${condition}) AS ${name}_last`

export const VOLUMES = `SELECT
  (SELECT count(*) FROM wonlost.leads WHERE merged_into IS NULL) AS leads,
  (SELECT count(*) FROM wonlost.leads lead WHERE merged_into IS NULL AND account_id IS NULL
    AND ${personAccount('lead')} IS NULL) AS leads_without_account,
  (SELECT count(*) FROM wonlost.accounts WHERE merged_into IS NULL) AS accounts,
  (SELECT count(*) FROM wonlost.traits) AS traits`

export const PIPELINES = `SELECT pipeline, count(*) FILTER (WHERE outcome = 'won') AS won,
    count(*) FILTER (WHERE outcome = 'lost') AS lost, count(*) FILTER (WHERE outcome = 'open') AS open
  FROM wonlost.deals GROUP BY pipeline ORDER BY count(*) DESC, pipeline LIMIT 50`

/**
 * A deal is touched when a contact came into being, or did something, before it was opened. Events are asked only of deals that no
 * contact is older than, and of all of these together.
 */
export const DEALS = `WITH people AS (
    SELECT contact.deal_id, lead.lead_id, lead.created_at
    FROM wonlost.deal_contacts contact JOIN wonlost.leads named USING (lead_id)
      JOIN wonlost.leads lead ON coalesce(lead.merged_into, lead.lead_id) = coalesce(named.merged_into, named.lead_id)),
  deals AS MATERIALIZED (
    SELECT deal.deal_id, deal.opened_at, count(people.lead_id) AS contacts, min(people.created_at) > deal.opened_at AS is_older
    FROM wonlost.deals deal LEFT JOIN people USING (deal_id) GROUP BY deal.deal_id),
  touched AS MATERIALIZED (
    SELECT DISTINCT deals.deal_id FROM deals JOIN people USING (deal_id)
    WHERE is_older AND EXISTS (
      SELECT FROM wonlost.events WHERE events.lead_id = people.lead_id AND events.occurred_at <= deals.opened_at))
  SELECT count(*) AS deals, ${counted('without_contacts', 'deals.deal_id', 'contacts = 0')},
    ${counted('untouched', 'deals.deal_id', 'is_older AND touched.deal_id IS NULL')}
  FROM deals LEFT JOIN touched USING (deal_id)`

/** As CRMs call it: closedwon, Closed Won, 7 - Won, deal lost. */
const stageSays = (outcome: 'won' | 'lost'): string =>
  `stage ~* '(^|[^[:alpha:]])(closed)?${outcome}([^[:alpha:]]|$)'`

/** The stage that a deal entered last, against its outcome. */
export const STAGES = `WITH latest AS (
    SELECT DISTINCT ON (deal_id) deal_id, stage FROM wonlost.deal_stages
    ORDER BY deal_id, entered_at DESC, stage DESC),
  told AS (
    SELECT deal_id, CASE WHEN ${stageSays('won')} THEN 'won' WHEN ${stageSays('lost')} THEN 'lost' END AS told, outcome
    FROM latest JOIN wonlost.deals USING (deal_id))
  SELECT count(*) AS with_stages, ${counted('won_stage', 'deal_id', `told = 'won' AND outcome <> 'won'`)},
    ${counted('lost_stage', 'deal_id', `told = 'lost' AND outcome <> 'lost'`)}
  FROM told`

/** Subjects whose trait, as it is today, is the same once normalised. `$1`, where it is asked: keys that say nothing. */
const duplicates = (
  { kind, table, trait }: { kind: 'lead' | 'account'; table: string; trait: string },
  key: string,
  filter: string,
): string => `WITH keyed AS (
    SELECT DISTINCT ON (subject_id) subject_id, ${key} AS key
    FROM wonlost.traits trait JOIN ${table} subject ON subject.${kind}_id = subject_id AND merged_into IS NULL,
      LATERAL (SELECT lower(btrim(value #>> '{}')) AS text) AS given
    WHERE subject_kind = '${kind}' AND name = '${trait}' AND jsonb_typeof(value) = 'string'
    ORDER BY subject_id, trait.occurred_at DESC, trait.known_at DESC),
  groups AS (
    SELECT key, count(*) AS size, min(subject_id) AS first, max(subject_id) AS last
    FROM keyed WHERE ${filter} GROUP BY key HAVING count(*) > 1),
  examples AS (SELECT first, last FROM groups ORDER BY size DESC, first LIMIT 2)
  SELECT (SELECT count(*) FROM keyed WHERE ${filter}) AS known, (SELECT count(*) FROM groups) AS groups,
    (SELECT coalesce(sum(size - 1), 0) FROM groups) AS surplus,
    (SELECT coalesce(json_agg(json_build_array(first, last)), '[]') FROM examples) AS examples`

/** Addresses without a display name or `mailto:`, as imports compare them. */
export const DUPLICATE_LEADS = duplicates(
  { kind: 'lead', table: 'wonlost.leads', trait: 'email' },
  `rtrim(substring(text FROM '([^[:space:]@<>:]+@[^[:space:]@<>]+)>?$'), '.')`,
  'key IS NOT NULL',
)

/** Host names without protocol, `www.` and path. $1: domains that many share, of mail providers. */
export const DUPLICATE_ACCOUNTS = duplicates(
  { kind: 'account', table: 'wonlost.accounts', trait: 'domain' },
  String.raw`rtrim(substring(regexp_replace(text, '^([a-z][a-z0-9+.-]*://)?(www\.)?', '') FROM '^[^/?#:[:space:]]+'), '.')`,
  `key LIKE '%.%' AND key <> ALL ($1::text[])`,
)

/**
 * Types and sources of events, sources of leads and deals, over days: when each began and ended, and the longest stretch of days
 * without any. $1: only what is before.
 */
export const ACTIVITY = `WITH events AS (
    SELECT type, source, (occurred_at AT TIME ZONE 'UTC')::date AS day, count(*) AS n
    FROM wonlost.events WHERE occurred_at < $1 GROUP BY 1, 2, 3),
  days AS (
    SELECT 'event_type' AS kind, type AS name, day, sum(n) AS n FROM events GROUP BY 2, 3
    UNION ALL SELECT 'event_source', source, day, sum(n) FROM events GROUP BY 2, 3
    UNION ALL SELECT 'lead_source', source, (created_at AT TIME ZONE 'UTC')::date, count(*)
      FROM wonlost.leads WHERE created_at < $1 GROUP BY 2, 3
    UNION ALL SELECT 'deal_source', source, (opened_at AT TIME ZONE 'UTC')::date, count(*)
      FROM wonlost.deals WHERE opened_at < $1 GROUP BY 2, 3),
  gaps AS (
    SELECT *, day - lag(day) OVER w - 1 AS gap, sum(n) OVER w - n AS n_before FROM days
    WINDOW w AS (PARTITION BY kind, name ORDER BY day)),
  named AS (
    SELECT kind, name, sum(n) AS n, min(day) AS first, max(day) AS last, count(*) AS active_days,
      coalesce(max(gap), 0) AS gap, (array_agg(day ORDER BY gap DESC NULLS LAST, day))[1] AS gap_end,
      (array_agg(n_before ORDER BY gap DESC NULLS LAST, day))[1] AS n_before_gap
    FROM gaps GROUP BY kind, name),
  placed AS (
    SELECT *, row_number() OVER (PARTITION BY kind ORDER BY n DESC, name) AS place, count(*) OVER (PARTITION BY kind) AS names
    FROM named)
  SELECT kind, name, n, first::text, last::text, active_days, gap, (gap_end - gap)::text AS gap_from, n_before_gap, names
  FROM placed WHERE place <= 100 ORDER BY kind, place`

/** Events by whom they belong to. */
export const EVENT_OWNERS = `SELECT count(*) AS events,
    count(*) FILTER (WHERE event.lead_id IS NULL) AS anonymous,
    ${counted('unknown', 'event.lead_id', 'event.lead_id IS NOT NULL AND lead.lead_id IS NULL')}
  FROM wonlost.events event LEFT JOIN wonlost.leads lead ON lead.lead_id = event.lead_id`

/** Every time that says when something happened. Undated traits say nothing of that, nor does the creation of an account. */
const TIMES = `times AS NOT MATERIALIZED (
    SELECT 'leads.created_at' AS field, '' AS part, lead_id AS id, created_at AS at FROM wonlost.leads
    UNION ALL SELECT 'deals.opened_at', '', deal_id, opened_at FROM wonlost.deals
    UNION ALL SELECT 'deals.closed_at', '', deal_id, closed_at FROM wonlost.deals WHERE closed_at IS NOT NULL
    UNION ALL SELECT 'traits.occurred_at', subject_kind, subject_id, occurred_at FROM wonlost.traits WHERE NOT undated
    UNION ALL SELECT 'events.occurred_at', type, event_id, occurred_at FROM wonlost.events)`

/**
 * How many times of a field stand at the two clocks that are the most frequent among whole quarters of an hour (a date without a
 * time is midnight, somewhere), and how many lie after $1.
 */
export const CLOCKS = `WITH ${TIMES},
  clocks AS (
    SELECT field, part, CASE WHEN date_bin('15 minutes', at, '2000-01-01T00:00:00Z') = at THEN (at AT TIME ZONE 'UTC')::time END AS clock,
      count(*) AS n, ${counted('future', 'id', 'at > $1')}
    FROM times GROUP BY 1, 2, 3),
  placed AS (SELECT *, row_number() OVER (PARTITION BY field, part ORDER BY clock IS NULL, n DESC, clock) AS place FROM clocks)
  SELECT field, part, sum(n) AS n, coalesce(json_agg(json_build_array(to_char(clock, 'HH24:MI'), n) ORDER BY place)
      FILTER (WHERE clock IS NOT NULL AND place <= 2), '[]') AS clocks,
    sum(future) AS future, min(future_first) AS future_first, max(future_last) AS future_last
  FROM placed GROUP BY field, part ORDER BY sum(n) DESC, field, part LIMIT 500`

/** The second at which most times of a field stand, where a fifth of them stand on its day, and there are twenty at least. */
export const STAMPS = `WITH ${TIMES},
  days AS (SELECT field, part, (at AT TIME ZONE 'UTC')::date AS day, count(*) AS n FROM times GROUP BY 1, 2, 3),
  busy AS (
    SELECT DISTINCT ON (field, part) field, part, day
    FROM (SELECT *, sum(n) OVER (PARTITION BY field, part) AS total FROM days) AS shares
    WHERE 5 * n >= total AND total >= 20 ORDER BY field, part, n DESC, day),
  seconds AS (
    SELECT field, part, date_trunc('second', at) AS second, count(*) AS n, min(id) AS first, max(id) AS last
    FROM times JOIN busy USING (field, part) WHERE (at AT TIME ZONE 'UTC')::date = busy.day GROUP BY 1, 2, 3)
  SELECT DISTINCT ON (field, part) field, part, second, n, first, last
  FROM seconds ORDER BY field, part, n DESC, second`
