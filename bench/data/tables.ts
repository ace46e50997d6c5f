/**
 * Tables that the bench measures on: seeded rows with a truth of interactions, curves and noise, as like as can be made without
 * a network to the tables that boosting is usually measured on (HIGGS: 28 columns, of which seven are functions of the others).
 */
import { createRandom, exponential, normal, type Random } from '../../data/random.ts'

export interface TableKind {
  readonly name: 'numbers' | 'mixed'
  /** Number of categories of each column; 0 holds numbers. */
  readonly categories: readonly number[]
}

/** 28 columns of numbers, none missing. */
export const NUMBERS: TableKind = { name: 'numbers', categories: new Array<number>(28).fill(0) }

/** Category columns of the mixed table: from few to nearly as many as there are bins. */
const CATEGORIES = [3, 5, 12, 30, 60, 120, 200, 250]

/** 32 columns of numbers, twelve of which miss values, and 8 of categories. */
export const MIXED: TableKind = {
  name: 'mixed',
  categories: [...new Array<number>(32).fill(0), ...CATEGORIES],
}

/** Draws the next row into `row` (one number a column, NaN where missing) and gives back its label. */
export type DrawRow = (row: Float32Array) => 0 | 1

export function rowsOf(kind: TableKind, seed: number): DrawRow {
  const random = createRandom(seed, kind.categories.length)
  const drawNumbers = numbersDrawer(random)
  const effects = CATEGORIES.map((count, c) => categoryEffects(count, c))
  return (row) => {
    let score = drawNumbers(row)
    if (kind.name === 'mixed') {
      for (let c = 28; c < 32; c++) row[c] = normal(random)
      score += 0.5 * row[28]! * Number(row[29]! > 0)
      for (const [c, effect] of effects.entries()) {
        // Squared: few codes are common, most are rare.
        const code = Math.floor(random.uniform() ** 2 * effect.length)
        const isMissing = random.uniform() < 0.05
        row[32 + c] = isMissing ? Number.NaN : code
        score += isMissing ? 0.1 : effect[code]!
      }
      score += hideSome(row, random)
    }
    return random.uniform() < 1 / (1 + Math.exp(-score)) ? 1 : 0
  }
}

/**
 * Fills 28 columns; the log-odds of the row. Every column of an interaction says something alone or in one of the last seven: what
 * does not is found by luck, and equal learners then differ by more than the 0.001 of AUC that they are held to.
 */
function numbersDrawer(random: Random): (row: Float32Array) => number {
  return (row) => {
    for (let c = 0; c < 10; c++) row[c] = normal(random)
    for (let c = 10; c < 15; c++) row[c] = exponential(random)
    for (let c = 15; c < 19; c++) row[c] = 2 * Math.PI * random.uniform() - Math.PI
    // As flags of a detector: few values.
    for (let c = 19; c < 21; c++) row[c] = Math.floor(3 * random.uniform() ** 2) * 1.0865
    row[21] = Math.hypot(row[0]!, row[1]!)
    row[22] = Math.hypot(row[2]!, row[3]!, row[10]!)
    row[23] = row[10]! * row[11]! * (1 - Math.cos(row[15]! - row[16]!))
    row[24] = Math.abs(row[4]! - row[5]!) + 0.3 * normal(random)
    row[25] = row[12]! / (0.2 + row[13]!)
    row[26] = row[6]! * row[7]! + 0.5 * normal(random)
    row[27] = row[10]! + row[11]! + row[12]!
    return (
      -1.2 +
      1.2 * Math.sin(1.5 * row[0]!) * Math.exp(-0.5 * row[1]! ** 2) +
      1.6 * Number(row[2]! > 0.3 && row[3]! < 0.5) -
      0.9 * Math.abs(row[4]! - row[5]!) +
      Math.tanh(row[6]! * row[7]!) +
      0.9 * Math.log1p(row[23]!) +
      0.7 * Math.cos(row[15]!) * row[11]! +
      0.6 * row[19]! -
      0.5 * Number(row[25]! > 2) * row[8]!
    )
  }
}

/** An effect of each code: the same for every seed. */
function categoryEffects(count: number, column: number): Float64Array {
  const random = createRandom(1, 7, column)
  return Float64Array.from({ length: count }, () => 0.5 * normal(random))
}

/** Columns 0 to 11 miss 15 % of their values; that columns 2 and 3 do says something. The change of the log-odds. */
function hideSome(row: Float32Array, random: Random): number {
  let change = 0
  for (let c = 0; c < 12; c++) {
    if (random.uniform() >= 0.15) continue
    row[c] = Number.NaN
    if (c === 2) change += 0.4
    if (c === 3) change -= 0.4
  }
  return change
}
