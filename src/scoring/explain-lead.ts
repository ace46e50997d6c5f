/** A lead in full: scores with reasons, what could be done, when it falls below its band, and what changed since an earlier time. */
import { WonlostError } from '../errors.ts'
import { type AccountRecord, formatTime, type LeadRecord, type Milliseconds } from '../glossary.ts'
import { changeOf } from './change.ts'
import { segmentNamesAt } from './decision.ts'
import { type Engine, type ScoreOptions, scoreLead } from './engine.ts'
import { fallOf } from './fall.ts'
import type { LeadExplanation } from './lead-explanation.ts'
import { nextSteps } from './next-steps.ts'

export interface ExplainOptions {
  /** By what next steps, fall and change are told; default: the model that decides. */
  readonly model?: string | undefined
  /** Before `asOf`; asks for what changed since. */
  readonly since?: Milliseconds | undefined
  readonly override?: ScoreOptions['override']
}

/** As `scoreLead`, and beyond. Throws `model_not_found` for a model that the engine does not have. */
export function explainLead(
  engine: Engine,
  account: AccountRecord,
  lead: LeadRecord,
  asOf: Milliseconds,
  { model: about = engine.policy.decided_by, since, override }: ExplainOptions,
): LeadExplanation {
  const { policy } = engine
  const scored = scoreLead(engine, account, lead, asOf, { explain: true, override })
  const score = scored.scores[about]
  if (!score && about !== policy.decided_by) {
    const allowed = Object.keys(scored.scores).join(', ') || 'none'
    throw new WonlostError('model_not_found', `There is no model "${about}". Allowed: ${allowed}.`, {
      field: 'model',
    })
  }
  const applied = score?.applies ? score : null
  const model =
    applied && engine.models.find(({ sha256, name }) => name === about && sha256 === applied.model.sha256)
  if (!applied || !model) {
    const why =
      score && !score.applies ? `${about} does not apply now: ${score.why}` : `there is no model ${about}`
    return {
      ...scored,
      about,
      next_steps: [],
      falls: null,
      ...(since === undefined ? {} : { changed: { applies: false, since: formatTime(since), why } }),
    }
  }
  const segments = segmentNamesAt(engine, account, lead, asOf)
  return {
    ...scored,
    about,
    next_steps: nextSteps(engine, account, lead, asOf, scored, about, override),
    falls: fallOf(model, policy, segments, account, lead, asOf),
    ...(since === undefined ? {} : { changed: changeOf(engine, model, account, lead, since, asOf) }),
  }
}
