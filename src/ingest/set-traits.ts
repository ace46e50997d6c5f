/** Traits that people set by hand, one lead at a time: read as a cell of an import would be, kept with a source of their own. */
import type pg from 'pg'
import { bulkLoad } from '../db/bulk-load.ts'
import { withTransaction } from '../db/database.ts'
import { markDirty } from '../db/dirty-leads.ts'
import { holdLead } from '../db/hold-lead.ts'
import { IDENTITIES, TRAITS } from '../db/loadable-tables.ts'
import { leadsOfAccounts } from '../db/people.ts'
import { WonlostError } from '../errors.ts'
import { fieldKey, MAX_TRAIT_NAME } from '../field-names.ts'
import type { Milliseconds, SubjectKind, TraitValue } from '../glossary.ts'
import { outcomeFieldReason } from '../outcome-fields.ts'
import { CellFault } from './cell-fault.ts'
import { type CellType, PLAIN_FORMAT, readCell } from './cell-types.ts'
import type { ImportColumn } from './define-import.ts'
import { ACCOUNT_IMPORT } from './kinds/accounts.ts'
import { LEAD_IMPORT } from './kinds/leads.ts'
import { normaliseDomain, normaliseMail } from './mail-address.ts'
import { nearestName } from './nearest-name.ts'
import { holdSuppressions } from './suppressions.ts'

export const MANUAL_SOURCE = 'manual'

/** Of traits that sales corrected, beside what they said of the lead. */
export const FEEDBACK_SOURCE = 'feedback'

export interface ManualTrait {
  readonly name: string
  /** Empty text: not known any more. */
  readonly value: TraitValue
}

const COLUMNS: Readonly<Record<SubjectKind, readonly ImportColumn[]>> = {
  lead: LEAD_IMPORT.columns,
  account: ACCOUNT_IMPORT.columns,
}

/**
 * Reads `employees=120` or `technologies=a;b`. `as` says how a trait is read that imports have no column for. Throws `usage` for what
 * is no trait, gives the outcome away, or cannot be read.
 */
export function readAssignment(
  kind: SubjectKind,
  text: string,
  as: (name: string) => 'list' | 'text' | 'value',
  now: Milliseconds,
): ManualTrait {
  const at = text.indexOf('=')
  if (at < 1) throw new WonlostError('usage', `A trait is set by name=value. Given: ${JSON.stringify(text)}.`)
  const name = traitName(kind, text.slice(0, at))
  const column = COLUMNS[kind].find((other) => other.name === name)
  const type: CellType = column?.type ?? as(name)
  const value = readCell(type, text.slice(at + 1), column ?? {}, now, PLAIN_FORMAT)
  if (value instanceof CellFault) throw new WonlostError('usage', `${name} ${value.reason}.`, { field: name })
  if (value === null)
    throw new WonlostError('usage', `${name} is set to nothing; --clear ${name} says that it is not known.`)
  if (typeof value === 'object' && !isTexts(value)) throw new WonlostError('internal', `${name} is no trait.`)
  return { name, value }
}

/**
 * A trait as a program gives it: its value is read as that of an import would be where the name is one of ours, and kept as it is
 * otherwise. Throws `usage` as `readAssignment`.
 */
export function checkTrait(
  kind: SubjectKind,
  given: string,
  value: TraitValue,
  now: Milliseconds,
): ManualTrait {
  const name = traitName(kind, given)
  const column = COLUMNS[kind].find((other) => other.name === name)
  if (value === '' || !column) return { name, value }
  if (typeof value === 'object' && column.type !== 'list')
    throw new WonlostError('usage', `${name} is one value, not a list.`, { field: name })
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  const read = readCell(column.type, text, column, now, PLAIN_FORMAT)
  if (read instanceof CellFault) throw new WonlostError('usage', `${name} ${read.reason}.`, { field: name })
  if (read === null) return { name, value: '' }
  if (typeof read === 'object' && !isTexts(read)) throw new WonlostError('internal', `${name} is no trait.`)
  return { name, value: read }
}

function isTexts(value: object): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

/** The name as imports keep it. Throws `usage` for one that no trait may have. */
export function traitName(kind: SubjectKind, given: string): string {
  // `--clear title employees=5`: what follows --clear are names, and nobody means one like that.
  if (given.includes('='))
    throw new WonlostError(
      'usage',
      `A name has no "=". What is set stands before --clear. Given: ${JSON.stringify(given)}.`,
    )
  const name = fieldKey(given)
  const column = COLUMNS[kind].find((other) => other.name === name)
  if (column && !column.trait) {
    const message = `${name} is not a trait: it says who or when the ${kind} is, and imports set it. Traits: ${traitsOf(kind).join(', ')}, and any other name.`
    throw new WonlostError('usage', message, { field: name })
  }
  if (name === '' || name.length > MAX_TRAIT_NAME || /\p{Cc}/u.test(name)) {
    const message = `The name of a trait has 1 to ${MAX_TRAIT_NAME} characters, and no control characters. Given: ${JSON.stringify(given)}.`
    throw new WonlostError('usage', message)
  }
  const reason = outcomeFieldReason(name)
  if (reason === null) return name
  const message = `${name} gives the outcome away: it ${reason}. It is not taken as a trait; a map of an import may lift it, with the reason why it does not.`
  throw new WonlostError('usage', message, { field: name })
}

