import { describe, expect, it } from 'vitest'
import { countText, numberText, pluralOf, spanText } from '../../src/features/wording.ts'
import { DAY, HOUR, MINUTE } from '../../src/glossary.ts'

describe('wording', () => {
  it.each([
    [0, '0'],
    [7, '7'],
    [999.999, '1,000'],
    [1200, '1,200'],
    [1_234_567.891, '1,234,567.89'],
    [-0.001, '0'],
    [-1500, '-1,500'],
    [0.1 + 0.2, '0.3'],
    [1e21, '1e+21'],
  ])('the number %d is %s', (value, text) => {
    expect(numberText(value)).toBe(text)
  })

  it.each([
    ['visit', 'visits'],
    ['mail reply', 'mail replies'],
    ['survey', 'surveys'],
    ['launch', 'launches'],
    ['tax', 'taxes'],
    ['press', 'presses'],
  ])('several of %s are %s', (one, several) => {
    expect(pluralOf(one)).toBe(several)
  })

  it('counts', () => {
    expect([0, 1, 2, 1200].map((count) => countText(count, 'reply'))).toEqual([
      'no replies',
      '1 reply',
      '2 replies',
      '1,200 replies',
    ])
  })

  it.each([
    [0, '1 minute'],
    [59 * MINUTE, '59 minutes'],
    [HOUR, '1 hour'],
    [DAY - 1, '23 hours'],
    [DAY, '1 day'],
    [2.9 * DAY, '2 days'],
  ])('a span of %d ms is %s', (span, text) => {
    expect(spanText(span)).toBe(text)
  })
})
