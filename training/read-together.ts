/**
 * Several that read all records, on one reading: each gets every record, in order, and the next is read when all have taken the
 * last. Reading is what takes longest where records do not fit in memory; this way nobody has to know of the others.
 */
import { WonlostError } from '../src/errors.ts'
import type { AccountRecord } from '../src/glossary.ts'
import type { RecordSource } from './record-source.ts'

type Taken = IteratorResult<AccountRecord, undefined>

interface Taker {
  resolve(taken: Taken): void
  reject(reason: unknown): void
}

/**
 * @param readers Each reads its source at most once, to the end or not.
 * @returns What they return. Throws what the first of them throws, or the reading; then all of them end.
 */
export async function readTogether<Results extends readonly unknown[]>(
  records: RecordSource,
  ...readers: { readonly [K in keyof Results]: (records: RecordSource) => Promise<Results[K]> }
): Promise<Results> {
  const reading = records.read()[Symbol.asyncIterator]()
  const takers: Taker[] = []
  let readerCount = readers.length
  let failure: { readonly reason: unknown } | null = null

  const fail = (reason: unknown): void => {
    failure ??= { reason }
    for (const taker of takers.splice(0)) taker.reject(failure.reason)
  }
  const readNext = async (): Promise<void> => {
    if (takers.length === 0 || takers.length < readerCount) return
    const waiting = takers.splice(0)
    try {
      const { done, value } = await reading.next()
      for (const taker of waiting)
        taker.resolve(done ? { done: true, value: undefined } : { done: false, value })
    } catch (reason) {
      takers.push(...waiting)
      fail(reason)
    }
  }
  const take = (): Promise<Taken> =>
    new Promise((resolve, reject) => {
      if (failure) {
        reject(failure.reason)
        return
      }
      takers.push({ resolve, reject })
      void readNext()
    })

  const results = readers.map(async (reader) => {
    let isReading = true
    const leave = (): void => {
      if (isReading) readerCount -= 1
      isReading = false
      void readNext()
    }
    try {
      return await reader(sourceOf(take, leave))
    } catch (reason) {
      fail(reason)
      throw reason
    } finally {
      leave()
    }
  })
  await Promise.allSettled(results)
  await reading.return?.()
  if (failure) throw (failure as { readonly reason: unknown }).reason
  return (await Promise.all(results)) as readonly unknown[] as Results
}

function sourceOf(take: () => Promise<Taken>, leave: () => void): RecordSource {
  let isRead = false
  return {
    read() {
      if (isRead)
        throw new WonlostError('internal', 'Records that are read together can be read once by each reader.')
      isRead = true
      const stop = async (): Promise<Taken> => {
        leave()
        return { done: true, value: undefined }
      }
      return { [Symbol.asyncIterator]: () => ({ next: take, return: stop }) }
    },
  }
}
