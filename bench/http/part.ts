/** One lead scored over HTTP, end to end: `wonlost serve` beside a FastAPI service with the same model. */
import { join } from 'node:path'
import { interleave } from '../interleave.ts'
import { definePart, type Measured, type PartContext, type Section } from '../part.ts'
import type { Load, RequestText } from './client.ts'
import { type Bench, CONNECTIONS, type Compared, compare, secondsOf, WAYS } from './compare.ts'
import { type Demo, makeDemo } from './demo.ts'
import { startPeerService, writeFeatures } from './peer.ts'
import { requestsFrom, type ScoreBody, writeRequests } from './requests.ts'
import { type Service, startClient, startOther, startOurService } from './services.ts'

export const httpPart = definePart({
  name: 'http',
  title: 'HTTP',
  summary: 'one lead scored over HTTP, with and without reasons, beside a FastAPI service',
  async run(context) {
    const leads = context.quick ? 3_000 : 20_000
    context.say(`  the demo with ${leads.toLocaleString('en')} leads`)
    const demo = await makeDemo(context, leads)
    const services: Service[] = []
    const client = startClient(context)
    try {
      const ours = await startOurService(context, demo)
      services.push(ours)
      const bodies = await requestsFrom(ours.url, context.quick ? 100 : 300)
      const { peer, model } = await startPeer(context, demo, bodies)
      services.push(peer)
      return await measureAll({ context, client, ours, peer, bodies, model, leads })
    } finally {
      await client.end()
      for (const service of services) await service.stop()
    }
  },
})

/** The model in the format of LightGBM, and the peer that has it. */
async function startPeer(context: PartContext, demo: Demo, bodies: readonly ScoreBody[]) {
  const file = (name: string) => join(context.cacheFolder, 'http', name)
  await demo.run('export', 'model', 'conversion', '--format', 'lightgbm', '--out', file('model.txt'))
  await demo.run('export', 'model', 'conversion', '--out', file('artifact.json'))
  const model = writeFeatures(file('artifact.json'), bodies, file('features.json'))
  const peer = await startOther('The FastAPI service', (port) =>
    startPeerService(context, port, file('model.txt'), file('features.json')),
  )
  return { peer, model }
}

async function measureAll(bench: Bench): Promise<Section> {
  const compared: Compared[] = []
  for (const way of WAYS) {
    bench.context.say(`  ${way.name}`)
    compared.push(await compare(bench, way))
  }
  bench.context.say('  from the database')
  const stored = await fromDatabase(bench)
  const { context, bodies, model, leads } = bench
  const events = bodies.reduce((sum, body) => sum + body.events.length, 0) / bodies.length
  const bytes = bodies.reduce((sum, body) => sum + JSON.stringify(body).length, 0) / bodies.length
  return {
    text: [
      `\`POST /v1/score\` with one lead, its account and its events in the request: ${bodies.length} leads of the demo (\`wonlost demo --leads ${leads}\`,
learner boosting), each with ${events.toFixed(0)} events and ${(bytes / 1000).toFixed(1)} kB on average, in turn. The model: ${model}; the peer has it as our
LightGBM export. Each service is one process on processor 0, the client on processor 1, with ${CONNECTIONS} kept connections. Neither writes a log of requests.`,
      `**Wonlost** is \`wonlost serve\` as it is installed: strict check of the request, features of three models (conversion, fit, intent), three scores, the
guardrails, the decision, and an answer that is checked against its schema. With reasons: exact contributions of every column of the model asked
for, each in words, and reasons by group. Its embedded PostgreSQL runs on the same processor, and is looked at once a second.`,
      `**FastAPI** (\`bench/http/peer\`) is uvicorn with uvloop and httptools, a pydantic model that is as strict on fields, and orjson. It computes the columns of
the one model in plain Python, with half-lives, calls \`Booster.predict\` on one thread, and answers with the probability; with reasons it calls
\`pred_contrib\` alone and gives the ten largest, without words. What titles, messages and mail domains mean, it is told in a table. No guardrails,
no bands, no check of the answer. What it loads at its start is kept from the garbage collector (\`gc.freeze\`), which else stops it for 50 ms now and then.`,
      `The client counts microseconds. Latency at full speed is that of ${CONNECTIONS} requests at once on each side; at an equal rate, half of the peer's most, it
counts from when a request was due. Before, both were asked for ${2 * secondsOf(context)} s, and their probabilities compared for all requests.`,
    ],
    targets: compared.flatMap(({ targets }) => targets),
    tables: [
      {
        title: 'Full speed',
        unit: 'requests/s',
        better: 'more',
        rows: compared.flatMap(({ speed }) => speed),
      },
      {
        title: '99th percentile at full speed',
        unit: 'ms',
        better: 'less',
        rows: compared.flatMap(({ p99 }) => p99),
      },
      {
        title: "99th percentile at half of the peer's full speed",
        unit: 'ms',
        better: 'less',
        rows: compared.flatMap(({ p99AtRate }) => p99AtRate),
      },
      {
        title: 'Computed afresh from the database (`GET /v1/leads/:id/score?as_of=now`), Wonlost alone',
        unit: 'requests/s',
        better: 'more',
        rows: stored,
      },
    ],
  }
}

async function fromDatabase({ context, client, ours, bodies }: Bench): Promise<Measured[]> {
  const rows: Measured[] = []
  for (const way of WAYS) {
    const path = (id: string) => `/v1/leads/${encodeURIComponent(id)}/score?as_of=now&explain=${way.explain}`
    const requests = writeRequests(
      join(context.cacheFolder, 'http', 'requests-database.json'),
      bodies.map(({ lead }): RequestText => ({ method: 'GET', path: path(lead.lead_id), body: '' })),
    )
    const target = { port: ours.port, requests, connections: CONNECTIONS, seconds: 2 }
    const measure = async () => (await client.ask<Load>('asFastAsPossible', target)).requestsASecond
    const [samples] = await interleave([{ who: 'Wonlost', measure }], context)
    rows.push({ case: way.name, who: 'Wonlost', ours: true, samples: samples!, check: '' })
  }
  return rows
}
