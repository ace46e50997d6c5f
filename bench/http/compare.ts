/** Both services, asked for the same in the same way, in turn. */
import { join } from 'node:path'
import { WonlostError } from '../../src/errors.ts'
import type { ScoredLead } from '../../src/scoring/scored-lead.ts'
import { interleave } from '../interleave.ts'
import type { Measured, PartContext, Target } from '../part.ts'
import { pairedRatio, spreadOf } from '../spread.ts'
import type { Worker } from '../worker.ts'
import type { Load, RequestText } from './client.ts'
import { type ScoreBody, writeRequests } from './requests.ts'
import type { Service } from './services.ts'

export const CONNECTIONS = 16

/** Probabilities may differ by so much. */
const TOLERANCE = 1e-6

interface Way {
  readonly name: string
  readonly explain: boolean
}

export const WAYS: readonly Way[] = [
  { name: 'without reasons', explain: false },
  { name: 'with reasons', explain: true },
]

export interface Bench {
  readonly context: PartContext
  readonly client: Worker
  readonly ours: Service
  readonly peer: Service
  readonly bodies: readonly ScoreBody[]
  /** `27 trees with 405 leaves on 114 columns`. */
  readonly model: string
  readonly leads: number
}

export interface Compared {
  readonly targets: readonly Target[]
  readonly speed: readonly Measured[]
  readonly p99: readonly Measured[]
  readonly p99AtRate: readonly Measured[]
}

/** Throws `bench_failed` where the probabilities of the two are not the same. */
export async function compare(bench: Bench, way: Way): Promise<Compared> {
  const { context, client, ours, peer, bodies } = bench
  const largest = await largestDifference(bench, way)
  const requests = writeRequests(
    join(context.cacheFolder, 'http', `requests-${way.explain}.json`),
    bodies.map((body): RequestText => {
      const text = JSON.stringify({ ...body, explain: way.explain })
      return { method: 'POST', path: '/v1/score', body: text }
    }),
  )
  const common = { requests, connections: CONNECTIONS, seconds: secondsOf(context) }
  const contenders = [
    { who: 'Wonlost', ours: true, port: ours.port },
    { who: 'FastAPI', ours: false, port: peer.port },
  ]
  const measure = async (work: string, more: object): Promise<Load[][]> => {
    const loads = contenders.map((): Load[] => [])
    const timed = contenders.map(({ who, port }, c) => ({
      who,
      async measure() {
        const load = await client.ask<Load>(work, { ...common, port, ...more })
        loads[c]!.push(load)
        return load.requestsASecond
      },
    }))
    await interleave(timed, context)
    // The first round is the warm-up.
    return loads.map((each) => each.slice(-context.repeats))
  }
  // Both run for days when they serve: what is measured is code that its engine has had time to compile.
  for (const { port } of contenders)
    await client.ask<Load>('asFastAsPossible', { ...common, port, seconds: 2 * common.seconds })
  const full = await measure('asFastAsPossible', {})
  const speedOf = (loads: readonly Load[]) => loads.map(({ requestsASecond }) => requestsASecond)
  const p99Of = (loads: readonly Load[]) => loads.map(({ p99 }) => p99)
  const rate = spreadOf(speedOf(full[1]!)).median / 2
  const even = await measure('atRate', { rate })
  const rows = (loads: readonly Load[][], samplesOf: (loads: readonly Load[]) => number[], check: string) =>
    contenders.map(
      (contender, c): Measured => ({
        case: way.name,
        who: contender.who,
        ours: contender.ours,
        samples: samplesOf(loads[c]!),
        check: contender.ours ? '' : check,
      }),
    )
  const ratio = (loads: readonly Load[][], samplesOf: (loads: readonly Load[]) => number[]) =>
    pairedRatio(samplesOf(loads[0]!), samplesOf(loads[1]!))
  const difference = `largest difference ${largest.toExponential(0)}`
  return {
    targets: [
      { what: `${way.name}: requests/s over FastAPI`, measured: ratio(full, speedOf), atLeast: 5 },
      { what: `${way.name}: p99 over FastAPI, full speed`, measured: ratio(full, p99Of), atMost: 1 },
      { what: `${way.name}: p99 over FastAPI, equal rate`, measured: ratio(even, p99Of), atMost: 1 },
    ],
    speed: rows(full, speedOf, difference),
    p99: rows(full, p99Of, ''),
    p99AtRate: rows(even, p99Of, `${rate.toFixed(0)} requests/s`),
  }
}

/** Of each measurement. */
export function secondsOf({ quick }: PartContext): number {
  return quick ? 2 : 4
}

/** Of the probabilities of all requests. Throws `bench_failed` where the services do not compute the same. */
async function largestDifference({ ours, peer, bodies }: Bench, { explain }: Way): Promise<number> {
  let largest = 0
  for (const body of bodies) {
    const [scored, other] = await Promise.all([
      post<ScoredLead>(ours, { ...body, explain }),
      post<{ probability: number }>(peer, { ...body, explain }),
    ])
    const score = scored.scores['conversion']
    // A lead that the model is not for would be less work for us.
    const probability = (score?.applies ? score.probability : null) ?? Number.NaN
    const difference = Math.abs(probability - other.probability)
    if (!(difference <= TOLERANCE)) {
      const message = `${body.lead.lead_id}: the probabilities must be equal to ${TOLERANCE}. They differ by ${difference}.`
      throw new WonlostError('bench_failed', message)
    }
    largest = Math.max(largest, difference)
  }
  return largest
}

async function post<Answer>({ url }: Service, body: object): Promise<Answer> {
  const response = await fetch(`${url}/v1/score`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  if (!response.ok) throw new WonlostError('bench_failed', `${url} answered ${response.status}: ${text}`)
  return JSON.parse(text) as Answer
}
