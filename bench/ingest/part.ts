/** Events taken over HTTP, beside a bare program that writes the same rows; and whether memory stays flat while they come. */
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { readConfig } from '../../src/config.ts'
import { openDatabase } from '../../src/db/database.ts'
import { WonlostError } from '../../src/errors.ts'
import { makeEmpty } from '../http/demo.ts'
import { type Service, startOurService } from '../http/services.ts'
import { interleave } from '../interleave.ts'
import { definePart, type Measured, type PartContext, type Section } from '../part.ts'
import { pairedRatio, spreadOf } from '../spread.ts'
import { startWorker, type Worker } from '../worker.ts'
import type { Sent } from './client.ts'
import { residentMegabytes } from './memory.ts'

/** Transactions at once, of the server as of the bare program. */
const CONNECTIONS = 2

/** How they come: messages in a request, and requests on their way at once. */
const WAYS = [
  { size: 1, clients: 64 },
  { size: 100, clients: 16 },
  { size: 1_000, clients: 8 },
] as const

/** Of the highest rate, while memory is watched. */
const SHARE = 0.7
const MEMORY_LOOKS = 5

interface Bench {
  readonly context: PartContext
  readonly pool: pg.Pool
  readonly url: string
  readonly server: Service
  readonly client: Worker
  readonly bare: Worker
}

export const ingestPart = definePart({
  name: 'ingest',
  title: 'Ingest',
  summary: 'events taken over HTTP, beside a bare pg program that writes the same rows; memory under load',
  needsPython: false,
  async run(context) {
    const empty = makeEmpty(context, 'ingest')
    const database = await openDatabase(readConfig(empty.env))
    const pool = new pg.Pool({ connectionString: database.url, max: 1, application_name: 'bench' })
    const program = (name: string) => fileURLToPath(new URL(`./${name}.js`, import.meta.url))
    const client = startWorker(context, 'The client', [process.execPath, program('client')])
    const bare = startWorker(context, 'The bare program', [process.execPath, program('bare')])
    const server = await startOurService(context, empty, { pinned: false })
    try {
      return await measureAll({ context, pool, url: database.url, server, client, bare })
    } finally {
      await server.stop()
      await client.end()
      await bare.end()
      await pool.end()
      await database.close()
    }
  },
})

async function measureAll(bench: Bench): Promise<Section> {
  const rows: Measured[] = []
  const ratios: number[] = []
  for (const { size, clients } of WAYS) {
    bench.context.say(`  ${nameOf(size)}`)
    const [ours, theirs] = await interleave(
      [
        { who: 'Wonlost', measure: () => measureOurs(bench, size, clients) },
        { who: 'bare pg', measure: () => measureBare(bench, size) },
      ],
      bench.context,
    )
    const row = (who: string, samples: readonly number[]): Measured => ({
      ...{ case: nameOf(size), who, ours: who === 'Wonlost', samples, check: 'rows counted' },
    })
    rows.push(row('Wonlost', ours!), row('bare pg', theirs!))
    ratios.push(pairedRatio(ours!, theirs!))
  }
  const highest = Math.max(...rows.filter(({ ours }) => ours).map(({ samples }) => spreadOf(samples).median))
  const memory = await watchMemory(bench, SHARE * highest)
  return sectionOf(bench, { rows, memory, ratio: ratios.at(-1)! })
}

let nextId = 1

/** Of a table that is empty at first, without anything left for a checkpoint to write. Throws `bench_failed` where a row is missing. */
async function measure(bench: Bench, work: (from: number) => Promise<Sent>): Promise<number> {
  await bench.pool.query('TRUNCATE wonlost.events')
  await bench.pool.query('CHECKPOINT')
  const { events, seconds } = await work(nextId)
  nextId += events
  const { rows } = await bench.pool.query<{ count: string }>('SELECT count(*) FROM wonlost.events')
  if (Number(rows[0]!.count) !== events)
    throw new WonlostError('bench_failed', `${events} events were acknowledged, ${rows[0]!.count} are there.`)
  return events / seconds
}

