/** Looks up many at once: what is asked for while lookups are under way waits, and is looked up together. */

/** As few as bear that the connection of one has died silently. */
const LOOKUPS_AT_A_TIME = 2
const MOST_IN_A_LOOKUP = 500

interface Waiting<Found> {
  readonly key: string
  readonly resolve: (found: Found | null) => void
  readonly reject: (error: unknown) => void
}

/** However many ask, and for whatever: `lookUp` has at most two questions open. It is asked after `key` was; null: it did not find that. */
export function createBatched<Found>(
  lookUp: (keys: readonly string[]) => Promise<ReadonlyMap<string, Found>>,
): (key: string) => Promise<Found | null> {
  const waiting: Waiting<Found>[] = []
  let running = 0

  async function run(): Promise<void> {
    if (running === LOOKUPS_AT_A_TIME) return
    const batch = waiting.splice(0, MOST_IN_A_LOOKUP)
    if (batch.length === 0) return
    running += 1
    try {
      const found = await lookUp([...new Set(batch.map(({ key }) => key))])
      for (const { key, resolve } of batch) resolve(found.get(key) ?? null)
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
    running -= 1
    await run()
  }

  return (key) =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject })
      void run()
    })
}
