/** Features that stand for somebody and say nothing of anybody else. */
import type { Column } from '../../src/features/column.ts'
import type { Matrix } from '../matrix.ts'
import { areSerialNumbers } from './serial-numbers.ts'

export interface Identifier {
  readonly column: string
  readonly figure: { readonly name: string; readonly value: number } | null
  readonly text: string
}

/** Rows that know a value, of which hardly any has one that enough share. */
const LEAST_KNOWN = 50
const SHARED_BELOW = 0.2

/** @param known Share of the rows at whose moment the trait behind a category was known, by the name of its column; absent: not told. */
export function findIdentifiers(matrix: Matrix, known: ReadonlyMap<string, number>): Identifier[] {
  return matrix.columns.flatMap((column, place): Identifier[] => {
    if (column.kind === 'number') return isSerial(matrix, place) ? [serial(column)] : []
    const share = known.get(column.name)
    if (column.kind !== 'category' || share === undefined || share * matrix.rowCount < LEAST_KNOWN) return []
    const learned = learnedShare(matrix, place) / share
    if (learned >= SHARED_BELOW) return []
    return [
      {
        column: column.name,
        figure: { name: 'shared', value: learned },
        text: `Of the rows that know it, ${Math.round(100 * learned)} % have a value that enough others share: it is an identifier, or free text, and nothing can be learned from it.`,
      },
    ]
  })
}

function serial({ name }: Column): Identifier {
  return {
    column: name,
    figure: null,
    text: 'Whole numbers that never repeat: it counts something off, and stands for time.',
  }
}

/** One row of each group: rows of one repeat its numbers. */
function isSerial({ columns, data, groups }: Matrix, place: number): boolean {
  const seen = new Set<number>()
  const values: number[] = []
  for (const [row, group] of groups.entries()) {
    if (seen.has(group)) continue
    seen.add(group)
    values.push(data[row * columns.length + place]!)
  }
  return areSerialNumbers(Float64Array.from(values))
}

function learnedShare({ columns, data, rowCount }: Matrix, place: number): number {
  let known = 0
  for (let row = 0; row < rowCount; row++) if (!Number.isNaN(data[row * columns.length + place]!)) known += 1
  return known / rowCount
}
