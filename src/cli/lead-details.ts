/** Everything known of a lead, at a glance: as a document, and as a page. */
import type pg from 'pg'
import { loadIdentities, loadMerges } from '../db/lead-details.ts'
import { loadObjection } from '../db/objections.ts'
import { loadOverrides } from '../db/overrides.ts'
import { loadScores } from '../db/scores.ts'
import { formatTime, type Milliseconds } from '../glossary.ts'
import { fromStoredScores } from '../jobs/stored-lead.ts'
import type { ScoredLead } from '../scoring/scored-lead.ts'
import { visibleFacts } from '../scoring/visible-facts.ts'
import { leadFacts } from '../server/lead-facts.ts'
import type { findLead } from './find-lead.ts'
import { leadPage, printable } from './lead-page.ts'

type Facts = ReturnType<typeof leadFacts>

export interface LeadDetails extends Facts {
  /** By type, the most frequent first. */
  readonly event_types: readonly { readonly type: string; readonly count: number; readonly last_at: string }[]
  readonly identities: readonly {
    readonly of: string
    readonly kind: string
    readonly value: string
    readonly linked_at: string
    readonly source: string
  }[]
  /** As stored. */
  readonly score: ScoredLead | null
  readonly scored_at: string | null
  readonly override: {
    readonly status: string
    readonly reason: string
    readonly set_by: string
    readonly set_at: string
    readonly expires_at: string | null
  } | null
  readonly merges: readonly {
    readonly of: string
    readonly from: string
    readonly into: string
    readonly evidence: unknown
    readonly merged_at: string
    readonly merged_by: string
    readonly undone_at: string | null
    readonly undone_by: string | null
  }[]
}

const LAST_EVENTS = 10

const orNull = (time: Milliseconds | null): string | null => (time === null ? null : formatTime(time))

/** What is known before `asOf`. */
export async function leadDetails(
  pool: pg.Pool,
  { account, lead }: Awaited<ReturnType<typeof findLead>>,
  asOf: Milliseconds,
): Promise<LeadDetails> {
  const { leadId } = lead
  const [identities, merges, overrides, scores] = await Promise.all([
    loadIdentities(pool, leadId, account.accountId),
    loadMerges(pool, leadId, account.accountId),
    loadOverrides(pool, 'lead', [leadId], asOf),
    loadScores(pool, 'lead', leadId),
  ])
  const facts = leadFacts(account, lead, await loadObjection(pool, leadId), asOf)
  const override = overrides.get(leadId)
  const models = scores.map(({ model }) => model)
  return {
    ...facts,
    events: facts.events.slice(-LAST_EVENTS),
    colleague_events: facts.colleague_events.slice(-LAST_EVENTS),
    event_types: eventTypes(visibleFacts(account, lead, asOf).events),
    identities: identities.map(({ subjectKind, linkedAt, ...identity }) => ({
      of: subjectKind,
      ...identity,
      linked_at: formatTime(linkedAt),
    })),
    score: fromStoredScores(scores, models),
    scored_at: orNull(scores[0]?.scoredAt ?? null),
    override: override
      ? {
          status: override.status,
          reason: override.reason,
          set_by: override.setBy,
          set_at: formatTime(override.setAt),
          expires_at: orNull(override.expiresAt),
        }
      : null,
    merges: merges.map((merge) => ({
      of: merge.subjectKind,
      from: merge.fromId,
      into: merge.intoId,
      evidence: merge.evidence,
      merged_at: formatTime(merge.mergedAt),
      merged_by: merge.mergedBy,
      undone_at: orNull(merge.undoneAt),
      undone_by: merge.undoneBy,
    })),
  }
}

function eventTypes(
  events: readonly { readonly type: string; readonly occurredAt: Milliseconds }[],
): LeadDetails['event_types'] {
  const types = new Map<string, { count: number; last: Milliseconds }>()
  for (const { type, occurredAt } of events) {
    const found = types.get(type)
    types.set(type, { count: (found?.count ?? 0) + 1, last: Math.max(found?.last ?? 0, occurredAt) })
  }
  return [...types]
    .sort(([a, { count: countA }], [b, { count: countB }]) => countB - countA || (a < b ? -1 : 1))
    .map(([type, { count, last }]) => ({ type, count, last_at: formatTime(last) }))
}

