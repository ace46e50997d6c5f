/** A version beside what serves now, on rows that neither has learned from. */
import type { Definition } from '../../src/features/definition.ts'
import type { FittedRegistry } from '../../src/features/registry.ts'
import { numberText as count } from '../../src/features/wording.ts'
import { formatTime, type Milliseconds } from '../../src/glossary.ts'
import { chooseModel, familiesOf } from '../../src/scoring/families.ts'
import type { LoadedModel } from '../../src/scoring/load-model.ts'
import { coursesOf, type LandmarkPlan } from '../course.ts'
import { countOutcomes, LEAST_IN_A_PART } from '../enough-data.ts'
import { scheduleLandmarks } from '../landmarks.ts'
import type { RecordSource } from '../record-source.ts'
import type { GateReport } from '../report/gate-report.ts'
import { buildMatrices, eachLead, type Row } from '../rows.ts'
import { type Champion, type LoadedChampion, type OtherChampion, whyNotComparable } from './champion.ts'
import { championName, championsName } from './checks.ts'
import { compareLosses, type LossComparison } from './compare-losses.ts'
import type { Challenger } from './judge-challenger.ts'
import { unlearnedRows } from './unlearned-rows.ts'

export interface Served {
  readonly basis: GateReport['against']['basis']
  /** In a sentence. */
  readonly name: string
  /** A sentence where there is no comparison. */
  readonly compared: LossComparison | string
}

/** With the champion of the same name and segment. */
export async function compareWithChampion(
  records: RecordSource,
  champion: Champion,
  challenger: Challenger,
): Promise<Served> {
  const name = championName(champion.version)
  return { basis: 'champion', name, compared: await compareWith(records, name, [champion], challenger) }
}

/** With what scores the same leads while their segment has no model: row by row the champion that would. */
export async function compareWithout(
  records: RecordSource,
  others: readonly OtherChampion[],
  challenger: Challenger,
): Promise<Served> {
  const name = championsName(others)
  return { basis: 'champion', name, compared: await compareWith(records, name, others, challenger) }
}

async function compareWith(
  records: RecordSource,
  name: string,
  champions: readonly Champion[],
  challenger: Challenger,
): Promise<LossComparison | string> {
  const not = (why: string): string => `It cannot be compared with ${name}: ${why}.`
  const { definition, segment, probabilities, parts } = challenger
  const loaded: LoadedChampion[] = []
  for (const champion of champions) {
    if ('problem' in champion) return not(champion.problem.replace(/\.$/, ''))
    const otherQuestion = whyNotComparable(champion.model, definition, segment)
    if (otherQuestion !== null) return not(otherQuestion)
    loaded.push(champion)
  }
  let recent: readonly Row[] = parts.test
  for (const champion of loaded)
    recent = await unlearnedRows(recent, landmarksOf(records, champion, challenger), champion.learnedUntil)
  const { reached, notReached } = countOutcomes(recent)
  if (Math.min(reached, notReached) < LEAST_IN_A_PART) {
    const until = formatTime(Math.max(...loaded.map(({ learnedUntil }) => learnedUntil)))
    return not(
      `it has learned from what was known until ${until}, and of the test part that leaves ${count(reached)} subjects that reached the target and ${count(notReached)} that did not, of ${LEAST_IN_A_PART} each that are needed. Train again when more horizons have elapsed`,
    )
  }
  const others = await buildMatrices(records, servedColumn(loaded.map(({ model }) => model)), { recent })
  const wanted = new Set(recent)
  const own = probabilities.filter((_, index) => wanted.has(parts.test[index]!))
  return compareLosses(own, others.recent.data, others.recent, definition.seed)
}

/** One column: the probability that the one of the models gives which scores the lead. Of a single model: what it gives. */
function servedColumn(models: readonly LoadedModel[]): Pick<FittedRegistry, 'columns' | 'computeRow'> {
  const [family] = familiesOf(models)
  const rows = new Map(models.map((model) => [model, new Float64Array(model.registry.columns.length)]))
  const [only] = models
  return {
    columns: [{ kind: 'number', name: 'probability', group: '', side: 'fit', transform: 'identity' }],
    computeRow(facts, row, offset = 0) {
      const model = models.length === 1 ? only! : chooseModel(family!, facts).model!
      const own = rows.get(model)!
      model.registry.computeRow(facts, own)
      row[offset] = model.predictor.probability(model.predictor.rawScore(own))
    },
  }
}

/** What the champion chose its rows from: the challenger's own landmarks where it asks about the same at the same moments. */
function landmarksOf(
  records: RecordSource,
  { model: { registry, segment } }: LoadedChampion,
  { definition, cutoff, collected, segment: own }: Challenger,
): Iterable<Row> | AsyncIterable<Pick<Row, 'group' | 'labelKnownAt'>> {
  const isSame = samePlan(registry.definition, definition) && segment === (own?.name ?? '')
  return isSame ? collected.rows : eachLandmark(records, registry.definition, cutoff)
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
export function compareWithBaseline({ baselines, probabilities, matrix, definition }: Challenger): Served {
  const hasRubric = baselines.some(({ name }) => name === 'rubric')
  const basis = hasRubric ? 'rubric' : 'base_rate'
  const other = baselines.find(({ name }) => name === basis)!.probabilities.all_landmarks
  return {
    basis,
    name: hasRubric ? 'the rubric, which serves now' : 'the base rate',
    compared: compareLosses(probabilities, other, matrix, definition.seed),
  }
}
