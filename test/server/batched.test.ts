import { expect, test } from 'vitest'
import { createBatched } from '../../src/server/batched.ts'

/** Lookups that answer when told to. */
function lookups() {
  const open: { readonly keys: readonly string[]; readonly end: (error?: Error) => void }[] = []
  const find = createBatched<string>(
    (keys) =>
      new Promise((resolve, reject) => {
        const found = new Map(keys.filter((key) => key !== 'none').map((key) => [key, `of ${key}`]))
        open.push({ keys, end: (error) => (error ? reject(error) : resolve(found)) })
      }),
  )
  return { find, open }
}

test('at most two lookups are open, and who waits for them is looked up together, each key once', async () => {
  const { find, open } = lookups()
  const [a, b] = [find('a'), find('none')]
  const later = ['c', 'c', 'd'].map(find)
  expect(open.map(({ keys }) => keys)).toEqual([['a'], ['none']])
  open[0]?.end()
  expect(await a).toBe('of a')
  expect(open[2]?.keys).toEqual(['c', 'd'])
  open[1]?.end()
  open[2]?.end()
  expect(await Promise.all([b, ...later])).toEqual([null, 'of c', 'of c', 'of d'])
  const many = Array.from({ length: 1_200 }, (_, n) => find(String(n)))
  for (let at = 3; at < open.length; at++) {
    open[at]?.end()
    await new Promise(setImmediate)
  }
  expect(await Promise.all(many)).toHaveLength(1_200)
  expect(open.slice(3).map(({ keys }) => keys.length)).toEqual([1, 1, 500, 500, 198])
})

test('whoever was in a lookup that failed is told, and the next is made', async () => {
  const { find, open } = lookups()
  const [a, b, c] = [find('a'), find('b'), find('c')]
  open[0]?.end(new Error('away'))
  await expect(a).rejects.toThrow('away')
  open[1]?.end()
  open[2]?.end()
  expect(await Promise.all([b, c])).toEqual(['of b', 'of c'])
})
