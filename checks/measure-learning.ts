/** What training makes of a history that drifts, beside its truth. */
import type pg from 'pg'
import { generateInto } from '../data/load.ts'
import { trueProbabilities } from '../data/truth.ts'
import { findDataEnd } from '../src/db/data-end.ts'
import type { Definition } from '../src/features/definition.ts'
import { parseTime } from '../src/glossary.ts'
import { auc } from '../src/statistics/auc.ts'
import { errorOfTruth } from '../src/statistics/calibration-error.ts'
import { binsOfEqualCount } from '../src/statistics/reliability.ts'
import type { JudgedRow } from '../training/judged-rows.ts'
import { type TrainedModel, trainModel } from '../training/pipeline.ts'
import { randomIntegers } from '../training/random.ts'
import { createRecordSource } from '../training/record-source.ts'
import { compareHalfLives } from './compare-half-lives.ts'
import type { SeedResult } from './seed-result.ts'

/** Where simulated histories end: fixed, so that a seed always gives the same. */
export const HISTORY_ENDS_AT = parseTime('2026-11-01T00:00:00Z')
export const MONTHS = 24

const FIXED_DAYS = 30

type Learning = Pick<SeedResult, 'learner' | 'auc' | 'half_lives' | 'log_loss' | 'ece' | 'intervals'>

/** Simulates into the database, in place of what an earlier simulation left there. */
export async function measureLearning(
  pool: pg.Pool,
  definition: Definition,
  { seed, leads }: { readonly seed: number; readonly leads: number },
): Promise<Learning> {
  const simulation = { leads, seed, months: MONTHS, endsAt: HISTORY_ENDS_AT, drift: true }
  await generateInto(pool, simulation, { reset: true })
  const { newest } = await findDataEnd(pool, HISTORY_ENDS_AT)
  const cutoff = newest!
  const records = createRecordSource(pool)
  const learned = await trainModel(pool, definition, { cutoff, records })
  const fixed = await trainModel(pool, withFixedHalfLives(definition, learned.artifact.kind), {
    cutoff,
    records,
  })

  const rows = learned.judged.all_landmarks
  const truth = await trueProbabilities(pool, rows, definition.horizonDays!)
  const labels = Uint8Array.from(rows, ({ label }) => label)
  const groups = Int32Array.from(rows, ({ group }) => group)
  const probabilities = Float64Array.from(rows, ({ probability }) => probability)
  return {
    learner: learned.artifact.kind,
    auc: { model: auc(probabilities, labels), truth: auc(truth, labels), rows: rows.length },
    half_lives: compareHalfLives(learned.report.half_lives!),
    log_loss: { learned: logLossOf(learned), fixed: logLossOf(fixed) },
    ece: {
      model: learned.report.evaluation[0]!.metrics.ece!,
      truth_p95: errorOfTruth(truth, labels, groups, { nextInteger: randomIntegers(seed) }),
    },
    intervals: coveredBins(rows, truth, probabilities, labels),
  }
}

/** Every learned half-life as 30 days, and nothing else different: the learner is the one that was chosen with those learned. */
export function withFixedHalfLives(definition: Definition, learner: 'logistic' | 'boosting'): Definition {
  return {
    ...definition,
    learner,
    features: definition.features.map((feature) =>
      feature.kind === 'behaviour' && feature.options['half_life'] === 'learned'
        ? { ...feature, options: { ...feature.options, half_life: `${FIXED_DAYS}d` } }
        : feature,
    ),
  }
}

function logLossOf({ report }: TrainedModel): number {
  return report.evaluation[0]!.metrics.log_loss!
}

/** Ten bins of equal count by probability; the interval of a bin is the mean of those of its rows. */
function coveredBins(
  rows: readonly JudgedRow[],
  truth: Float64Array,
  probabilities: Float64Array,
  labels: Uint8Array,
): SeedResult['intervals'] {
  const bins = binsOfEqualCount(probabilities, labels, 10)
  const meanOf = (bin: ArrayLike<number>, value: (row: number) => number): number =>
    Array.from(bin).reduce((sum, row) => sum + value(row), 0) / bin.length
  const covering = bins.filter((bin) => {
    const low = meanOf(bin, (row) => rows[row]!.interval?.[0] ?? Number.NaN)
    const high = meanOf(bin, (row) => rows[row]!.interval?.[1] ?? Number.NaN)
    const came = meanOf(bin, (row) => truth[row]!)
    return low <= came && came <= high
  })
  return { bins: bins.length, covering: covering.length }
}
