import { expect, it } from 'vitest'
import { completeSettings, TABLE_SIZES, trainerOptions } from '../../../training/learners/boosting-options.ts'
import { numberColumn } from '../logistic/matrix.ts'

it('columns without a constraint have none, also where their names are those of methods', () => {
  const columns = ['constructor', 'visits', '__proto__', 'age'].map((name) => numberColumn(name))
  const monotone = { visits: 'increasing', age: 'decreasing' } as const
  const [settings] = completeSettings({ monotone }, TABLE_SIZES)
  expect(trainerOptions(settings!, columns, 1).monotone).toEqual([0, 1, 0, -1])
})
