import { expect, test } from 'vitest'
import { createGroupCommit } from '../../../src/ingest/tracking/group-commit.ts'

/** A writer whose transactions end when they are told to. */
function setUp(lanes = 1, mostTogether = 4, mostWaiting = 8) {
  const written: number[][] = []
  const gates: (() => void)[] = []
  const commit = createGroupCommit<number>({
    write: async (jobs) => {
      await new Promise<void>((go) => gates.push(go))
      if (jobs.includes(13)) throw new TypeError('unlucky')
      if (jobs.includes(99)) throw new RangeError('all')
      written.push([...jobs])
    },
    lanes,
    sizeOf: () => 1,
    mostTogether,
    mostWaiting,
    isFaultOfOne: (error) => error instanceof TypeError,
    overloaded: () => new Error('overloaded'),
  })
  /** A group is taken a few turns after its first job, or the commit before it. */
  const open = async (): Promise<void> => {
    for (let idle = 0; idle < 5; idle++) {
      await new Promise((resolve) => setImmediate(resolve))
      if (gates.length === 0) continue
      gates.shift()!()
      idle = 0
    }
  }
  return { commit, written, open }
}

test('what waits is written together, in the order of arrival, and nothing is acknowledged before', async () => {
  const { commit, written, open } = setUp()
  const done: number[] = []
  const all = [1, 2, 3, 4, 5, 6].map((job) => commit.submit(job).then(() => done.push(job)))
  await new Promise((resolve) => setImmediate(resolve))
  expect([written, done]).toEqual([[], []])
  await open()
  await Promise.all(all)
  // The first, too, went with those that came in the same turn.
  expect(written).toEqual([
    [1, 2, 3, 4],
    [5, 6],
  ])
  expect(done).toEqual([1, 2, 3, 4, 5, 6])
})

test('one that cannot be written harms no other; a fault of all is told to all', async () => {
  const { commit, written, open } = setUp()
  const first = Promise.allSettled([0, 1, 13, 2].map((job) => commit.submit(job)))
  await open()
  expect((await first).map(({ status }) => status)).toEqual([
    'fulfilled',
    'fulfilled',
    'rejected',
    'fulfilled',
  ])
  expect(written).toEqual([[0], [1], [2]])
  const second = Promise.allSettled([3, 4, 99].map((job) => commit.submit(job)))
  await open()
  expect((await second).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
})

test('what harms one after the other is not tried with each', async () => {
  let tries = 0
  const commit = createGroupCommit<number>({
    write: async () => {
      tries += 1
      throw new TypeError('busy')
    },
    lanes: 1,
    sizeOf: () => 1,
    mostTogether: 100,
    mostWaiting: 100,
    isFaultOfOne: () => true,
    overloaded: () => new Error('overloaded'),
  })
  const results = await Promise.allSettled(Array.from({ length: 51 }, (_, job) => commit.submit(job)))
  expect(results.every(({ status }) => status === 'rejected')).toBe(true)
  // All together, then eight of them alone.
  expect(tries).toBe(9)
})

test('too much is turned away at once, and there is room again afterwards', async () => {
  const { commit, open } = setUp()
  const all = Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((job) => commit.submit(job)))
  await expect(commit.submit(9)).rejects.toThrow('overloaded')
  await open()
  await all
  await commit.idle()
  const again = commit.submit(10)
  await open()
  await again
})

test('two lanes share what comes in one turn: neither takes one alone while others wait', async () => {
  const { commit, written, open } = setUp(2)
  const all = Promise.all([1, 2, 3, 4, 5, 6].map((job) => commit.submit(job)))
  await open()
  await all
  await commit.idle()
  expect(written).toEqual([
    [1, 2, 3, 4],
    [5, 6],
  ])
})

test.each([0, 1, 2, 3, 4, 5, 6])(
  'a job that comes %i steps after another ended is not forgotten',
  async (steps) => {
    const options = { lanes: 1, sizeOf: () => 1, mostTogether: 4, mostWaiting: 8 }
    const fault = { isFaultOfOne: () => false, overloaded: () => new Error('overloaded') }
    const commit = createGroupCommit<number>({ write: async () => {}, ...options, ...fault })
    for (let job = 0; job < 20; job++) {
      await commit.submit(job)
      for (let step = 0; step < steps; step++) await Promise.resolve()
    }
  },
  2_000,
)
