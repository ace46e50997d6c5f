/** The reasons of stored scores. They are not kept: what made a score is applied again to what was known at its moment. */
import type pg from 'pg'
import { loadArtifactBody } from '../db/models.ts'
import type { StoredScore } from '../db/scores.ts'
import { WonlostError } from '../errors.ts'
import type { AccountRecord, LeadRecord } from '../glossary.ts'
import type { Configured } from '../scoring/configured.ts'
import { scoreLead } from '../scoring/engine.ts'
import { type LoadedModel, loadModel } from '../scoring/load-model.ts'
import type { ScoredExplanation } from '../scoring/scored-lead.ts'

type Reasons = ScoredExplanation['reasons']

export interface StoredExplainer {
  /** Loads the models behind these scores: of whatever version they are, champion or not. Each once. */
  prepare(scores: readonly StoredScore[]): Promise<void>
  /** By name of the model. `scores` are those of one lead, prepared before. */
  reasonsOf(
    account: AccountRecord,
    lead: LeadRecord,
    scores: readonly StoredScore[],
  ): ReadonlyMap<string, Reasons>
  /** Why scores have no reasons, and how many. */
  readonly unexplained: ReadonlyMap<string, number>
  /** Scores that come out otherwise by now: facts of before their moment were corrected or merged. Their reasons are of now. */
  readonly moved: number
}

/** `configured` with a rubric for every definition: scores of version 0 are theirs. */
export function createStoredExplainer(pool: pg.Pool, configured: Configured): StoredExplainer {
  const models = new Map<string, LoadedModel | string>()
  for (const rubric of configured.rubrics) models.set(rubric.sha256, rubric)
  const policy = { ...configured.policy, version: 0 }
  const guardrails = { ...configured.guardrails, version: 0 }
  const unexplained = new Map<string, number>()
  const miss = (why: string): void => {
    unexplained.set(why, (unexplained.get(why) ?? 0) + 1)
  }
  let moved = 0

  return {
    unexplained,
    get moved() {
      return moved
    },
    async prepare(scores) {
      for (const score of scores)
        if (!models.has(score.artifactSha256)) models.set(score.artifactSha256, await load(pool, score))
    },
    reasonsOf(account, lead, scores) {
      const reasons = new Map<string, Reasons>()
      for (const { model: name, artifactSha256, asOf, rawPoints } of scores) {
        const model = models.get(artifactSha256)!
        if (typeof model === 'string') {
          miss(model)
          continue
        }
        const engine = { models: [model], policy, guardrails }
        const score = scoreLead(engine, account, lead, asOf, { explain: true }).scores[name]
        if (score?.applies && score.explanation) {
          reasons.set(name, score.explanation.reasons)
          if (score.raw_points !== rawPoints) moved += 1
        } else miss(`${name} does not apply any more to what is known now`)
      }
      return reasons
    },
  }
}

/** The model, or why it cannot be applied. */
async function load(pool: pg.Pool, score: StoredScore): Promise<LoadedModel | string> {
  const { model: name, segment, version, artifactSha256: sha256 } = score
  if (version === 0) return `the rubric that made the score of ${name} has changed since`
  try {
    return loadModel({ name, segment, version, sha256, body: await loadArtifactBody(pool, sha256) })
  } catch (error) {
    if (error instanceof WonlostError && error.code !== 'database_unavailable') return error.message
    throw error
  }
}
