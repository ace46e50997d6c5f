/**
 * The tables that `bulkLoad` fills, as data: columns in the order of a row, the key, and what happens to each other column
 * when the key is there already. The rules are chosen so that loading the same rows again writes nothing.
 */

import type { SubjectKind } from '../glossary.ts'

type SqlType = 'text' | 'timestamptz' | 'boolean' | 'double precision' | 'jsonb'

/**
 * What a known key does with the column of a new row:
 * - `key`      it is (part of) the key
 * - `replace`  the new value
 * - `fill`     the new value unless it is null: an empty cell says nothing
 * - `keep`     the value that is there
 * - `earliest` the earlier time
 * - `changeOf` the new time when one of these columns changed, the earlier one otherwise: when we learned of what they say now
 */
type UpdateRule = 'key' | 'replace' | 'fill' | 'keep' | 'earliest' | { readonly changeOf: readonly string[] }

export interface LoadableColumn {
  readonly name: string
  readonly type: SqlType
  readonly rule: UpdateRule
}

export interface LoadableTable {
  /** Name in the schema `wonlost`. */
  readonly name: string
  /** In the order in which a row gives its values. */
  readonly columns: readonly LoadableColumn[]
  /** Column with the id of what a row is about. */
  readonly subject: string
  /** SQL condition on a staged row `s`: rows for which it is not true are read, but not written. */
  readonly condition?: string
  /** SQL to run on the staged rows (`staging s`) before they are written. */
  readonly prepare?: string
  /** SQL, of a row `t` that changed: the kind and the id of what is to be scored again for it. */
  readonly touches?: readonly [kind: string, id: string]
}

function defineTable(
  name: string,
  subject: string,
  columns: readonly (readonly [name: string, type: SqlType, rule: UpdateRule])[],
  options: Pick<LoadableTable, 'condition' | 'prepare' | 'touches'> = {},
): LoadableTable {
  return Object.freeze({
    name,
    subject,
    columns: columns.map(([column, type, rule]) => ({ name: column, type, rule })),
    ...options,
  })
}

/**
 * A CRM may have several records of one subject, under several ids (a Salesforce lead, and the contact that it became). All write
 * one row, in any order: it came into being with the first of them, and none loses what another says. Links of ids (IDENTITIES)
 * go before.
 */
const oneOfSeveralRecords = (kind: SubjectKind): string => `
  UPDATE pg_temp.staging s
     SET created_at = record.created_at, known_at = record.known_at
         ${kind === 'lead' ? ', account_id = coalesce(s.account_id, record.organisation)' : ''}
    FROM (SELECT staged.${kind}_id, least(min(staged.created_at), min(known.created_at)) AS created_at,
                 min(staged.known_at) AS known_at, max(staged.account_id) AS organisation
            FROM pg_temp.staging staged LEFT JOIN wonlost.${kind}s known USING (${kind}_id)
           WHERE EXISTS (SELECT FROM wonlost.identities
                          WHERE subject_kind = '${kind}' AND subject_id = staged.${kind}_id AND kind = 'crm_id')
           GROUP BY staged.${kind}_id) record
   WHERE s.${kind}_id = record.${kind}_id`

const OF_DEAL = [`'deal'`, 't.deal_id'] as const

export const ACCOUNTS = defineTable(
  'accounts',
  'account_id',
  [
    ['account_id', 'text', 'key'],
    ['created_at', 'timestamptz', 'replace'],
    ['known_at', 'timestamptz', 'earliest'],
    ['source', 'text', 'keep'],
  ],
  { prepare: oneOfSeveralRecords('account'), touches: [`'account'`, 't.account_id'] },
)

export const LEADS = defineTable(
  'leads',
  'lead_id',
  [
    ['lead_id', 'text', 'key'],
    ['account_id', 'text', 'fill'],
    ['created_at', 'timestamptz', 'replace'],
    ['known_at', 'timestamptz', 'earliest'],
    ['source', 'text', 'keep'],
  ],
  { prepare: oneOfSeveralRecords('lead'), touches: [`'lead'`, 't.lead_id'] },
)

