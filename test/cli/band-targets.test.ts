import { expect, test } from 'vitest'
import { readBandTargets } from '../../src/cli/band-targets.ts'

test.each([
  [{ capacity: '50/week' }, { by: 'capacity', leadsPerWeek: 50 }],
  [{ capacity: '2.5/day' }, { by: 'capacity', leadsPerWeek: 12.5 }],
  [{ precision: '30%' }, { by: 'precision', conversion: 0.3 }],
  [
    { precision: '0.3', write: true },
    { by: 'precision', conversion: 0.3 },
  ],
  [{ shareOfWins: '1' }, { by: 'wins', share: 1 }],
])('%j is read', (options, target) => {
  expect(readBandTargets(options)).toEqual([target])
})

test('several are read in a fixed order', () => {
  expect(readBandTargets({ shareOfWins: '0.5', capacity: '5/week' }).map(({ by }) => by)).toEqual([
    'capacity',
    'wins',
  ])
})

test.each([
  [{}, 'takes one or more of --capacity, --precision and --share-of-wins. Given: none.'],
  [{ write: true, capacity: '5/week', precision: '0.1' }, 'takes exactly one of'],
  [
    { capacity: '50' },
    '--capacity must be a number of leads a week or a working day, such as 50/week or 10/day. Given: "50".',
  ],
  [{ capacity: '0/week' }, '--capacity must be'],
  [{ capacity: '-5/week' }, '--capacity must be'],
  [{ capacity: '1e3/week' }, '--capacity must be'],
  [{ precision: '0' }, '--precision must be a share above 0 and at most 1'],
  [{ precision: '30' }, '--precision must be a share above 0 and at most 1'],
  [{ shareOfWins: '101%' }, '--share-of-wins must be'],
  [{ shareOfWins: '٣%' }, '--share-of-wins must be'],
])('%j is refused', (options, message) => {
  expect(() => readBandTargets(options)).toThrow(message)
})
