import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Column } from '../../../src/features/column.ts'
import { auc } from '../../../src/statistics/auc.ts'
import { logLossSkill } from '../../../src/statistics/proper-scores.ts'
import { auditAlone } from '../../../training/audit/alone.ts'
import { aucOfCells, skillOfCells } from '../../../training/audit/cells.ts'
import { isCertain } from '../../../training/audit/certain-value.ts'
import { sampleRows } from '../../../training/audit/sample-rows.ts'
import { areSerialNumbers } from '../../../training/audit/serial-numbers.ts'
import { randomIntegers } from '../../../training/random.ts'

const base = { name: 'x', group: 'x', side: 'fit' } as const
const category = (size: number): Column => ({
  kind: 'category',
  categories: Array.from({ length: size }, (_, i) => `v${i}`),
  ...base,
})

/** Each row a group of its own, unless said otherwise. */
function alone(
  column: Column,
  values: readonly number[],
  labels: readonly number[],
  groups?: readonly number[],
) {
  const matrix = {
    columns: [column],
    rowCount: values.length,
    data: Float64Array.from(values),
    labels: Uint8Array.from(labels),
    groups: Int32Array.from(groups ?? values.keys()),
  }
  const rows = sampleRows(matrix, 3)
  return auditAlone(rows, 0, rows.matrix.labels)
}

/** `chance(i)` in a hundred. */
function outcomes(count: number, chance: (row: number) => number): number[] {
  const next = randomIntegers(9)
  return Array.from({ length: count }, (_, row) => Number(next(100) < chance(row)))
}

describe('cells', () => {
  it('give the figures of the rows in them', () => {
    const cell = fc
      .record({
        score: fc.integer({ min: 1, max: 9 }),
        rows: fc.integer({ min: 1, max: 9 }),
        reached: fc.nat(9),
      })
      .map(({ score, rows, reached }) => ({ score: score / 10, rows, reached: Math.min(rows, reached) }))
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 8 }), (cells) => {
        const rows = cells.flatMap(({ score, rows, reached }) =>
          Array.from({ length: rows }, (_, i) => ({ score, label: Number(i < reached) })),
        )
        const scores = Float64Array.from(rows, ({ score }) => score)
        const labels = Uint8Array.from(rows, ({ label }) => label)
        fc.pre(labels.includes(0) && labels.includes(1))
        expect(aucOfCells(cells)).toBeCloseTo(auc(scores, labels), 12)
        expect(skillOfCells(cells)).toBeCloseTo(logLossSkill(scores, labels), 12)
      }),
    )
  })
})

describe('a column alone', () => {
  it('knows what it tells, however it is put: numbers need not rise, missing is a value', () => {
    const labels = outcomes(4_000, (row) => (row % 4 === 0 ? 90 : 10))
    const values = labels.map((_, row) => row % 4)
    const told = alone(category(4), values, labels)
    // One in four reaches it at 90 %, the others at 10 %: 0.75 * 0.9 + ties.
    expect(told.auc).toBeCloseTo(0.9 * 0.75 + (0.25 * 0.75 + 0.1 * 0.9) * 0.5, 1)
    expect(told.skill).toBeGreaterThan(0.3)
    expect(told.missingAuc).toBeNull()
    const number: Column = { kind: 'number', transform: 'identity', ...base }
    const valley = alone(
      number,
      values.map((value) => (value - 2) ** 2),
      labels,
    )
    expect(valley.auc).toBeCloseTo(told.auc, 2)
    const holes = alone(
      number,
      values.map((value) => (value === 0 ? Number.NaN : 5)),
      labels,
    )
    expect(holes.auc).toBeCloseTo(told.auc, 1)
    expect(holes.missingAuc).toBeCloseTo(told.auc, 1)
  })

  it('is none the wiser for telling every row apart', () => {
    const labels = outcomes(600, () => 50)
    expect(Math.abs(alone(category(600), [...labels.keys()], labels).auc - 0.5)).toBeLessThan(0.08)
  })

  it('is not helped by rows of one account that repeat each other', () => {
    const groups = Array.from({ length: 2_000 }, (_, row) => Math.floor(row / 20))
    const labels = outcomes(100, () => 50).flatMap((label) => new Array<number>(20).fill(label))
    expect(alone(category(100), groups, labels, groups).auc).toBeLessThan(0.6)
  })

  it('says which value decides the outcome, by as many accounts as there are', () => {
    const labels = outcomes(3_000, () => 10)
    const values = labels.map((label, row) => (label === 1 && row % 3 === 0 ? 1 : 0))
    const told = alone(category(2), values, labels)
    expect(told.auc).toBeLessThan(0.75)
    expect(told.certain).toMatchObject({ value: 'v1', rate: 1 })
    const oneAccount = labels.map((_, row) => (values[row] === 1 ? 0 : row))
    expect(alone(category(2), values, labels, oneAccount).certain).toBeNull()
    // 19 of 20 rows, as sure as 800 are: but of 40 accounts.
    const isSure = Array.from({ length: 8_800 }, (_, row) => row < 800)
    const sure = outcomes(8_800, () => 9).map((label, row) => (isSure[row] ? Number(row % 20 > 0) : label))
    const which = isSure.map(Number)
    expect(alone(category(2), which, sure).certain).toMatchObject({ value: 'v1', rate: 0.95 })
    const accounts = isSure.map((is, row) => (is ? Math.floor(row / 20) : row))
    expect(alone(category(2), which, sure, accounts).certain).toBeNull()
  })

  it('takes a value for certain only where it is far from the usual', () => {
    expect(isCertain(30, 0.9, 0.1)).toBe(true)
    expect(isCertain(29, 0.9, 0.1)).toBe(false)
    // Rare outcomes: one in three is fifty times the odds of one in a hundred, and still no certainty.
    expect(isCertain(100, 0.35, 0.01)).toBe(false)
    // Common ones: nine in ten is no wonder.
    expect(isCertain(500, 0.9, 0.4)).toBe(false)
  })
})

describe('serial numbers', () => {
  it('are whole, never repeat, and leave hardly a gap', () => {
    const upTo = (count: number, of: (i: number) => number) =>
      Float64Array.from({ length: count }, (_, i) => of(i))
    expect(areSerialNumbers(upTo(500, (i) => 70_000 + 3 * i))).toBe(true)
    expect(areSerialNumbers(upTo(500, (i) => (i === 7 ? Number.NaN : i)))).toBe(true)
    expect(areSerialNumbers(upTo(500, (i) => i + 0.5))).toBe(false)
    expect(areSerialNumbers(upTo(500, (i) => Math.floor(i / 2)))).toBe(false)
    // Amounts: distinct by chance.
    expect(areSerialNumbers(upTo(500, (i) => (i * 7_919_317) % 900_000_011))).toBe(false)
    expect(areSerialNumbers(new Float64Array(0))).toBe(false)
  })
})
