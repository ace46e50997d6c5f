/** The bare program: what anybody would write with `pg` who has the events already, and nothing to find out about them. */
import pg from 'pg'
import { answer } from '../answer.ts'
import type { Sent } from './client.ts'
import { createIds, messagesOf, readMessages } from './messages.ts'

interface Target {
  readonly url: string
  readonly connections: number
  /** Events in a transaction. */
  readonly size: number
  readonly seconds: number
  readonly from: number
}

/** As one JSON text, which `pg` writes faster than arrays of texts. */
const INSERT = `INSERT INTO wonlost.events (event_id, lead_id, anonymous_id, type, occurred_at, known_at, source, properties)
  SELECT event ->> 0, NULL, event ->> 1, event ->> 2, to_timestamp((event ->> 3)::float8 / 1000),
         to_timestamp((event ->> 4)::float8 / 1000), event ->> 5, event -> 6
    FROM jsonb_array_elements($1::jsonb) AS event`

await answer({
  async write({ url, connections, size, seconds, from }: Target): Promise<Sent> {
    const nextId = createIds(from)
    const now = Date.now()
    const clients = Array.from({ length: connections }, () => new pg.Client(url))
    await Promise.all(clients.map((client) => client.connect()))
    const began = performance.now()
    const end = began + 1_000 * seconds
    let events = 0
    const write = async (client: pg.Client, place: number): Promise<void> => {
      const messages = readMessages(messagesOf(place * size, size, now), now).map((message) => ({
        ...message,
        properties: JSON.parse(message.properties) as object,
      }))
      while (performance.now() < end) {
        const rows = messages.map(({ anonymousId, name, occurredAt, receivedAt, source, properties }) => [
          ...[`node-next-${nextId()}`, anonymousId, name, occurredAt, receivedAt, source, properties],
        ])
        await client.query('BEGIN')
        await client.query({ name: 'insert', text: INSERT, values: [JSON.stringify(rows)] })
        await client.query('COMMIT')
        events += size
      }
    }
    await Promise.all(clients.map(write))
    const took = (performance.now() - began) / 1_000
    await Promise.all(clients.map((client) => client.end()))
    return { events, seconds: took }
  },
})
