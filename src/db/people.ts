/**
 * SQL for who somebody is after merges. Every row keeps the id it came with; `merged_into` of its lead or account says whose it
 * is now. `lead` and `account` stand for the alias of a row that was not merged away itself.
 */
import type pg from 'pg'
import type { SubjectKind } from '../glossary.ts'

/** The account of a person as its row has it: its own, or else that of the first lead merged into it that has one. */
export const personAccount = (lead: string): string => `coalesce(${lead}.account_id, (
  SELECT merged.account_id FROM wonlost.leads merged
   WHERE merged.merged_into = ${lead}.lead_id AND merged.account_id IS NOT NULL
   ORDER BY merged.created_at, merged.lead_id LIMIT 1))`

/** The account that `accountId` belongs to now. */
export const rootAccount = (accountId: string): string => `(
  SELECT coalesce(account.merged_into, account.account_id) FROM wonlost.accounts account
   WHERE account.account_id = ${accountId})`

/** First touch of a person: the earliest of all its leads. */
export const personCreatedAt = (lead: string): string => `least(${lead}.created_at, (
  SELECT min(merged.created_at) FROM wonlost.leads merged WHERE merged.merged_into = ${lead}.lead_id))`

/** All ids of a person or an account, as an array. */
export const allIds = (kind: SubjectKind, row: string): string => `array_append((
  SELECT array_agg(merged.${kind}_id) FROM wonlost.${kind}s merged WHERE merged.merged_into = ${row}.${kind}_id), ${row}.${kind}_id)`

/**
 * Parts of a WITH: `people` as they are now, with the account that they are counted under (themselves where they have none), and whom
 * every id means (`named`).
 */
export const COUNTED_PEOPLE = `
  people AS MATERIALIZED (
    SELECT l.lead_id AS root, coalesce('account ' || ${rootAccount(personAccount('l'))}, 'lead ' || l.lead_id) AS account
    FROM wonlost.leads l WHERE l.merged_into IS NULL),
  named AS MATERIALIZED (SELECT lead_id, coalesce(merged_into, lead_id) AS root FROM wonlost.leads)`

/** The id that `id` goes by now: itself, unless it was merged into another. null when it is unknown. */
export async function rootOf(
  client: pg.Pool | pg.ClientBase,
  kind: SubjectKind,
  id: string,
): Promise<string | null> {
  const { rows } = await client.query<{ root: string }>(
    `SELECT coalesce(merged_into, ${kind}_id) AS root FROM wonlost.${kind}s WHERE ${kind}_id = $1`,
    [id],
  )
  return rows[0]?.root ?? null
}

/** The leads of these accounts and of all that are one with them. */
export async function leadsOfAccounts(
  client: pg.ClientBase,
  accountIds: readonly string[],
): Promise<readonly string[]> {
  if (accountIds.length === 0) return []
  const { rows } = await client.query<{ lead_id: string }>(
    `SELECT lead_id FROM wonlost.leads WHERE account_id IN (
       SELECT account_id FROM wonlost.accounts WHERE coalesce(merged_into, account_id) IN (
         SELECT coalesce(merged_into, account_id) FROM wonlost.accounts WHERE account_id = ANY($1)))`,
    [accountIds],
  )
  return rows.map((row) => row.lead_id)
}
