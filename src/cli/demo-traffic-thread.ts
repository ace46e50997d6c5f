/** The traffic of the demo, in a thread of its own: simulating who comes takes seconds of a processor. */
import { setTimeout as wait } from 'node:timers/promises'
import { workerData } from 'node:worker_threads'
import { playTraffic, recordTraffic } from '../../data/traffic.ts'
import type { Milliseconds } from '../glossary.ts'
import type { DemoTrafficWork } from './demo-traffic.ts'
import { sendTraffic } from './send-traffic.ts'

/** Half of the time it rests, so that the server and the browser of a small machine have theirs. */
const TURN: Milliseconds = 40

const { simulation, url, key, rate, lasting }: DemoTrafficWork = workerData

let turnBegan = performance.now()
const traffic = await recordTraffic(simulation, async () => {
  if (performance.now() - turnBegan < TURN) return
  await wait(TURN)
  turnBegan = performance.now()
})
// The thread is ended by whoever began it.
const { signal } = new AbortController()
await sendTraffic(playTraffic(traffic, { evenRate: rate }), {
  url,
  key,
  now: Date.now,
  run: `demo-${Date.now().toString(36)}`,
  lasting,
  ended: signal,
  signal,
  report: () => {},
})
