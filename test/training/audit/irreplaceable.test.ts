import { expect, it } from 'vitest'
import { randomIntegers } from '../../../training/random.ts'
import { fitTable } from '../../../training/table/fit-table.ts'

/** Who wins is decided by `size` and `age`; noise says nothing. `duration` is that of the talk in which it was decided. */
async function accused(columns: readonly string[]): Promise<unknown[]> {
  const integers = randomIntegers(5)
  const next = (): number => integers(1_000_000) / 1_000_000
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  const lines = Array.from({ length: 2_000 }, () => {
    const [size, age, noise] = [normal(), normal(), normal()]
    const won = next() < 1 / (1 + Math.exp(1 - 1.5 * size - 0.7 * age))
    const values: Record<string, number> = { size, age, noise, duration: (won ? 1.6 : 0) + normal() }
    return [...columns.map((name) => values[name]!.toFixed(3)), won ? 'yes' : 'no'].join(',')
  })
  const csv = new TextEncoder().encode([[...columns, 'won'].join(','), ...lines].join('\n'))
  const options = { target: 'won', exclude: [], learner: 'logistic', seed: 7, folds: 2 }
  const { audit } = await fitTable(csv, 'deals.csv', options, () => {})
  return audit.findings.map(({ id, column }) => [id, column])
}

it('accuses nobody of being the only one who knows anything', async () => {
  expect(await accused(['size', 'noise'])).toEqual([])
  expect(await accused(['size', 'age', 'noise'])).toEqual([])
})

it('accuses what others cannot make good, and what ranks better by itself than is honest', async () => {
  expect(await accused(['size', 'age', 'duration'])).toEqual([['irreplaceable', 'duration']])
  expect(await accused(['noise', 'duration'])).toEqual([['irreplaceable', 'duration']])
})
