import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type DecimalSign, plainNumber, rangeMiddle, writtenNumber } from '../../src/ingest/read-number.ts'

test.each<[string, DecimalSign, number]>([
  ['1,234.5', '.', 1234.5],
  ['1,234,567', '.', 1_234_567],
  ['1.234,5', ',', 1234.5],
  ['1 234,5', ',', 1234.5],
  ['1\u202f234\u00a0€', ',', 1234],
  ["1'234.50", '.', 1234.5],
  ['$1,234', '.', 1234],
  ['-€ 12', '.', -12],
  ['.5', '.', 0.5],
  [',5', ',', 0.5],
  ['12.', '.', 12],
  ['USD 1,234', '.', 1234],
  ['1.234,50 EUR', ',', 1234.5],
  ['1e3', '.', 1000],
  ['1,5e3', ',', 1500],
  ['1.000', ',', 1000],
  ['1.000', '.', 1],
])('%s with %s is %d', (text, decimal, value) => {
  expect(writtenNumber(text, decimal)).toBe(value)
})

// A group of thousands that has not three digits is the sign of another way of writing: nothing is guessed.
test.each<[string, DecimalSign]>([
  ['1,5', '.'],
  ['1.5', ','],
  ['1,23,456', '.'],
  ['1,234 567', '.'],
  ['1234,567', '.'],
  ['', '.'],
  ['.', '.'],
  ['-', '.'],
  ['$', '.'],
  ['12 apples', '.'],
  ['0x10', '.'],
  ['NaN', '.'],
  ['Infinity', '.'],
  ['1-2', '.'],
  ['45 %', '.'],
  ['5 MIO', '.'],
  ['EUR', '.'],
])('%j with %s is no number', (text, decimal) => {
  expect(writtenNumber(text, decimal)).toBeNaN()
})

test('a number as Intl writes it comes back', () => {
  const written = (locale: string, value: number) =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: 6 }).format(value)
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.nat(999_999), (whole, part) => {
      const value = Number(`${whole}.${String(part).padStart(6, '0')}`)
      expect(writtenNumber(written('en-US', value), '.')).toBe(value)
      expect(writtenNumber(written('de-DE', value), ',')).toBe(value)
      expect(writtenNumber(written('de-CH', value), '.')).toBe(value)
      expect(writtenNumber(written('fr-FR', value), ',')).toBe(value)
      expect(writtenNumber(String(value), '.')).toBe(plainNumber(String(value)))
    }),
  )
})

test.each<[string, number]>([
  ['51-200', 101],
  ['51 – 200 employees', 101],
  ['51 to 200', 101],
  ['between 51 and 200', 101],
  ['0-10', 3],
  ['1,000+', 1000],
  ['10,001 or more', 10_001],
  ['> 1000', 1000],
  ['Over 500 people', 500],
  ['< 100', 10],
  ['up to 25', 5],
  ['250', 250],
  ['$1M - $10M', 3_162_278],
  ['10K-50k', 22_361],
  ['1.5bn', 1.5e9],
])('the middle of %s is %d', (text, value) => {
  expect(rangeMiddle(text, '.')).toBe(value)
})

test.each(['', '-', '200-51', '-5-10', 'many', '1-2-3', '10-', 'to', '5 to many', '+', '<', 'k'])(
  '%j is no range',
  (text) => {
    expect(rangeMiddle(text, '.')).toBeNaN()
  },
)

test('the middle of a range lies within it, and any text is answered', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e9 }), fc.nat(1e9), (low, width) => {
      const middle = rangeMiddle(`${low}-${low + width}`, '.')
      expect(middle >= low && middle <= low + width).toBe(true)
    }),
  )
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => {
      expect(typeof rangeMiddle(text, ',')).toBe('number')
    }),
  )
})
