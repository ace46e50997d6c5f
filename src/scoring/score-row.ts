/** One model and the facts of one lead: row, probability, points, score, band and, if asked for, why. */
import { explainRow } from '../explain/explain-row.ts'
import { groupReasons } from '../explain/group-reasons.ts'
import type { Column } from '../features/column.ts'
import type { Facts } from '../features/facts.ts'
import { rawPoints, scoreOf } from '../model/link.ts'
import { bandOf } from '../policy/decide.ts'
import type { Policy } from '../policy/policy.ts'
import type { LoadedModel } from './load-model.ts'
import type { ModelScore, ScoredContribution, ScoredExplanation } from './scored-lead.ts'

type AppliedScore = Extract<ModelScore, { applies: true }>

export function scoreRow(model: LoadedModel, policy: Policy, facts: Facts, explain: boolean): AppliedScore {
  const { artifact, registry, predictor } = model
  const row = new Float64Array(registry.columns.length)
  registry.computeRow(facts, row)
  const raw = predictor.rawScore(row)
  const isRubric = artifact.kind === 'rubric'
  const probability = predictor.probability(raw)
  const points = isRubric ? raw : rawPoints(probability, predictor.base)
  const score = scoreOf(points)
  return {
    applies: true,
    basis: artifact.kind,
    probability: isRubric ? null : probability,
    interval: predictor.interval(raw, probability),
    raw_points: points,
    score,
    band: bandOf(policy, score).name,
    model: {
      name: model.name,
      segment: model.segment === '' ? null : model.segment,
      version: String(model.version),
      sha256: model.sha256,
    },
    ...(explain ? { explanation: explanationOf(model, facts, row, probability) } : {}),
  }
}

function explanationOf(
  { registry, predictor }: LoadedModel,
  facts: Facts,
  row: Float64Array,
  probability: number,
): ScoredExplanation {
  const explained = explainRow(predictor, row, 0, probability)
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
        text: registry.describe(facts, column, value),
      }
    },
  )
  return {
    base: explained.base,
    calibration: explained.calibration,
    log_odds: explained.logOdds,
    base_points: explained.basePoints,
    contributions,
    reasons: groupReasons(contributions),
  }
}

/** A category by its name; null for what is missing. */
function shownValue(column: Column, value: number): number | string | null {
  if (Number.isNaN(value)) return null
  return column.kind === 'category' ? (column.categories[value] ?? null) : value
}
