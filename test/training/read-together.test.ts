import { describe, expect, it } from 'vitest'
import { readTogether } from '../../training/read-together.ts'
import type { RecordSource } from '../../training/record-source.ts'
import { account, lead } from './records.ts'

const RECORDS = Array.from({ length: 5 }, (_, i) => account([lead(`l${i}`, i)], { accountId: `a${i}` }))

/** Counts readings and what is read; fails at a record where it is told to. */
function watched({ failsAt = -1 } = {}) {
  const seen = { readings: 0, read: 0, closed: 0 }
  const source: RecordSource = {
    async *read() {
      seen.readings += 1
      try {
        for (const [i, record] of RECORDS.entries()) {
          if (i === failsAt) throw new Error('the connection broke')
          seen.read += 1
          yield record
        }
      } finally {
        seen.closed += 1
      }
    },
  }
  return { source, seen }
}

const namesOf = async (records: RecordSource, most = RECORDS.length, pause = false): Promise<string[]> => {
  const names: string[] = []
  for await (const { accountId } of records.read()) {
    if (pause) await new Promise((resolve) => setImmediate(resolve))
    names.push(accountId!)
    if (names.length === most) break
  }
  return names
}

const ALL = ['a0', 'a1', 'a2', 'a3', 'a4']

describe('readTogether', () => {
  it('gives every reader all records on one reading, also beside slow ones, ones that stop and ones that read nothing', async () => {
    const { source, seen } = watched()
    const results = await readTogether(
      source,
      (records) => namesOf(records),
      (records) => namesOf(records, 5, true),
      (records) => namesOf(records, 2),
      async () => null,
    )
    expect(results).toEqual([ALL, ALL, ['a0', 'a1'], null])
    expect(seen).toEqual({ readings: 1, read: 5, closed: 1 })
  })

  it('ends with the error of a reader or of the reading, and closes what it read from', async () => {
    const { source, seen } = watched()
    const fails = async (records: RecordSource): Promise<never> => {
      await namesOf(records, 3)
      throw new Error('no room')
    }
    await expect(readTogether(source, (records) => namesOf(records), fails)).rejects.toThrow('no room')
    expect(seen.closed).toBe(1)
    const broken = watched({ failsAt: 2 })
    await expect(
      readTogether(
        broken.source,
        (records) => namesOf(records),
        (records) => namesOf(records),
      ),
    ).rejects.toThrow('the connection broke')
    expect(broken.seen.closed).toBe(1)
  })

  it('refuses a reader that reads twice: it would hold up the others for ever', async () => {
    const { source } = watched()
    const twice = async (records: RecordSource) => [await namesOf(records), await namesOf(records)]
    await expect(readTogether(source, (records) => namesOf(records), twice)).rejects.toThrow('once')
  })
})
