/** Seeded tables for tests: numbers with ties, skew and gaps, a flag, a category, and an outcome that depends on them. */
import { sigmoid } from '../../../src/statistics/log-odds.ts'
import type { Matrix } from '../../../training/matrix.ts'
import { randomIntegers } from '../../../training/random.ts'
import { categoryColumn, flagColumn, matrixOf, numberColumn } from '../logistic/matrix.ts'

const SOURCES = Array.from({ length: 12 }, (_, i) => `source ${i}`)

const mixedColumns = [
  numberColumn('employees', 'log1p'),
  numberColumn('visits'),
  numberColumn('noise'),
  flagColumn('free_mail'),
  categoryColumn('source', ...SOURCES),
]

export function mixedTable(rowCount: number, seed: number, weights?: (row: number) => number): Matrix {
  const next = randomIntegers(seed)
  const uniform = () => next(1_000_000) / 1_000_000
  const rows: (number | null)[][] = []
  const labels: number[] = []
  for (let i = 0; i < rowCount; i++) {
    const employees = next(5) === 0 ? null : Math.round(10 ** (4 * uniform()))
    const visits = Math.floor(8 * uniform() ** 2)
    const noise = uniform() * 100
    const freeMail = next(10) === 0 ? null : next(2)
    const source = next(8) === 0 ? null : Math.floor(SOURCES.length * uniform() ** 2)
    rows.push([employees, visits, noise, freeMail, source])
    const rawScore =
      -1 +
      (employees === null ? 0.8 : Math.abs(Math.log10(employees) - 2)) +
      0.4 * visits * (freeMail === 1 ? -1 : 1) +
      (source === null ? 0 : ((source * 7) % 5) / 2 - 1)
    labels.push(uniform() < sigmoid(rawScore) ? 1 : 0)
  }
  return matrixOf(mixedColumns, rows, labels, weights ? { weights: labels.map((_, i) => weights(i)) } : {})
}
