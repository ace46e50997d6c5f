import { expect, it } from 'vitest'
import { type FoundDuplicates, findPlantedDuplicates } from './planted-duplicates.ts'

const SEEDS = [7, 8, 9]

it('finds at least 95 % of the duplicates over all seeds, with fewer than 1 % false merges', async () => {
  const all: FoundDuplicates[] = []
  for (const seed of SEEDS) all.push(await findPlantedDuplicates(seed, false))
  const sum = (part: keyof FoundDuplicates) => all.reduce((total, each) => total + each[part], 0)
  expect(sum('planted')).toBeGreaterThan(200)
  expect(sum('found') / sum('planted')).toBeGreaterThanOrEqual(0.95)
  expect(sum('wrong') / sum('merged')).toBeLessThan(0.01)
})
