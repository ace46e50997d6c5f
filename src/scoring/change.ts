/** What changed between two moments, reason by reason, for one model that scores both: the difference is of facts, not of models. */
import { groupReasons } from '../explain/group-reasons.ts'
import { changeBetween } from '../explain/row-change.ts'
import { type Facts, factsAt } from '../features/facts.ts'
import { type AccountRecord, formatTime, type LeadRecord, type Milliseconds } from '../glossary.ts'
import type { Policy } from '../policy/policy.ts'
import { whyNotApplicable } from './applicability.ts'
import { segmentNamesOf } from './decision.ts'
import { type Engine, scoreLead } from './engine.ts'
import type { Change, ChangedReason } from './lead-explanation.ts'
import type { LoadedModel } from './load-model.ts'
import { ruledBy } from './ruled-by.ts'
import { outcomeOf, rowOf } from './score-row.ts'
import { columnWords } from './words.ts'

/** Between `since` and `asOf`; the model, one of the engine's, applies at `asOf`. */
export function changeOf(
  engine: Engine,
  model: LoadedModel,
  account: AccountRecord,
  lead: LeadRecord,
  since: Milliseconds,
  asOf: Milliseconds,
): Change {
  const { policy, guardrails } = engine
  const why = whyNotApplicable(model.registry.definition, account, lead, since)
  if (why !== null)
    return { applies: false, since: formatTime(since), why: `${model.name} did not apply then: ${why}` }
  const scoreAt = (at: Milliseconds) => {
    const facts = factsAt(account, lead, at)
    const row = rowOf(model, facts)
    const raw = model.predictor.rawScore(row)
    return { facts, row, outcome: outcomeOf(model, policy, segmentNamesOf(engine, facts), raw) }
  }
  const [before, after] = [scoreAt(since), scoreAt(asOf)]
  const both = <Key extends 'raw_points' | 'probability' | 'score' | 'band'>(key: Key) => ({
    before: before.outcome[key],
    after: after.outcome[key],
  })
  // Of the models, those that the rules and the policy ask for are scored in any case: the verdict does not depend on which are wanted.
  const ruledAt = (at: Milliseconds) =>
    ruledBy(scoreLead(engine, account, lead, at, { explain: false, models: [model.name] }).verdict)
  const { name, segment, version } = model
  const by = `${name}${segment === '' ? '' : ` (${segment})`}${version === 0 ? '' : ` version ${version}`}`
  return {
    applies: true,
    since: formatTime(since),
    difference: after.outcome.raw_points - before.outcome.raw_points,
    raw_points: both('raw_points'),
    probability: both('probability'),
    score: both('score'),
    band: both('band'),
    ruled: { before: ruledAt(since), after: ruledAt(asOf) },
    reasons: reasonsOf(model, policy, before, after),
    kept: null,
    note: `both moments are scored by ${by} and judged by the policy of version ${policy.version} and the guardrails of version ${guardrails.version}, which answer now`,
  }
}

interface ScoredMoment {
  readonly facts: Facts
  readonly row: Float64Array
}

function reasonsOf(
  { registry, predictor }: LoadedModel,
  policy: Policy,
  first: ScoredMoment,
  last: ScoredMoment,
): ChangedReason[] {
  const { before, after, calibration } = changeBetween(predictor, first.row, last.row)
  const contributions = registry.columns.map(({ group, side }, column) => {
    return { group, side, column, points: after[column]! - before[column]!, log_odds: null }
  })
  const grouped = groupReasons(contributions, ({ column }) => {
    const wordsAt = ({ facts, row }: ScoredMoment): string =>
      columnWords(registry, policy, facts, column, row[column]!)
    return { before: wordsAt(first), after: wordsAt(last) }
  })
  const reasons = [...grouped.for, ...grouped.against].map(
    ({ group, side, points, text }): ChangedReason => ({ group, side, points, text }),
  )
  if (calibration !== 0) {
    reasons.push({
      group: 'calibration',
      side: 'calibration',
      points: calibration,
      text: { before: null, after: null },
    })
  }
  return reasons.sort((a, b) => Math.abs(b.points) - Math.abs(a.points))
}
