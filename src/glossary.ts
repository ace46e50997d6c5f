/**
 * The words of the project as types. The same word stands in code, SQL, HTTP and docs.
 * Times are milliseconds since 1970-01-01T00:00Z (`Milliseconds`); text outside the process is ISO 8601 with a zone.
 */

/** Milliseconds since the Unix epoch, UTC. An integer. */
export type Milliseconds = number

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** Behaviours older than this count nothing. */
export const BEHAVIOUR_LIFETIME = 365 * DAY

/** A lead is a person, an account its organisation; a subject is either. */
export type SubjectKind = 'lead' | 'account'

/** What guardrails decide of a subject, the strongest last. */
export const VERDICT_STATUSES = ['eligible', 'review', 'disqualified'] as const
export type VerdictStatus = (typeof VERDICT_STATUSES)[number]

/** What a trait may hold. Lists are of text: technologies, interests. */
export type TraitValue = string | number | boolean | readonly string[]

/** An attribute value of a lead or account, with when it became true and when we learned of it. */
export interface Trait {
  readonly name: string
  readonly value: TraitValue
  /** When it was true in the world. */
  readonly occurredAt: Milliseconds
  /** When we learned of it. */
  readonly knownAt: Milliseconds
  readonly source: string
  /** The source gave no date: it counts as known from its import on. */
  readonly undated: boolean
}

/** Something a lead did (or that was done to it: a mail sent). */
export interface LeadEvent {
  /** messageId of the sender, or a hash of the content. */
  readonly eventId: string
  readonly type: string
  readonly occurredAt: Milliseconds
  readonly knownAt: Milliseconds
  readonly source: string
  readonly properties: Readonly<Record<string, unknown>>
}

type DealOutcome = 'won' | 'lost' | 'open'

/** An opportunity of an account in a pipeline. A lead has won when any deal it is a contact of is won. */
export interface Deal {
  readonly dealId: string
  readonly accountId: string | null
  readonly pipeline: string
  readonly openedAt: Milliseconds
  /** null while the outcome is open. */
  readonly closedAt: Milliseconds | null
  /** When we learned of the outcome; of an open deal, of the deal. */
  readonly knownAt: Milliseconds
  readonly outcome: DealOutcome
  readonly amount: number | null
  /** As recorded, such as EUR. */
  readonly currency: string | null
  readonly lostReason: string | null
  readonly contacts: readonly { readonly leadId: string; readonly isPrimary: boolean }[]
  readonly stages: readonly { readonly stage: string; readonly enteredAt: Milliseconds }[]
}

/** One lead with everything we know of it. Traits and events are sorted by (occurredAt, knownAt, name or eventId). */
export interface LeadRecord {
  readonly leadId: string
  readonly accountId: string | null
  /** First touch: when the lead came into being. */
  readonly createdAt: Milliseconds
  readonly traits: readonly Trait[]
  readonly events: readonly LeadEvent[]
  /** Only of an account that is asked about as one subject (features/account-subject.ts): its people, in order of leadId. */
  readonly people?: readonly LeadRecord[]
}

/**
 * Raw facts of one account with all its leads (or of a single lead without an account): what `db` reads, for one subject
 * and for a million alike. Nothing in it is filtered by time; `features` does that.
 */
export interface AccountRecord {
  /** null for a lead without an account. */
  readonly accountId: string | null
  readonly traits: readonly Trait[]
  /** In order of leadId. */
  readonly leads: readonly LeadRecord[]
  /** In order of openedAt. */
  readonly deals: readonly Deal[]
  /**
   * Only where deals are not told of, and `deals` is empty for that reason: since when the account is a customer, as somebody says;
   * null: it is none; `unknown`: nobody says.
   */
  readonly customerSince?: Milliseconds | null | 'unknown'
  /** Only where nobody tells who else is in the account: `leads` is then the one lead that is told of. */
  readonly colleagues?: 'unknown'
}

/** A model in words: conversion, or conversion (outbound). '' is the model for everyone. */
export function modelTitle({ name, segment }: { readonly name: string; readonly segment: string }): string {
  return segment === '' ? name : `${name} (${segment})`
}

export type ModelKind = 'rubric' | 'logistic' | 'boosting' | 'imported'

/**
 * What an API key may do: send events and deals; have leads scored that the request describes; read what is kept; say what became
 * of leads and overrule verdicts; change what answers. Each is only what it says: `admin` does not read.
 */
