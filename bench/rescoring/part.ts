/** From the acknowledgement of an event to the new score of its lead, on `wonlost serve` as it is installed: no peer does the same. */
import pg from 'pg'
import { readConfig } from '../../src/config.ts'
import { openDatabase } from '../../src/db/database.ts'
import { makeDemo } from '../http/demo.ts'
import { startOurService } from '../http/services.ts'
import { definePart, type Measured, type PartContext, type Section } from '../part.ts'
import { spreadOf } from '../spread.ts'
import { processorSeconds } from './processor-time.ts'
import { type Happening, playTraffic } from './traffic.ts'

const RATE = 500

/** Milliseconds, one a round. */
interface Figures {
  readonly medians: number[]
  readonly highest: number[]
  /** Processor time an event; none where the system does not tell. */
  readonly costs: number[]
}

export const rescoringPart = definePart({
  name: 'rescoring',
  title: 'Rescoring',
  summary: `from the acknowledgement of an event to the new score, at ${RATE} events a second`,
  needsPython: false,
  async run(context) {
    const leads = context.quick ? 3_000 : 20_000
    const seconds = context.quick ? 10 : 30
    context.say(`  the demo with ${leads.toLocaleString('en')} leads`)
    const demo = await makeDemo(context, leads)
    const database = await openDatabase(readConfig(demo.env))
    const pool = new pg.Pool({ connectionString: database.url, max: 3, application_name: 'bench' })
    const service = await startOurService(context, demo)
    try {
      const figures = await measure(context, pool, service.pid, seconds)
      return sectionOf(figures, { leads, seconds, quick: context.quick })
    } finally {
      await service.stop()
      await pool.end()
      await database.close()
    }
  },
})

async function measure(
  { repeats, say, signal }: PartContext,
  pool: pg.Pool,
  server: number,
  seconds: number,
): Promise<Figures> {
  const figures: Figures = { medians: [], highest: [], costs: [] }
  for (let round = 0; round <= repeats; round++) {
    const happenings = await chosen(pool, RATE * seconds, round)
    const before = await processorTime(pool, server)
    const latencies = (await playTraffic(pool, happenings, RATE, signal)).toSorted((a, b) => a - b)
    const after = await processorTime(pool, server)
    const at = (part: number): number => latencies[Math.floor(part * latencies.length)]!
    say(`  round ${round}: median ${at(0.5).toFixed(0)} ms, 99 % within ${at(0.99).toFixed(0)} ms`)
    // The first warms up.
    if (round === 0) continue
    figures.medians.push(at(0.5))
    figures.highest.push(at(0.99))
    if (before !== null && after !== null) figures.costs.push((1_000 * (after - before)) / latencies.length)
  }
  return figures
}

/** Of leads that have a score, each as often as it did something in the simulation, by chance. */
async function chosen(pool: pg.Pool, count: number, round: number): Promise<Happening[]> {
  const { rows } = await pool.query<Happening>(
    `SELECT lead_id AS "leadId", type FROM wonlost.events
     JOIN wonlost.scores ON subject_kind = 'lead' AND subject_id = lead_id AND model = 'conversion'
     WHERE events.source = 'simulator' ORDER BY md5(event_id || $1) LIMIT $2`,
    [String(round), count],
  )
  return rows
}

/** Of the server and of the processes of PostgreSQL that work for it. */
async function processorTime(pool: pg.Pool, server: number): Promise<number | null> {
  const { rows } = await pool.query<{ pid: number }>(
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'wonlost'",
  )
  return processorSeconds([server, ...rows.map(({ pid }) => pid)])
}

function sectionOf(
  { medians, highest, costs }: Figures,
  { leads, seconds, quick }: { readonly leads: number; readonly seconds: number; readonly quick: boolean },
): Section {
  const row = (name: string, samples: readonly number[]): Measured => ({
    ...{ case: name, who: 'Wonlost', ours: true, samples, check: '' },
  })
  return {
    text: [
      `\`wonlost serve\` on the demo's ${leads.toLocaleString('en')} leads and its database, all on one machine. Another process writes ${RATE} events a second
for ${seconds} s, with the marks of their leads, in a transaction every 10 ms; leads and types are drawn from the simulated events. Measured is the time
from the end of the transaction until a stored score of the lead knows of the event, looked for every 10 ms. Accounts, and colleagues of whom an event says
something, are scored with it.`,
    ],
    targets: quick
      ? []
      : [
          { what: 'median, ms', measured: spreadOf(medians).median, atMost: 1_000 },
          { what: '99th percentile, ms', measured: spreadOf(highest).median, atMost: 3_000 },
        ],
    tables: [
      {
        title: 'From acknowledgement to new score',
        unit: 'ms',
        better: 'less',
        rows: [row('median', medians), row('99th percentile', highest)],
      },
      ...(costs.length === 0
        ? []
        : [
            {
              title: 'Processor time an event, of the server and of PostgreSQL for it',
              unit: 'ms',
              better: 'less' as const,
              rows: [row('scored, with account and colleagues', costs)],
            },
          ]),
    ],
  }
}
