/** The gate: may a model that was just trained take the place of what serves now? */

import type { Definition } from '../../src/features/definition.ts'
import type { Segment } from '../../src/features/segments.ts'
import type { Milliseconds } from '../../src/glossary.ts'
import { rawPoints, scoreOf } from '../../src/model/link.ts'
import type { Predictor } from '../../src/model/predict.ts'
import type { Baseline } from '../baselines.ts'
import type { OutcomeCounts } from '../enough-data.ts'
import type { Metrics } from '../evaluate/metrics.ts'
import type { ScoreBand } from '../evaluation.ts'
import type { Matrix } from '../matrix.ts'
import type { RecordSource } from '../record-source.ts'
import type { AuditReport } from '../report/audit-report.ts'
import type { GateReport } from '../report/gate-report.ts'
import type { CollectedRows, Row } from '../rows.ts'
import { type BandRows, compareBands } from './band-order.ts'
import type { Champion, OtherChampion } from './champion.ts'
import {
  checkAudit,
  checkBands,
  checkData,
  checkLogLoss,
  checkSegment,
  checkSkill,
  checkSlope,
} from './checks.ts'
import { compareLosses } from './compare-losses.ts'
import { compareWithBaseline, compareWithChampion, compareWithout } from './compare-served.ts'
import { landmarkRates } from './landmark-rates.ts'
import { decideGate } from './verdict.ts'

/** A model that was just trained, on every landmark of its test part. Of one that is refitted: the fit before that. */
export interface Challenger {
  readonly definition: Definition
  /** null: of everyone. */
  readonly segment: Segment | null
  readonly cutoff: Milliseconds
  readonly collected: CollectedRows
  readonly learning: readonly Row[]
  readonly parts: Readonly<Record<'calibrate' | 'test', readonly Row[]>>
  /** Of the test part, row by row, as what follows. */
  readonly matrix: Matrix
  readonly predictor: Predictor
  readonly probabilities: Float64Array
  readonly baselines: readonly Baseline[]
  readonly metrics: Metrics
  readonly bands: readonly ScoreBand[]
  readonly audit: AuditReport
  /** Subjects that it learned from, was calibrated or judged on. */
  readonly outcomes: OutcomeCounts
}

/** What serves now, as far as a challenger is compared with it. */
export interface Serving {
  /** Of the same name and segment; null where nothing was promoted yet: then the rubric serves, or else there is the base rate. */
  readonly champion: Champion | null
  /** Of a segment: the champions that score its leads without it. Empty where there is none for everyone. */
  readonly without: readonly OtherChampion[]
}

export async function judgeChallenger(
  records: RecordSource,
  { champion, without }: Serving,
  challenger: Challenger,
): Promise<GateReport> {
  const { matrix, metrics, audit, outcomes, segment } = challenger
  const instead = segment && without.length > 0 ? await compareWithout(records, without, challenger) : null
  const served = champion
    ? await compareWithChampion(records, champion, challenger)
    : (instead ?? compareWithBaseline(challenger))
  const { rows, accounts } = typeof served.compared === 'string' ? NO_ROWS : served.compared
  const { learning, parts, probabilities, definition } = challenger
  const rates = landmarkRates(learning, parts.calibrate, parts.test)
  const others = without.map((other) => ({ segment: other.segment || null, version: other.version }))
  const against = { basis: served.basis, version: champion?.version ?? null, rows, accounts }
  return decideGate({ ...against, ...(instead ? { without: others } : {}) }, [
    // Of the first of a segment both would ask the same, and the second asks for more.
    ...(champion || !instead ? [checkLogLoss(served.name, served.compared)] : []),
    ...(instead ? [checkSegment(instead.name, instead.compared)] : []),
    checkSkill(compareLosses(probabilities, rates, matrix, definition.seed)),
    checkSlope(metrics),
    checkBands(compareBands(rowsByBand(challenger))),
    checkAudit(audit),
    checkData(outcomes),
  ])
}

const NO_ROWS = { rows: 0, accounts: 0 }

/** The bands of the policy, the lowest first. */
function rowsByBand({ bands, probabilities, predictor, matrix }: Challenger): BandRows[] {
  const scores = probabilities.map((probability) => scoreOf(rawPoints(probability, predictor.base)))
  return bands.map(({ name, from, to }) => {
    const rows = [...scores.keys()].filter((row) => scores[row]! >= from && scores[row]! <= to)
    return {
      band: name,
      labels: rows.map((row) => matrix.labels[row]!),
      groups: rows.map((row) => matrix.groups[row]!),
    }
  })
}
