/** Cycles: traffic, one fault or two that overlap, traffic again until both servers answer, quiet, checks. */
import { setTimeout as wait } from 'node:timers/promises'
import { happens, integerBetween, type Random } from '../data/random.ts'
import { MINUTE, type Milliseconds, SECOND } from '../src/glossary.ts'
import type { RetryingClient } from './client.ts'
import { FAULTS, type FaultName } from './faults.ts'
import type { Inspector } from './inspector.ts'
import type { Scene } from './scene.ts'
import type { Traffic } from './traffic.ts'
import { waitFor } from './wait-for.ts'

export interface CyclesOptions {
  readonly cycles: number
  readonly faults: readonly FaultName[]
  readonly scene: Scene
  readonly client: RetryingClient
  readonly traffic: Traffic
  readonly inspector: Inspector
  readonly random: Random
  readonly say: (text: string) => void
  readonly signal: AbortSignal
}

export interface Cycles {
  /** Until all are done, or something was found wrong. */
  run(): Promise<void>
  readonly summary: {
    readonly cycles: number
    readonly faults: Record<FaultName, number>
    readonly recovery: Partial<Record<FaultName, Milliseconds>>
  }
}

const BEFORE = SECOND
const AFTER = SECOND
/** Of two faults the second begins so much later at most. */
const LONGEST_GAP = 1_500
const CHANCE_OF_TWO = 0.4
/** A server that does not answer for so long after a fault does not come back. */
const LONGEST_RECOVERY = 2 * MINUTE

export function createCycles(options: CyclesOptions): Cycles {
  const { cycles, faults, scene, client, traffic, inspector, random, say, signal } = options
  const draw = createDeck(faults, random)
  const summary: Cycles['summary'] & { cycles: number } = {
    cycles: 0,
    faults: { kill: 0, stop: 0, postgres: 0, cut: 0, sweeps: 0, promotion: 0 },
    recovery: {},
  }

  /** Resolves when the fault is over and every server has answered what was asked after that. */
  async function strike(name: FaultName, after: Milliseconds): Promise<void> {
    await wait(after, undefined, { signal })
    const { run, isOutage } = FAULTS.find((fault) => fault.name === name)!
    const began = performance.now()
    await run(scene, random)
    summary.faults[name] += 1
    const over = performance.now()
    for (const [index, server] of scene.servers.entries()) {
      const hasAnswered = () => client.answeredSince(index, over) !== null
      if ((await waitFor(hasAnswered, LONGEST_RECOVERY, signal)) === null)
        inspector.note(
          `server ${server.name} did not answer within ${LONGEST_RECOVERY / SECOND} s after: ${name}`,
        )
      const at = client.answeredSince(index, began)
      if (isOutage && at !== null) summary.recovery[name] = Math.max(summary.recovery[name] ?? 0, at - began)
    }
  }

  return {
    summary,
    async run() {
      while (summary.cycles < cycles && inspector.isClean()) {
        const first = draw()
        const second = happens(random, CHANCE_OF_TWO) ? draw() : first
        const gap = integerBetween(random, 0, LONGEST_GAP)
        const struck = second === first ? [first] : [first, second]
        traffic.begin()
        await wait(BEFORE, undefined, { signal })
        await Promise.all(struck.map((name, place) => strike(name, place * gap)))
        await wait(AFTER, undefined, { signal })
        await traffic.pause()
        await inspector.check()
        summary.cycles += 1
        say(`cycle ${summary.cycles} of ${cycles}: ${struck.join(' and ')}; ${inspector.told()}`)
      }
    },
  }
}

/** Every fault once before any comes again, in an order by chance. */
function createDeck(faults: readonly FaultName[], random: Random): () => FaultName {
  let deck: FaultName[] = []
  return () => {
    if (deck.length === 0) deck = [...faults]
    const [drawn] = deck.splice(integerBetween(random, 0, deck.length - 1), 1)
    return drawn!
  }
}
