/** What is done to servers and to their database, as data: one object a fault. */
import { setTimeout as wait } from 'node:timers/promises'
import { happens, integerBetween, oneOf, type Random } from '../data/random.ts'
import { SECOND } from '../src/glossary.ts'
import type { Scene } from './scene.ts'

interface Fault {
  readonly name: string
  /** After a number: `12 servers killed`. */
  readonly told: string
  /** Whether servers cannot answer meanwhile: then it is measured how soon they do again. */
  readonly isOutage: boolean
  readonly run: (scene: Scene, random: Random) => Promise<void>
}

const STOPPED = 5 * SECOND

export const FAULTS = [
  {
    name: 'kill',
    told: 'servers killed',
    isOutage: true,
    async run({ servers }, random) {
      const server = oneOf(random, servers)
      await server.kill()
      await wait(integerBetween(random, 0, 500))
      server.startAgain()
    },
  },
  {
    name: 'stop',
    told: 'servers stopped for 5 s',
    isOutage: true,
    async run({ servers }, random) {
      const server = oneOf(random, servers)
      server.pause()
      await wait(STOPPED)
      server.goOn()
    },
  },
  {
    name: 'postgres',
    told: 'times PostgreSQL killed',
    isOutage: true,
    async run({ postgres }, random) {
      postgres.kill(happens(random, 0.5) ? 'SIGQUIT' : 'SIGKILL')
      await wait(integerBetween(random, 0, 1_000))
      await postgres.restart()
    },
  },
  {
    name: 'cut',
    told: 'times all connections cut',
    isOutage: true,
    async run({ postgres: { proxy } }, random) {
      const times = integerBetween(random, 1, 5)
      for (let i = 0; i < times; i++) {
        await proxy.cut()
        await wait(integerBetween(random, 0, 800))
        await proxy.mend()
        await wait(integerBetween(random, 100, 600))
      }
    },
  },
  {
    name: 'sweeps',
    told: 'times two sweeps at once',
    isOutage: false,
    async run({ sweep }) {
      // One is told that the other is at it. Where another fault ended both, again.
      while (!(await Promise.all([sweep(), sweep()])).includes(true)) await wait(SECOND)
    },
  },
  {
    name: 'promotion',
    told: 'promotions',
    isOutage: false,
    run: ({ promote }) => promote(),
  },
] as const satisfies readonly Fault[]

export type FaultName = (typeof FAULTS)[number]['name']
