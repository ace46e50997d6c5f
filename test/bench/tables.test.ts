import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readValues, tableFile } from '../../bench/data/files.ts'
import { MIXED, NUMBERS, rowsOf } from '../../bench/data/tables.ts'

const folder = mkdtempSync(join(tmpdir(), 'bench-'))

test('a table is the same for the same seed, and read back as it was drawn', () => {
  const file = tableFile(folder, MIXED, 10_003, 5)
  const values = readValues(file)
  const labels = readFileSync(file.labels)
  const drawRow = rowsOf(MIXED, 5)
  const drawn = new Float32Array(10_003 * 40)
  const drawnLabels = Uint8Array.from({ length: 10_003 }, (_, row) =>
    drawRow(drawn.subarray(row * 40, (row + 1) * 40)),
  )
  expect(labels.equals(drawnLabels)).toBe(true)
  expect(values.length).toBe(drawn.length)
  expect(values.findIndex((value, i) => !Object.is(value, drawn[i]))).toBe(-1)
  const other = tableFile(folder, MIXED, 10_003, 6)
  expect(readFileSync(other.values).equals(readFileSync(file.values))).toBe(false)
})

test('categories are codes, what should be missing is, and both classes are common', () => {
  for (const kind of [NUMBERS, MIXED]) {
    const width = kind.categories.length
    const file = tableFile(folder, kind, 5_000, 7)
    const values = readValues(file)
    const positives = readFileSync(file.labels).reduce((sum, label) => sum + label, 0)
    expect(positives / 5_000).toBeGreaterThan(0.2)
    expect(positives / 5_000).toBeLessThan(0.8)
    for (const [c, count] of kind.categories.entries()) {
      const column = Array.from({ length: 5_000 }, (_, row) => values[row * width + c]!)
      const known = column.filter((value) => !Number.isNaN(value))
      const missing = 1 - known.length / 5_000
      const isHidden = kind === MIXED && (count > 0 || c < 12)
      expect(missing > 0.03).toBe(isHidden)
      if (count === 0) continue
      expect(known.every((code) => Number.isInteger(code) && code >= 0 && code < count)).toBe(true)
    }
  }
})
