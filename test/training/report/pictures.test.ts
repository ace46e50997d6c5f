import { describe, expect, it } from 'vitest'
import { bar, skyline } from '../../../training/report/pictures.ts'

describe('bar', () => {
  it('is as long as its share, to an eighth of a character, and never hides what is there', () => {
    expect([bar(4, 4, 3), bar(2, 4, 3), bar(0.001, 4, 3), bar(0, 4, 3), bar(0, 0, 3)]).toEqual([
      '███',
      '█▌',
      '▏',
      '',
      '',
    ])
  })
})

describe('skyline', () => {
  it('stands from the lowest to the highest, and flat where nothing moves', () => {
    expect(skyline([1, 1.5, 3, 8], 1, 8)).toBe('▁▂▃█')
    expect(skyline([0.2, 0.2], 0.2, 0.2)).toBe('▁▁')
  })
})
