/** Our side of a worker: reads a line of JSON, does what it asks, answers with a line. Ends with its standard input. */
import { createInterface } from 'node:readline'

/** What is given is what the other side of worker.ts wrote, in this repository: it is trusted. */
// biome-ignore lint/suspicious/noExplicitAny: each kind of work says itself what it is given.
type Work = (given: any) => unknown

export async function answer(works: Readonly<Record<string, Work>>): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    const { work, ...given } = JSON.parse(line) as { work: string }
    let reply: unknown
    try {
      const does = works[work]
      if (!does) throw new RangeError(`no such work; known: ${Object.keys(works).join(', ')}`)
      reply = { answer: (await does(given)) ?? null }
    } catch (error) {
      reply = { error: error instanceof Error ? error.stack : String(error) }
    }
    process.stdout.write(`${JSON.stringify(reply)}\n`)
  }
}
