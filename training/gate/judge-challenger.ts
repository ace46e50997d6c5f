/** The gate: may a model that was just trained take the place of what serves now? */

import type { Definition } from '../../src/features/definition.ts'
import { numberText as count } from '../../src/features/wording.ts'
import { formatTime, type Milliseconds } from '../../src/glossary.ts'
import { rawPoints, scoreOf } from '../../src/model/link.ts'
import type { Predictor } from '../../src/model/predict.ts'
import type { Baseline } from '../baselines.ts'
import { coursesOf, type LandmarkPlan } from '../course.ts'
import { countOutcomes, LEAST_IN_A_PART, type OutcomeCounts } from '../enough-data.ts'
import type { Metrics } from '../evaluate/metrics.ts'
import type { ScoreBand } from '../evaluation.ts'
import { scheduleLandmarks } from '../landmarks.ts'
import type { Matrix } from '../matrix.ts'
import { probabilitiesOf } from '../predictions.ts'
import type { RecordSource } from '../record-source.ts'
import type { AuditReport } from '../report/audit-report.ts'
import type { GateReport } from '../report/gate-report.ts'
import { buildMatrices, type CollectedRows, eachLead, type Row } from '../rows.ts'
import { type BandRows, compareBands } from './band-order.ts'
import { type Champion, whyNotComparable } from './champion.ts'
import {
  championName,
  checkAudit,
  checkBands,
  checkData,
  checkLogLoss,
  checkSkill,
  checkSlope,
} from './checks.ts'
import { compareLosses, type LossComparison } from './compare-losses.ts'
import { landmarkRates } from './landmark-rates.ts'
import { unlearnedRows } from './unlearned-rows.ts'
import { decideGate } from './verdict.ts'

/** A model that was just trained, on every landmark of its test part. Of one that is refitted: the fit before that. */
export interface Challenger {
  readonly definition: Definition
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

/** `champion`: null where nothing was promoted yet; what serves then is the rubric, or else there is the base rate. */
export async function judgeChallenger(
  records: RecordSource,
  champion: Champion | null,
  challenger: Challenger,
): Promise<GateReport> {
  const { matrix, metrics, audit, outcomes } = challenger
  const served = champion
    ? await compareWithChampion(records, champion, challenger)
    : compareWithBaseline(challenger)
  const { rows, accounts } = typeof served.compared === 'string' ? NO_ROWS : served.compared
  const { learning, parts, probabilities, definition } = challenger
  const rates = landmarkRates(learning, parts.calibrate, parts.test)
  return decideGate({ basis: served.basis, version: champion?.version ?? null, rows, accounts }, [
    checkLogLoss(served.name, served.compared),
    checkSkill(compareLosses(probabilities, rates, matrix, definition.seed)),
    checkSlope(metrics),
    checkBands(compareBands(rowsByBand(challenger))),
    checkAudit(audit),
    checkData(outcomes),
  ])
}

interface Served {
  readonly basis: GateReport['against']['basis']
  /** In a sentence. */
  readonly name: string
  /** A sentence where there is no comparison. */
  readonly compared: LossComparison | string
}

const NO_ROWS = { rows: 0, accounts: 0 }

async function compareWithChampion(
  records: RecordSource,
  champion: Champion,
  challenger: Challenger,
): Promise<Served> {
  const name = championName(champion.version)
  const not = (why: string): Served => ({
    basis: 'champion',
    name,
    compared: `It cannot be compared with ${name}: ${why}.`,
  })
  if ('problem' in champion) return not(champion.problem.replace(/\.$/, ''))
  const { registry, predictor } = champion.model
  const { definition, cutoff, collected, probabilities } = challenger
  const { test } = challenger.parts
  const otherQuestion = whyNotComparable(registry.definition, definition)
  if (otherQuestion !== null) return not(otherQuestion)
  const landmarks = samePlan(registry.definition, definition)
    ? collected.rows
    : eachLandmark(records, registry.definition, cutoff)
  const recent = await unlearnedRows(test, landmarks, champion.learnedUntil)
  const { reached, notReached } = countOutcomes(recent)
  if (Math.min(reached, notReached) < LEAST_IN_A_PART) {
    return not(
      `it has learned from what was known until ${formatTime(champion.learnedUntil)}, and of the test part that leaves ${count(reached)} subjects that reached the target and ${count(notReached)} that did not, of ${LEAST_IN_A_PART} each that are needed. Train again when more horizons have elapsed`,
    )
  }
  const others = await buildMatrices(records, registry, { recent })
  const wanted = new Set(recent)
  const own = probabilities.filter((_, index) => wanted.has(test[index]!))
  const other = probabilitiesOf(predictor, others.recent)
  return { basis: 'champion', name, compared: compareLosses(own, other, others.recent, definition.seed) }
}

/** The champion chose its rows by the same moments. The rest of the plan is compared before. */
function samePlan(champion: Definition, challenger: Definition): boolean {
  const moments = ({ entryDelayHours, landmarkDays }: Definition): string =>
    [entryDelayHours, ...landmarkDays].join()
  return moments(champion) === moments(challenger)
}

/** One at a time: there are millions of landmarks, and only their accounts are of interest. */
async function* eachLandmark(records: RecordSource, plan: LandmarkPlan, cutoff: Milliseconds) {
  for await (const { account, lead, group } of eachLead(records))
    for (const course of coursesOf(account, lead, plan))
      for (const { labelKnownAt } of scheduleLandmarks(course, plan, cutoff)) yield { group, labelKnownAt }
}

/** The rubric, which was put on the scale of probabilities by Platt's line through the calibration part; without one the base rate. */
function compareWithBaseline(challenger: Challenger): Served {
  const { baselines, probabilities, matrix, definition } = challenger
  const hasRubric = baselines.some(({ name }) => name === 'rubric')
  const basis = hasRubric ? 'rubric' : 'base_rate'
  const other = baselineOf(challenger, basis)
  return {
    basis,
    name: hasRubric ? 'the rubric, which serves now' : 'the base rate',
    compared: compareLosses(probabilities, other, matrix, definition.seed),
  }
}

function baselineOf({ baselines }: Challenger, wanted: 'rubric' | 'base_rate'): Float64Array {
  return baselines.find(({ name }) => name === wanted)!.probabilities.all_landmarks
}

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
