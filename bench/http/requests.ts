/** The requests of the bench: leads of the demo, each with its account and everything it did, as a service would send them. */
import { writeFileSync } from 'node:fs'
import { WonlostError } from '../../src/errors.ts'
import type { RequestText } from './client.ts'

type Traits = Readonly<Record<string, { readonly value: unknown }>>

interface Facts {
  readonly as_of: string
  readonly lead: { readonly lead_id: string; readonly created_at: string; readonly traits: Traits }
  readonly account: { readonly account_id: string; readonly traits: Traits } | null
  readonly events: readonly {
    type: string
    occurred_at: string
    properties: Readonly<Record<string, unknown>>
  }[]
}

export interface ScoreBody {
  readonly lead: {
    readonly lead_id: string
    readonly created_at: string
    readonly traits: Readonly<Record<string, unknown>>
  }
  readonly account?: {
    readonly account_id: string
    readonly traits: Readonly<Record<string, unknown>>
    /** Nobody else: both services are told that there are no colleagues. */
    readonly people: readonly []
  }
  readonly events: readonly {
    type: string
    occurred_at: string
    properties?: Readonly<Record<string, unknown>>
  }[]
  readonly as_of: string
  /** The one model that both services have. */
  readonly models: readonly string[]
}

/** So many leads, spread evenly over those that the server at `url` has. */
export async function requestsFrom(url: string, count: number): Promise<ScoreBody[]> {
  const ids = await leadIds(url)
  const step = ids.length / count
  const chosen = Array.from({ length: count }, (_, i) => ids[Math.floor(i * step)]!)
  const bodies: ScoreBody[] = []
  for (const id of chosen)
    bodies.push(bodyOf(await getJson<Facts>(`${url}/v1/leads/${encodeURIComponent(id)}`)))
  return bodies
}

async function leadIds(url: string): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const after: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const page = await getJson<{ leads: { lead_id: string }[]; next_cursor: string | null }>(
      `${url}/v1/leads?limit=200${after}`,
    )
    ids.push(...page.leads.map(({ lead_id }) => lead_id))
    cursor = page.next_cursor
  }
  return ids.sort()
}

async function getJson<Answer>(url: string): Promise<Answer> {
  const response = await fetch(url)
  if (!response.ok) throw new WonlostError('bench_failed', `${url} answered ${response.status}.`)
  return (await response.json()) as Answer
}

function bodyOf({ as_of, lead, account, events }: Facts): ScoreBody {
  return {
    lead: { lead_id: lead.lead_id, created_at: lead.created_at, traits: values(lead.traits) },
    ...(account
      ? { account: { account_id: account.account_id, traits: values(account.traits), people: [] } }
      : {}),
    events: events.map(({ type, occurred_at, properties }) =>
      Object.keys(properties).length > 0 ? { type, occurred_at, properties } : { type, occurred_at },
    ),
    as_of,
    models: ['conversion'],
  }
}

function values(traits: Traits): Record<string, unknown> {
  return Object.fromEntries(Object.entries(traits).map(([name, { value }]) => [name, value]))
}

/** Writes them for the client. */
export function writeRequests(file: string, requests: readonly RequestText[]): string {
  writeFileSync(file, JSON.stringify(requests))
  return file
}