/** What should be told of a name that may not be the one that was meant; null when there is nothing to tell. */
export function doubtAbout(kind: SubjectKind, name: string): string | null {
  const own = traitsOf(kind)
  if (own.includes(name)) return null
  const other = kind === 'lead' ? 'account' : 'lead'
  if (traitsOf(other).includes(name)) {
    const where = other === 'account' ? '--account sets it there' : 'without --account it is set there'
    return `${name} is usually a trait of the ${other}: ${where}.`
  }
  const nearest = nearestName(name, own)
  return nearest ? `${name} is a trait of its own now; did you mean ${nearest.name}?` : null
}

function traitsOf(kind: SubjectKind): string[] {
  return COLUMNS[kind].flatMap(({ name, trait }) => (trait ? [name] : []))
}

/**
 * Keeps the traits of one subject, and links the mail address or domain among them as an import would; it is marked to be scored
 * again. Returns what should be told of them. Throws `usage` for the mail address of an erased person.
 */
export async function setTraits(
  pool: pg.Pool,
  kind: SubjectKind,
  subjectId: string,
  traits: readonly ManualTrait[],
  times: TraitTimes,
): Promise<readonly string[]> {
  return withTransaction(pool, async (client) => {
    // Nobody erases it meanwhile.
    if (kind === 'lead') await holdLead(client, subjectId)
    const notes = await keepTraits(client, kind, subjectId, traits, times, MANUAL_SOURCE)
    const people = kind === 'lead' ? [subjectId] : await leadsOfAccounts(client, [subjectId])
    await markDirty(client, people, kind === 'lead' ? 'trait' : 'account trait')
    return notes
  })
}

interface TraitTimes {
  readonly occurredAt: Milliseconds
  readonly knownAt: Milliseconds
}

/** As `setTraits`, in the transaction of `client` and with a source of its own; whoever calls it scores them again, or marks them. */
export async function keepTraits(
  client: pg.ClientBase,
  kind: SubjectKind,
  subjectId: string,
  traits: readonly ManualTrait[],
  { occurredAt, knownAt }: TraitTimes,
  source: string,
): Promise<readonly string[]> {
  const link = traits.map((trait) => linkOf(kind, trait)).find((found) => found !== null)
  if (link?.kind === 'email' && (await holdSuppressions(client))('email', link.value)) {
    const message = 'This is the mail address of a person who was erased, and must not come back.'
    throw new WonlostError('usage', message, { field: 'email' })
  }
  const rows = traits.map(({ name, value }) => {
    const json = JSON.stringify(value)
    return [kind, subjectId, name, json, occurredAt, knownAt, source, false] as const
  })
  await bulkLoad(client, TRAITS, rows)
  if (!link) return traits.flatMap((trait) => unreadableAddress(kind, trait) ?? [])
  const linked = [link.kind, link.value, kind, subjectId, knownAt, source] as const
  await bulkLoad(client, IDENTITIES, [linked])
  const { rows: owners } = await client.query<{ subject_id: string }>(
    'SELECT subject_id FROM wonlost.identities WHERE kind = $1 AND value = $2 AND subject_kind = $3',
    [link.kind, link.value, kind],
  )
  const others = owners.filter(({ subject_id }) => subject_id !== subjectId)
  return others.map(
    ({ subject_id }) =>
      `The ${kind} ${subject_id} has ${link.value} too, and is the one it stands for; "wonlost data merge" may make them one.`,
  )
}

const ADDRESSES = {
  lead: { name: 'email', words: 'mail address' },
  account: { name: 'domain', words: 'domain' },
} as const

/** Kept all the same, as imports keep it. */
function unreadableAddress(kind: SubjectKind, { name, value }: ManualTrait): string | null {
  const address = ADDRESSES[kind]
  if (name !== address.name || value === '') return null
  return `${JSON.stringify(value)} is not a ${address.words}: the ${kind} is not found by it.`
}

function linkOf(kind: SubjectKind, { name, value }: ManualTrait): { kind: string; value: string } | null {
  if (typeof value !== 'string') return null
  const isAddress = kind === 'lead' && name === 'email'
  const linked = isAddress
    ? normaliseMail(value)
    : kind === 'account' && name === 'domain'
      ? normaliseDomain(value)
      : null
  return linked === null ? null : { kind: isAddress ? 'email' : 'domain', value: linked }
}
