/**
 * Group commit: what arrives while transactions run is written together in the next one, and is acknowledged after its commit. Single
 * events are then nearly as fast as batches.
 */

export interface GroupCommitOptions<Job> {
  /** Writes jobs together: all, or none. `again`: one of a group that could not be written. */
  readonly write: (jobs: readonly Job[], again: boolean) => Promise<void>
  /** Transactions at once: while one waits for the disk another computes. */
  readonly lanes: number
  /** What a job counts for. */
  readonly sizeOf: (job: Job) => number
  /** Most that is written together. A job that is larger goes alone. */
  readonly mostTogether: number
  /** Most that may wait. */
  readonly mostWaiting: number
  /** A fault of one of the jobs, for which the others should not suffer: each is tried alone. */
  readonly isFaultOfOne: (error: unknown) => boolean
  /** Made when too much waits. */
  readonly overloaded: () => Error
}

export interface GroupCommit<Job> {
  /** Resolves when the job is committed. Throws what writing it threw, and `overloaded()` at once when too much waits. */
  submit(job: Job): Promise<void>
  /** When nothing waits or runs any more. */
  idle(): Promise<void>
}

/** So many in a row that could not be written alone: it is no fault of theirs, and the others are not kept waiting for it. */
const MOST_FAULTS = 8

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

interface Waiting<Job> {
  readonly job: Job
  readonly size: number
  readonly done: () => void
  readonly failed: (error: unknown) => void
}

export function createGroupCommit<Job>(options: GroupCommitOptions<Job>): GroupCommit<Job> {
  const { write, lanes, sizeOf, mostTogether, mostWaiting, isFaultOfOne, overloaded } = options
  let queue: Waiting<Job>[] = []
  let waiting = 0
  /** Lanes that will look at the queue again. */
  let active = 0
  const running = new Set<Promise<void>>()

  async function run(): Promise<void> {
    while (queue.length > 0) {
      // Requests that arrive together are read within one turn or two: the first is not written alone, with the others waiting behind it.
      await turn()
      await turn()
      if (queue.length === 0) break
      const group = takeGroup()
      await writeGroup(group)
      for (const { size } of group) waiting -= size
    }
    // In the same step in which the queue was seen to be empty: what comes next starts a lane.
    active -= 1
  }

  function startLane(): void {
    active += 1
    const lane = run().finally(() => running.delete(lane))
    running.add(lane)
  }

  function takeGroup(): Waiting<Job>[] {
    let size = 0
    let count = 0
    for (const one of queue) {
      if (count > 0 && size + one.size > mostTogether) break
      size += one.size
      count += 1
    }
    const group = queue.slice(0, count)
    queue = queue.slice(count)
    return group
  }

  async function writeGroup(group: readonly Waiting<Job>[]): Promise<void> {
    const error = await tryToWrite(group, false)
    if (error === null) for (const { done } of group) done()
    else if (group.length > 1 && isFaultOfOne(error)) await writeEach(group)
    else for (const { failed } of group) failed(error)
  }

  async function writeEach(group: readonly Waiting<Job>[]): Promise<void> {
    let lastError: unknown = null
    let faults = 0
    for (const { job, done, failed } of group) {
      const error = faults < MOST_FAULTS ? await tryToWrite([{ job }], true) : lastError
      faults = error === null ? 0 : faults + 1
      lastError = error
      if (error === null) done()
      else failed(error)
    }
  }

  async function tryToWrite(group: readonly Pick<Waiting<Job>, 'job'>[], again: boolean): Promise<unknown> {
    try {
      await write(
        group.map(({ job }) => job),
        again,
      )
      return null
    } catch (error) {
      return error ?? new Error('It failed, and did not say why.')
    }
  }

  return {
    submit(job) {
      const size = sizeOf(job)
      if (waiting > 0 && waiting + size > mostWaiting) return Promise.reject(overloaded())
      waiting += size
      return new Promise<void>((done, failed) => {
        queue.push({ job, size, done, failed })
        if (active < lanes) startLane()
      })
    },
    async idle() {
      while (running.size > 0) await Promise.all(running)
    },
  }
}
