/** Traits with a type of their own. Any other column of leads and accounts is a trait too, and its cells are read one by one. */

import { TRAITS } from '../../db/loadable-tables.ts'
import type { Milliseconds, SubjectKind } from '../../glossary.ts'
import { IMPORT_SOURCE, type ImportColumn, type ImportRecord, type KnownTimes } from '../define-import.ts'
import type { RowCells } from '../row-cells.ts'

function trait(
  name: string,
  type: ImportColumn['type'],
  about: string,
  rules: Partial<ImportColumn> = {},
): ImportColumn {
  return { name, type, trait: true, about, ...rules }
}

export const LEAD_TRAITS: readonly ImportColumn[] = [
  trait('email', 'text', 'mail address'),
  trait('first_name', 'text', 'first name'),
  trait('last_name', 'text', 'last name'),
  trait('title', 'text', 'job title'),
  trait('phone', 'text', 'telephone number'),
  trait('country', 'text', 'country'),
  trait('source', 'text', 'channel it came through: inbound_form, organic_search, referral...'),
  trait('campaign', 'text', 'campaign'),
  trait('message', 'text', 'what it wrote in a form'),
  trait('student', 'flag', 'true or false'),
  trait('consent', 'text', 'granted or objected'),
]

export const ACCOUNT_TRAITS: readonly ImportColumn[] = [
  trait('domain', 'text', 'domain of its web site and mail'),
  trait('name', 'text', 'name of the organisation'),
  trait('industry', 'text', 'industry'),
  trait('employees', 'number', 'number of employees', { min: 0, max: 100_000_000 }),
  trait('country', 'text', 'country'),
  trait('technologies', 'list', 'what it uses; several are divided by ;'),
  trait('funding_stage', 'text', 'funding stage'),
  trait('annual_revenue', 'number', 'in one currency for all accounts', { min: -1e15, max: 1e15 }),
]

/**
 * Reads the traits of a row; for the id of the subject it gives their records. Dated (with the stated time, or with the
 * creation if times are trusted), or else known from the import on and marked undated.
 */
export function traitRecords(
  kind: SubjectKind,
  cells: RowCells,
  createdAt: Milliseconds,
  times: KnownTimes,
): (id: string, source?: string) => ImportRecord[] {
  const dated = cells.time('known_at') ?? (times.trusted ? createdAt : null)
  const at = dated ?? times.now
  const traits = [...cells.traits()]
  return (id, source = IMPORT_SOURCE) =>
    traits.map(([name, json]) => [TRAITS, [kind, id, name, json, at, at, source, dated === null]])
}
