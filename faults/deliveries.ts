/** The receiver of webhooks: checks every signature with the package standardwebhooks, and drops what it has seen. */
import { Webhook } from 'standardwebhooks'
import { createReceiver } from '../test/support/webhook-receiver.ts'
import { compareOnce, type Findings, joinFindings } from './findings.ts'

export interface Deliveries {
  readonly url: string
  /** From here on everything must be signed with it. */
  expect(secret: string): void
  readonly counts: { readonly messages: number; readonly repeats: number; readonly refused: number }
  /** `expected`: the ids of all that was to be sent. */
  check(expected: readonly string[]): Findings
  close(): Promise<void>
}

/** The first time that one in so many messages comes, it is answered 500: it must come again. */
const FAILS_ONCE = 10

export async function createDeliveries(): Promise<Deliveries> {
  const receiver = await createReceiver()
  const seen = new Map<string, string>()
  const counts = { messages: 0, repeats: 0, refused: 0 }
  const wrong: string[] = []
  let webhook: Webhook | null = null
  receiver.answer((response, place) => {
    const { id, timestamp, signature, body } = receiver.received[place]!
    try {
      const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature }
      webhook?.verify(body, headers)
    } catch (error) {
      wrong.push(`webhook ${id}: ${error instanceof Error ? error.message : String(error)}`)
      response.writeHead(401).end()
      return
    }
    const before = seen.get(id)
    if (before === undefined) {
      seen.set(id, body)
      counts.messages += 1
      const fails = counts.messages % FAILS_ONCE === 0
      if (fails) counts.refused += 1
      response.writeHead(fails ? 500 : 204).end()
      return
    }
    counts.repeats += 1
    if (before !== body) wrong.push(`webhook ${id}: it came again with another body`)
    response.writeHead(204).end()
  })
  return {
    url: receiver.url,
    counts,
    expect(secret) {
      webhook = new Webhook(secret)
    },
    check(expected) {
      // What a receiver that drops repeats makes of it: two ids of one change would be two calls to one lead.
      const changes = [...seen.values()].map(changeOf)
      return joinFindings([
        compareOnce('webhook', expected, seen.keys()),
        compareOnce('webhook of', changes, changes),
        { lost: [], duplicated: [], wrong },
      ])
    },
    close: receiver.close,
  }
}

function changeOf(body: string): string {
  const { data } = JSON.parse(body) as { data: { lead_id?: string; account_id?: string; revision: number } }
  return `${data.lead_id ?? data.account_id}, revision ${data.revision}`
}
