/** What makes the demo alive: its simulated people go on doing things, gently, in a thread beside the server. */
import { setTimeout as wait } from 'node:timers/promises'
import type { SimulationOptions } from '../../data/simulator/process.ts'
import { DAY, type Milliseconds, SECOND } from '../glossary.ts'
import type { CommandContext } from './command.ts'
import type { Beside } from './run-server.ts'
import { threadResult } from './thread-result.ts'

/** For the thread. */
export interface DemoTrafficWork {
  readonly simulation: SimulationOptions
  readonly url: string
  readonly key: string | null
  readonly rate: number
  readonly lasting: Milliseconds
}

/** Events a second. */
const RATE = 2
/** A demo that nobody looks at any more must not fill the disk. */
const LASTING: Milliseconds = DAY
/** Whoever opens the dashboard at once has it to themselves. */
const HEAD_START: Milliseconds = 3 * SECOND

/** Where keys are asked for, it plays with that of WONLOST_KEY, or not at all. */
export function demoTraffic({ config, say }: CommandContext, simulation: SimulationOptions): Beside {
  const key = config.key ?? null
  if (config.auth !== 'off' && key === null)
    return {
      about:
        'No traffic is played, for it needs a key with the scope ingest: wonlost simulate-traffic --key KEY plays it.',
      run: async () => {},
    }
  return {
    about: `For a day simulated people go on doing things, ${RATE} a second, and scores move (--no-traffic: they do not).`,
    async run(url, signal) {
      await wait(HEAD_START, undefined, { signal })
      const work: DemoTrafficWork = { simulation, url, key, rate: RATE, lasting: LASTING }
      await threadResult('traffic', new URL('./demo-traffic-thread.js', import.meta.url), work, signal)
      say('The simulated people have stopped after a day. To go on: npx wonlost demo.')
    },
  }
}