/** Dated traits are one row for each time. An undated one is written only where it differs from the newest value of its source. */
export const TRAITS = defineTable(
  'traits',
  'subject_id',
  [
    ['subject_kind', 'text', 'key'],
    ['subject_id', 'text', 'key'],
    ['name', 'text', 'key'],
    ['value', 'jsonb', 'replace'],
    ['occurred_at', 'timestamptz', 'key'],
    ['known_at', 'timestamptz', 'key'],
    ['source', 'text', 'key'],
    ['undated', 'boolean', 'replace'],
  ],
  {
    condition: `NOT s.undated OR s.value IS DISTINCT FROM (
      SELECT newest.value FROM wonlost.traits newest
       WHERE newest.subject_kind = s.subject_kind AND newest.subject_id = s.subject_id
         AND newest.name = s.name AND newest.source = s.source
       ORDER BY newest.occurred_at DESC, newest.known_at DESC LIMIT 1)`,
    touches: ['t.subject_kind', 't.subject_id'],
  },
)

export const EVENTS = defineTable(
  'events',
  'event_id',
  [
    ['event_id', 'text', 'key'],
    ['lead_id', 'text', 'fill'],
    ['anonymous_id', 'text', 'fill'],
    ['type', 'text', 'replace'],
    ['occurred_at', 'timestamptz', 'replace'],
    ['known_at', 'timestamptz', 'earliest'],
    ['source', 'text', 'keep'],
    ['properties', 'jsonb', 'replace'],
  ],
  { touches: [`'lead'`, 't.lead_id'] },
)

/** An amount that is corrected long after tells nothing new of the outcome: it must not make the deal unknown for the time between. */
export const DEALS = defineTable(
  'deals',
  'deal_id',
  [
    ['deal_id', 'text', 'key'],
    ['account_id', 'text', 'fill'],
    ['pipeline', 'text', 'replace'],
    ['opened_at', 'timestamptz', 'replace'],
    ['closed_at', 'timestamptz', 'replace'],
    ['outcome', 'text', 'replace'],
    ['amount', 'double precision', 'fill'],
    ['currency', 'text', 'fill'],
    ['lost_reason', 'text', 'fill'],
    ['known_at', 'timestamptz', { changeOf: ['outcome', 'closed_at'] }],
    ['source', 'text', 'keep'],
  ],
  { touches: OF_DEAL },
)

/**
 * A deal has one primary contact: of several that rows name, the last; the one before makes room. A row that does not say
 * leaves it as it is.
 */
export const DEAL_CONTACTS = defineTable(
  'deal_contacts',
  'deal_id',
  [
    ['deal_id', 'text', 'key'],
    ['lead_id', 'text', 'key'],
    ['is_primary', 'boolean', 'replace'],
  ],
  {
    prepare: `UPDATE pg_temp.staging s SET is_primary = COALESCE((
        SELECT before.is_primary FROM wonlost.deal_contacts before
         WHERE before.deal_id = s.deal_id AND before.lead_id = s.lead_id), false)
       WHERE s.is_primary IS NULL;
      UPDATE pg_temp.staging s SET is_primary = s.lead_id = chosen.lead_id
        FROM (SELECT DISTINCT ON (deal_id) deal_id, lead_id FROM pg_temp.staging
               WHERE is_primary ORDER BY deal_id, ctid DESC) chosen
       WHERE s.deal_id = chosen.deal_id AND s.is_primary <> (s.lead_id = chosen.lead_id);
      UPDATE wonlost.deal_contacts before SET is_primary = false
        FROM pg_temp.staging s
       WHERE before.is_primary AND s.is_primary AND before.deal_id = s.deal_id AND before.lead_id <> s.lead_id`,
    touches: OF_DEAL,
  },
)

export const DEAL_STAGES = defineTable(
  'deal_stages',
  'deal_id',
  [
    ['deal_id', 'text', 'key'],
    ['stage', 'text', 'key'],
    ['entered_at', 'timestamptz', 'key'],
    ['known_at', 'timestamptz', 'earliest'],
  ],
  { touches: OF_DEAL },
)

/** The first subject that a mail address or domain was linked to keeps it; merging is a decision of its own. */
export const IDENTITIES = defineTable('identities', 'subject_id', [
  ['kind', 'text', 'key'],
  ['value', 'text', 'key'],
  ['subject_kind', 'text', 'key'],
  ['subject_id', 'text', 'keep'],
  ['linked_at', 'timestamptz', 'keep'],
  ['source', 'text', 'keep'],
])
