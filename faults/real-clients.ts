/** The real clients, as their users set them up, against servers that listen: each sends so many events, and all must arrive once. */
import { jitsuAnalytics } from '@jitsu/js'
import RudderAnalytics from '@rudderstack/rudder-sdk-node'
import { Analytics } from '@segment/analytics-node'
import type pg from 'pg'
import { PostHog } from 'posthog-node'
import { SECOND } from '../src/glossary.ts'
import { compareOnce, type Findings, joinFindings } from './findings.ts'
import { waitFor } from './wait-for.ts'

interface RealClient {
  /** The source of its events in the database. */
  readonly source: string
  /** Sends `count` events with their numbers, and returns when the client says that it has sent them. */
  readonly send: (host: string, count: number) => Promise<void>
}

const EVENT = 'Demo Requested'

const CLIENTS: readonly RealClient[] = [
  {
    source: 'segment',
    async send(host, count) {
      const analytics = new Analytics({ writeKey: 'key', host })
      for (let i = 0; i < count; i++)
        analytics.track({ userId: 'of-segment', event: EVENT, properties: { place: i } })
      await analytics.closeAndFlush()
    },
  },
  {
    source: 'rudderstack',
    async send(host, count) {
      const analytics = new RudderAnalytics('key', { dataPlaneUrl: host })
      for (let i = 0; i < count; i++)
        analytics.track({ userId: 'of-rudderstack', event: EVENT, properties: { place: i } })
      await new Promise<void>((resolve) => analytics.flush(() => resolve()))
    },
  },
  {
    source: 'jitsu',
    async send(host, count) {
      const analytics = jitsuAnalytics({ host, writeKey: 'id:secret' })
      await analytics.identify('of-jitsu')
      for (let i = 0; i < count; i++) await analytics.track(EVENT, { place: i })
    },
  },
  {
    source: 'posthog',
    async send(host, count) {
      const posthog = new PostHog('key', { host })
      for (let i = 0; i < count; i++)
        posthog.capture({ distinctId: 'of-posthog', event: EVENT, properties: { place: i } })
      await posthog.shutdown()
    },
  },
]

/** What a client has still in hand when it says that it is done must come within this time. */
const PATIENCE = 60 * SECOND

export async function checkRealClients(
  pool: pg.Pool,
  hosts: readonly string[],
  count: number,
  say: (text: string) => void,
): Promise<Findings> {
  const found: Findings[] = []
  for (const [i, { source, send }] of CLIENTS.entries()) {
    await send(hosts[i % hosts.length]!, count)
    const arrived = async (): Promise<string[]> => {
      const { rows } = await pool.query<{ place: string }>(
        `SELECT properties ->> 'place' AS place FROM wonlost.events WHERE source = $1 AND properties ? 'place'`,
        [source],
      )
      return rows.map(({ place }) => place)
    }
    await waitFor(async () => (await arrived()).length >= count, PATIENCE)
    const there = await arrived()
    say(`${source}: ${count} events sent, ${there.length} arrived`)
    found.push(
      compareOnce(
        `event of ${source}`,
        Array.from({ length: count }, (_, place) => String(place)),
        there,
      ),
    )
  }
  return joinFindings(found)
}
