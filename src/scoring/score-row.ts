/** One model and the facts of one lead: row, probability, points, score, band and, if asked for, why. */
import { explainRow } from '../explain/explain-row.ts'
import { groupReasons } from '../explain/group-reasons.ts'
import type { Column } from '../features/column.ts'
import type { Facts } from '../features/facts.ts'
import { rawPoints, scoreOf } from '../model/link.ts'
import { bandAt } from '../policy/bands.ts'
import { bandsFor, type Policy } from '../policy/policy.ts'
import type { LoadedModel } from './load-model.ts'
import type { ModelScore, ScoredContribution, ScoredExplanation } from './scored-lead.ts'
import { columnWords, groupWords } from './words.ts'

type AppliedScore = Extract<ModelScore, { applies: true }>

/** `because`: why this model of its name. `segments`: of the lead; the model that decides may have other bands there. */
export function scoreRow(
  model: LoadedModel,
  because: string,
  policy: Policy,
  facts: Facts,
  segments: readonly string[],
  explain: boolean,
): AppliedScore {
  const row = rowOf(model, facts)
  const raw = model.predictor.rawScore(row)
  const outcome = outcomeOf(model, policy, segments, raw)
  const probability = model.predictor.probability(raw)
  return {
    applies: true,
    basis: model.artifact.kind,
    ...outcome,
    model: {
      name: model.name,
      segment: model.segment === '' ? null : model.segment,
      version: String(model.version),
      sha256: model.sha256,
      because,
    },
    ...(explain ? { explanation: explanationOf(model, policy, facts, row, probability) } : {}),
  }
}

export function rowOf({ registry }: LoadedModel, facts: Facts): Float64Array {
  const row = new Float64Array(registry.columns.length)
  registry.computeRow(facts, row)
  return row
}

/** What a raw score of the model means. Nothing of it falls when the raw score rises. */
export function outcomeOf(
  { name, artifact, predictor }: LoadedModel,
  policy: Policy,
  segments: readonly string[],
  raw: number,
): Pick<AppliedScore, 'probability' | 'interval' | 'raw_points' | 'score' | 'band'> {
  const isRubric = artifact.kind === 'rubric'
  const given = predictor.probability(raw)
  // A rubric that no outcomes have calibrated has none.
  const probability = Number.isNaN(given) ? null : given
  const points = isRubric ? raw : rawPoints(given, predictor.base)
  const score = scoreOf(points)
  return {
    probability,
    interval: predictor.interval(raw, given),
    raw_points: points,
    score,
    band: bandOf(policy, name, segments, score, probability),
  }
}

/** Bands by probability, and of a segment, are of the model that decides; a probability of another question says nothing there. */
function bandOf(
  policy: Policy,
  model: string,
  segments: readonly string[],
  score: number,
  probability: number | null,
): string {
  if (model !== policy.decided_by) return bandAt(policy.bands, score).name
  return bandAt(bandsFor(policy, segments), score, probability).name
}

function explanationOf(
  { registry, predictor }: LoadedModel,
  policy: Policy,
  facts: Facts,
  row: Float64Array,
  probability: number,
): ScoredExplanation {
  const explained = explainRow(predictor, row, 0, probability)
  const written = predictor.reasons?.(row, 0)
  const contributions = explained.contributions.map(
    ({ column, value, logOdds, points }): ScoredContribution => {
      const described = registry.columns[column]!
      return {
        feature: described.name,
        group: described.group,
        side: described.side,
        value: shownValue(described, value),
        log_odds: logOdds,
        points,
        text: [written?.get(column)?.join(', ') ?? [], columnWords(registry, policy, facts, column, value)]
          .flat()
          .join(': '),
      }
    },
  )
  return {
    base: explained.base,
    calibration: explained.calibration,
    log_odds: explained.logOdds,
    base_points: explained.basePoints,
    contributions,
    reasons: groupReasons(contributions, (loudest) => {
      const { column, value } = explained.contributions[contributions.indexOf(loudest)]!
      return groupWords(registry, policy, facts, column, value, loudest.text)
    }),
  }
}

/** A category by its name; null for what is missing. */
function shownValue(column: Column, value: number): number | string | null {
  if (Number.isNaN(value)) return null
  return column.kind === 'category' ? (column.categories[value] ?? null) : value
}
