/** Who was champion when, by whom and why. */
import type pg from 'pg'
import type { Milliseconds } from '../glossary.ts'
import { NO_VERSION } from './model-aliases.ts'
import type { ModelAlias } from './models.ts'

type Client = pg.Pool | pg.ClientBase

export interface AliasChange {
  readonly alias: ModelAlias
  readonly revision: number
  /** null: from then on there is none. */
  readonly version: number | null
  readonly changedAt: Milliseconds
  readonly changedBy: string
  readonly reason: string
}

/** Every change of the aliases of (name, segment), the newest first. */
export async function aliasHistory(client: Client, name: string, segment: string): Promise<AliasChange[]> {
  const { rows } = await client.query<Omit<AliasChange, 'changedAt'> & { changedAt: Date }>(
    `SELECT alias, revision, nullif(version, ${NO_VERSION}) AS version, changed_at AS "changedAt", changed_by AS "changedBy", reason
     FROM wonlost.model_alias_history WHERE name = $1 AND segment = $2
     ORDER BY changed_at DESC, alias, revision DESC`,
    [name, segment],
  )
  return rows.map((row) => ({ ...row, changedAt: row.changedAt.getTime() }))
}

/** The versions that were champion of (name, segment), up to this revision (null: to the last), in that order; `NO_VERSION` where none was any more. */
export async function formerChampions(
  client: Client,
  name: string,
  segment: string,
  revision: number | null,
): Promise<number[]> {
  const { rows } = await client.query<{ version: number }>(
    `SELECT version FROM wonlost.model_alias_history
     WHERE name = $1 AND segment = $2 AND alias = 'champion' AND ($3::integer IS NULL OR revision <= $3) ORDER BY revision`,
    [name, segment, revision],
  )
  return rows.map(({ version }) => version)
}

/**
 * The champion that a roll-back goes to; null where it goes to none. Promotions pile up, and going back to a version takes off all that
 * came after it: after 1, 2, 3 and back to 2 it is 1, not 3.
 * @param versions Those that were champion, in that order; the last is champion now.
 */
export function championBefore(versions: readonly number[]): number | null {
  const pile: number[] = []
  for (const version of versions) {
    const at = pile.indexOf(version)
    if (version === NO_VERSION) pile.length = 0
    else if (at < 0) pile.push(version)
    else pile.length = at + 1
  }
  return pile.at(-2) ?? null
}
