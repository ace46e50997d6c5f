import { expect, it } from 'vitest'
import { findPlantedDuplicates } from './planted-duplicates.ts'

// Of one seed; more of them: planted-duplicates.check.ts.
it('finds at least 95 % of the duplicates, with fewer than 1 % false merges; all of it can be taken back', async () => {
  const { planted, found, merged, wrong } = await findPlantedDuplicates(7, true)
  expect(planted).toBeGreaterThan(60)
  expect(found / planted).toBeGreaterThanOrEqual(0.95)
  expect(wrong / merged).toBeLessThan(0.01)
})