/** For people on a terminal. */
export function leadDetailsPage(details: LeadDetails): string {
  const { lead, account, events, event_count: count, deals, override, score } = details
  const { colleague_events: didColleagues } = details
  const section = (title: string, lines: readonly string[], none: string): string[] =>
    lines.length === 0 ? ['', none] : ['', title, ...lines.map((line) => `  ${line}`)]
  const page = [
    `Lead ${lead.lead_id}${account ? ` of the account ${account.account_id}` : ''}, first touch ${lead.created_at}`,
    ...(details.objection
      ? [
          `Objected to being scored at ${details.objection.objected_at}: ${printable(details.objection.reason)}`,
        ]
      : []),
    ...section('Traits of the lead', traitLines(lead.traits), 'No traits of the lead'),
    ...(account
      ? section('Traits of the account', traitLines(account.traits), 'No traits of the account')
      : []),
    ...section(
      'Known by',
      details.identities.map(
        ({ of, kind, value, linked_at, source }) => `${of} ${kind} ${value}, since ${linked_at} (${source})`,
      ),
      'Known by its id only',
    ),
    ...section('Deals', deals.map(dealLine), 'No deals'),
    ...section(
      `Events: ${count}`,
      details.event_types.map(
        ({ type, count: times, last_at }) => `${String(times).padStart(5)}  ${type}, the last at ${last_at}`,
      ),
      'No events',
    ),
    ...(events.length === 0 ? [] : section(`The last ${events.length}`, events.map(eventLine).reverse(), '')),
    ...(account ? section('Colleagues', colleagueLines(details.colleagues), 'No colleagues') : []),
    ...(didColleagues.length === 0
      ? []
      : section(
          `What they did, the last ${didColleagues.length}`,
          didColleagues.map(colleagueEventLine).reverse(),
          '',
        )),
    ...section('Merges', details.merges.map(mergeLine), 'Merged with nobody'),
    ...(override ? ['', overrideLine(override)] : []),
    '',
  ].map(printable)
  return [
    ...page,
    score ? `Stored score, made at ${details.scored_at}\n${leadPage(score)}` : 'No stored score',
  ].join('\n')
}

function traitLines(traits: Facts['lead']['traits']): string[] {
  const names = Object.keys(traits)
  const width = Math.min(24, Math.max(0, ...names.map((name) => name.length)))
  return names.map((name) => {
    const { value, occurred_at, known_at, source, undated } = traits[name]!
    const since = undated
      ? `undated, known ${known_at}`
      : known_at === occurred_at
        ? occurred_at
        : `${occurred_at}, known ${known_at}`
    return `${name.padEnd(width)}  ${value === '' ? 'cleared' : shown(value)}  (${since}, ${source})`
  })
}

function shown(value: unknown): string {
  const text = Array.isArray(value) ? value.join('; ') : String(value)
  return text.length > 80 ? `${text.slice(0, 80)}...` : text
}

function dealLine(deal: Facts['deals'][number]): string {
  const parts = [
    `${deal.deal_id}  ${deal.pipeline}  ${deal.outcome}`,
    `opened ${deal.opened_at}`,
    deal.closed_at === null ? '' : `closed ${deal.closed_at}`,
    deal.amount === null ? '' : `amount ${deal.amount}`,
    deal.lost_reason === null ? '' : `lost for ${deal.lost_reason}`,
    deal.is_contact ? 'is a contact of it' : 'a deal of the account',
  ]
  return parts.filter((part) => part !== '').join(', ')
}

function eventLine({ type, occurred_at, known_at, source, properties }: Facts['events'][number]): string {
  const late = known_at === occurred_at ? '' : `, known ${known_at}`
  const more = Object.keys(properties).length === 0 ? '' : `  ${shown(JSON.stringify(properties))}`
  return `${occurred_at}  ${type}  (${source}${late})${more}`
}

const MOST_COLLEAGUES = 20

function colleagueLines(colleagues: Facts['colleagues']): string[] {
  const rest = colleagues.length - MOST_COLLEAGUES
  const lines = colleagues
    .slice(0, MOST_COLLEAGUES)
    .map(
      ({ lead_id, title, event_count: count, last_event_at: last }) =>
        `${lead_id.padEnd(14)}  ${String(count).padStart(5)}${last === null ? '' : `, the last at ${last}`}  ${shown(title ?? 'no title')}`,
    )
  return rest > 0 ? [...lines, `and ${rest} more`] : lines
}

function colleagueEventLine({
  occurred_at,
  known_at,
  type,
  lead_id,
}: Facts['colleague_events'][number]): string {
  return `${occurred_at}  ${type}  (${lead_id}${known_at === occurred_at ? '' : `, known ${known_at}`})`
}

function mergeLine(merge: LeadDetails['merges'][number]): string {
  const undone = merge.undone_at === null ? '' : `, undone at ${merge.undone_at} by ${merge.undone_by}`
  return `${merge.of} ${merge.from} into ${merge.into} at ${merge.merged_at} by ${merge.merged_by}${undone}`
}

function overrideLine({
  status,
  reason,
  set_by,
  set_at,
  expires_at,
}: NonNullable<LeadDetails['override']>): string {
  return `Verdict by hand: ${status}, by ${set_by} at ${set_at}${expires_at ? ` until ${expires_at}` : ''}: ${reason}`
}
