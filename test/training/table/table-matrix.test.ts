import { describe, expect, it } from 'vitest'
import type { TypedColumn } from '../../../training/table/infer-columns.ts'
import { buildMatrix, fitVocabulary } from '../../../training/table/table-matrix.ts'

const category = (levels: readonly string[], codes: readonly number[]): TypedColumn => ({
  kind: 'category',
  name: 'source',
  source: 'source',
  levels,
  codes: Int32Array.from(codes),
})

const upTo = (end: number) => Int32Array.from({ length: end }, (_, i) => i)

function codesOf(column: TypedColumn, fitRows: number): { categories: unknown; codes: number[] } {
  const rowCount = column.kind === 'category' ? column.codes.length : 0
  const vocabulary = fitVocabulary([column], upTo(fitRows))
  const none = new Uint8Array(rowCount)
  const matrix = buildMatrix([column], vocabulary, upTo(rowCount), none, new Int32Array(rowCount))
  const [fitted] = matrix.columns
  return { categories: fitted?.kind === 'category' && fitted.categories, codes: [...matrix.data] }
}

const times = (count: number, code: number) => new Array<number>(count).fill(code)

describe('fitVocabulary', () => {
  it('keeps values that the fit rows have ten times, most frequent first, and pools the rare and the unseen', () => {
    const column = category(
      ['web', 'event', 'fax', 'later'],
      [...times(10, 0), ...times(12, 1), ...times(9, 2), -1, 3],
    )
    const { categories, codes } = codesOf(column, 32)
    expect(categories).toEqual(['event', 'web', '(other)'])
    expect([codes[0], codes[10], codes[22], codes[31], codes[32]]).toEqual([1, 0, 2, Number.NaN, 2])
  })

  it('takes an unseen value for missing where nothing is rare', () => {
    const { categories, codes } = codesOf(
      category(['web', 'event', 'later'], [...times(10, 0), ...times(10, 1), 2]),
      20,
    )
    expect(categories).toEqual(['event', 'web'])
    expect(codes.at(-1)).toBeNaN()
  })

  it('has no place for more than a hundred values', () => {
    const levels = Array.from({ length: 130 }, (_, i) => `v${i}`)
    const column = category(
      levels,
      levels.flatMap((_, i) => times(10 + (i % 30), i)),
    )
    const { categories } = codesOf(column, column.kind === 'category' ? column.codes.length : 0)
    expect(categories).toHaveLength(101)
    expect(categories).toContain('(other)')
    expect(categories).not.toContain('v0')
  })
})
