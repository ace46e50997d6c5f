import { expect, it } from 'vitest'
import { valueText } from '../../../training/report/effect-value-text.ts'

it('tells a value in few letters, and near ones apart', () => {
  const numbers = [4.855, 4.8567, 0.041667, -3, 0, 12_345.678]
  expect(numbers.map((value) => valueText(value, 'number'))).toEqual([
    '4.855',
    '4.857',
    '0.04167',
    '-3',
    '0',
    '12,345.68',
  ])
  expect([valueText(1, 'flag'), valueText(0, 'flag'), valueText(null, 'flag')]).toEqual([
    'yes',
    'no',
    'missing',
  ])
  expect(valueText('a category of many letters', 'category')).toBe('a category of man...')
})