export const SCOPES = ['ingest', 'score', 'read', 'feedback', 'admin'] as const

export type Scope = (typeof SCOPES)[number]

/** What people do with the dashboard, each as the scopes of a key; the first of these that a key has in full is its role. */
export const ROLES = [
  { name: 'admin', scopes: SCOPES },
  { name: 'data', scopes: ['score', 'read', 'admin'] },
  { name: 'operations', scopes: ['read', 'feedback', 'admin'] },
  { name: 'sales', scopes: ['read', 'feedback'] },
] as const satisfies readonly { name: string; scopes: readonly Scope[] }[]

/** ISO 8601 in UTC with milliseconds only where there are some: 2026-11-21T00:00:00Z. */
export function formatTime(time: Milliseconds): string {
  return new Date(time).toISOString().replace('.000Z', 'Z')
}

const ISO_WITH_ZONE =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|z|[+-]\d\d(?::?\d\d)?)$/

/** Reads ISO 8601 with an explicit zone. NaN when the text is anything else: no zone, no time, 31 February, the year 50, +25:00. */
export function parseTime(text: string): Milliseconds {
  const usual = parseUsualTime(text)
  return Number.isNaN(usual) ? parseAnyTime(text) : usual
}

/**
 * `2026-11-21T09:30:00Z` and `2026-11-21T09:30:00.000Z`, as most programs write it: a request may hold thousands, and an
 * expression takes four times as long. NaN for anything else.
 */
function parseUsualTime(text: string): Milliseconds {
  const hasFraction = text.length === 24
  const isUsual =
    (hasFraction ? text[19] === '.' && text[23] === 'Z' : text.length === 20 && text[19] === 'Z') &&
    text[4] === '-' &&
    text[7] === '-' &&
    text[10] === 'T' &&
    text[13] === ':' &&
    text[16] === ':'
  if (!isUsual) return Number.NaN
  // What is no digit gives NaN, for which no comparison holds.
  const year = 100 * twoDigits(text, 0) + twoDigits(text, 2)
  const month = twoDigits(text, 5)
  const day = twoDigits(text, 8)
  const hour = twoDigits(text, 11)
  const minute = twoDigits(text, 14)
  const second = twoDigits(text, 17)
  const fraction = hasFraction ? 10 * twoDigits(text, 20) + (twoDigits(text, 21) % 10) : 0
  // A 29 February asks for the year, a 31st for the month: not here.
  const isDay = year >= 1_970 && month >= 1 && month <= 12 && day >= 1 && day <= (month === 2 ? 28 : 30)
  const isTime = hour < 24 && minute < 60 && second < 60 && fraction < 1_000
  return isDay && isTime ? Date.UTC(year, month - 1, day, hour, minute, second, fraction) : Number.NaN
}

/** NaN where there are no two digits. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48
  const ones = text.charCodeAt(at + 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? 10 * tens + ones : Number.NaN
}

/** Any ISO 8601 with a zone. */
function parseAnyTime(text: string): Milliseconds {
  const match = ISO_WITH_ZONE.exec(text.trim())
  if (!match) return Number.NaN
  const [, year, month, day, hour, minute, second = '0', fraction = '0', zone = 'Z'] = match
  const local = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    Math.floor(Number(`0.${fraction}`) * 1_000),
  )
  const check = new Date(local)
  const valid =
    // Date.UTC takes the years 0 to 99 for the 20th century.
    check.getUTCFullYear() === Number(year) &&
    check.getUTCMonth() === Number(month) - 1 &&
    check.getUTCDate() === Number(day) &&
    Number(hour) < 24 &&
    Number(minute) < 60 &&
    Number(second) < 60
  if (!valid) return Number.NaN
  if (zone.toUpperCase() === 'Z') return local
  const sign = zone.startsWith('-') ? -1 : 1
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0')
  const [offsetHours, offsetMinutes] = [Number(digits.slice(0, 2)), Number(digits.slice(2))]
  if (offsetHours > 23 || offsetMinutes > 59) return Number.NaN
  return local - sign * (offsetHours * HOUR + offsetMinutes * MINUTE)
}

/** Long work reports here: what it is doing and, where it is countable, how far it is. The caller decides how to show it. */
export type ReportProgress = (step: string, done?: number, total?: number) => void
