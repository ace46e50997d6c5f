/**
 * Our side of the prediction and SHAP parts: a process that holds a model and rows. A way to serve is `predict` or `contributions`,
 * of all rows at once or of one at a time.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArtifact } from '../../src/model/parse-artifact.ts'
import { createPredictor, type Predictor } from '../../src/model/predict.ts'
import { answer } from '../answer.ts'
import { readValues, type TableFile } from '../data/files.ts'

/** Between two looks at the clock: a look costs some 0.05 µs. */
const ROWS_A_LOOK = 100

interface Way {
  /** Numbers a row. */
  readonly width: number
  readonly batch: (count: number, out: Float64Array) => void
  readonly one: (row: number, out: Float64Array) => void
}

let ways: Readonly<Record<string, Way>> = {}
let rows = 0

await answer({
  load({ model, table }: { model: string; table: TableFile }) {
    const predictor = createPredictor(parseArtifact(readFileSync(model, 'utf8'), model))
    rows = table.rows
    ways = waysOf(predictor, readValues(table), table.categories.length)
  },

  /** Seconds for the first `count` rows at once. */
  timeBatch({ way, count }: { way: string; count: number }) {
    const { width, batch } = ways[way]!
    const out = new Float64Array(count * width)
    const started = performance.now()
    batch(count, out)
    return (performance.now() - started) / 1000
  },

  /** Microseconds for one row: the mean of as many as there is time for, each another one than the last. */
  timeOne({ way, seconds }: { way: string; seconds: number }) {
    const { width, one } = ways[way]!
    const out = new Float64Array(width)
    const started = performance.now()
    let done = 0
    let passed = 0
    while (passed < 1000 * seconds) {
      for (let i = 0; i < ROWS_A_LOOK; i++) one(done++ % rows, out)
      passed = performance.now() - started
    }
    return (1000 * passed) / done
  },

  /** Writes what each of the first `count` rows gets, one by one. */
  outputs({ way, count, out }: { way: string; count: number; out: string }) {
    const { width, one } = ways[way]!
    const all = new Float64Array(count * width)
    for (let row = 0; row < count; row++) one(row, all.subarray(row * width, (row + 1) * width))
    writeFileSync(out, all)
  },
})

function waysOf(predictor: Predictor, data: Float64Array, width: number): Record<string, Way> {
  return {
    predict: {
      width: 1,
      batch: (count, out) => predictor.rawScores(data.subarray(0, count * width), out),
      one(row, out) {
        out[0] = predictor.rawScore(data, row * width)
      },
    },
    contributions: {
      width,
      batch(count, out) {
        for (let row = 0; row < count; row++)
          predictor.contributions(data, row * width, out.subarray(row * width, (row + 1) * width))
      },
      one: (row, out) => predictor.contributions(data, row * width, out),
    },
  }
}