const secondsOf = ({ quick }: PartContext): number => (quick ? 2 : 6)

function measureOurs(bench: Bench, size: number, connections: number): Promise<number> {
  const { client, server, context } = bench
  const target = { port: server.port, connections, size, seconds: secondsOf(context) }
  return measure(bench, (from) => client.ask<Sent>('send', { ...target, from }))
}

function measureBare(bench: Bench, size: number): Promise<number> {
  const { bare, url, context } = bench
  const target = { url, connections: CONNECTIONS, size, seconds: secondsOf(context) }
  return measure(bench, (from) => bare.ask<Sent>('write', { ...target, from }))
}

interface Memory {
  readonly seconds: number
  readonly rate: number
  /** One a look; none where the system does not tell. */
  readonly megabytes: readonly number[]
}

async function watchMemory({ client, server, context, pool }: Bench, rate: number): Promise<Memory> {
  const seconds = context.quick ? 20 : 300
  context.say(`  ${seconds} s at ${rate.toFixed(0)} events a second`)
  const megabytes: number[] = []
  let sent = { events: 0, seconds: 0 }
  for (let look = 0; look < MEMORY_LOOKS; look++) {
    // Its size is no matter here, and five minutes fill a disk.
    await pool.query('TRUNCATE wonlost.events')
    const target = { port: server.port, connections: 16, size: 100, rate, seconds: seconds / MEMORY_LOOKS }
    const part = await client.ask<Sent>('send', { ...target, from: nextId })
    nextId += part.events
    sent = { events: sent.events + part.events, seconds: sent.seconds + part.seconds }
    const resident = residentMegabytes(server.pid)
    if (resident !== null) megabytes.push(resident)
    context.say(`    ${look + 1}: ${resident?.toFixed(0) ?? '?'} MB`)
    context.signal.throwIfAborted()
  }
  return { seconds, rate: sent.events / sent.seconds, megabytes }
}

function nameOf(size: number): string {
  return size === 1 ? 'single events' : `batches of ${size.toLocaleString('en')}`
}

function sectionOf(
  { context }: Bench,
  { rows, memory, ratio }: { rows: readonly Measured[]; memory: Memory; ratio: number },
): Section {
  const { seconds, rate, megabytes } = memory
  const [first, ...later] = megabytes
  const ways = WAYS.map(({ size, clients }) => `${clients} at once for ${nameOf(size)}`).join(', ')
  const growth = first === undefined ? null : Math.max(...later) / first
  return {
    text: [
      `Acknowledged events a second of \`wonlost serve\` as it is installed, over HTTP on one machine: track messages of Segment's client, of visitors
whom nobody knows yet, of 480 bytes each. Requests on kept connections, ${ways}. An event is acknowledged when its transaction is committed;
afterwards the rows are counted.`,
      `**bare pg** is a program of thirty lines that has the same events in memory, as rows, and writes them into the same table with the same indexes: one prepared
statement with one JSON text in a transaction of its own for every single event, or batch, on ${CONNECTIONS} connections, which is what the server
uses. It reads no request, checks nothing, looks nobody up, and asks for no lock. Durability is that of PostgreSQL's defaults on both sides.
Before every measurement the table is emptied and a checkpoint made. The server commits single events of several requests together.`,
      ...(megabytes.length === 0
        ? []
        : [
            `**Memory.** ${seconds} s at ${(100 * SHARE).toFixed(0)} % of the highest rate, in batches of 100 (${rate.toFixed(0)} events a second came); resident set of the server, at
the end of each fifth of that time: ${megabytes.map((one) => `${one.toFixed(0)} MB`).join(', ')}.`,
          ]),
    ],
    targets: context.quick
      ? []
      : [
          { what: 'batches of 1,000, ratio to bare pg', measured: ratio, atLeast: 0.6 },
          ...(growth === null
            ? []
            : [{ what: 'memory, most of minutes 2 to 5 over minute 1', measured: growth, atMost: 1.2 }]),
        ],
    tables: [{ title: 'Acknowledged', unit: 'events/s', better: 'more', rows }],
  }
}
