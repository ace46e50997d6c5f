/** The version that serves, as far as a challenger is compared with it. */
import type pg from 'pg'
import { aliasOf } from '../../src/db/model-aliases.ts'
import { loadArtifactBody, loadVersion, type ModelVersion } from '../../src/db/models.ts'
import { WonlostError } from '../../src/errors.ts'
import type { Definition } from '../../src/features/definition.ts'
import { type Milliseconds, parseTime } from '../../src/glossary.ts'
import { type LoadedModel, loadModel } from '../../src/scoring/load-model.ts'
import { isTrainingReport } from '../report/model-report.ts'

export type Champion = { readonly version: number } & (
  | {
      readonly model: LoadedModel
      /** It has learned from no outcome that became known after this. */
      readonly learnedUntil: Milliseconds
    }
  /** Why it cannot be loaded. */
  | { readonly problem: string }
)

/** null where nothing was promoted yet. A champion that is damaged, or of other features, is told, not thrown. */
export async function loadChampion(pool: pg.Pool, name: string, segment = ''): Promise<Champion | null> {
  const alias = await aliasOf(pool, name, segment, 'champion')
  if (!alias) return null
  const { version } = alias
  const stored = await loadVersion(pool, name, segment, version)
  try {
    const sha256 = stored.artifactSha256
    const body = await loadArtifactBody(pool, sha256)
    const model = loadModel({ name, segment, version, sha256, body })
    if (model.artifact.kind === 'rubric') return { version, problem: 'it gives points, not probabilities' }
    return { version, model, learnedUntil: learnedUntil(stored) }
  } catch (error) {
    if (!(error instanceof WonlostError) || error.code === 'database_unavailable') throw error
    return { version, problem: error.message }
  }
}

/**
 * Of a model that was not refitted: where its test part begins, for of that part it has learned nothing. Of every other (refitted,
 * imported, recalibrated): its cut-off.
 */
export function learnedUntil({ report, cutoff }: Pick<ModelVersion, 'report' | 'cutoff'>): Milliseconds {
  const test = isTrainingReport(report) ? report.parts.find(({ name }) => name === 'test') : undefined
  return test && isTrainingReport(report) && !report.refit ? parseTime(test.from) : cutoff
}

/** What makes a probability of the one something else than a probability of the other; null where nothing does. */
export function whyNotComparable(champion: Definition, challenger: Definition): string | null {
  const asked = [
    ['entity', champion.entity, challenger.entity],
    ['population', champion.population, challenger.population],
    ['pipeline', champion.pipeline, challenger.pipeline],
    ['target', champion.target, challenger.target],
    ['horizon', horizonText(champion), horizonText(challenger)],
  ] as const
  const others = asked.filter(([, own, other]) => own !== other)
  if (others.length === 0) return null
  const told = others.map(([field, own, other]) => `${field} ${own} instead of ${other}`)
  return `it answers another question: ${told.join(', ')}`
}

function horizonText({ horizonDays }: Definition): string {
  return horizonDays === null ? 'none' : `${horizonDays} days`
}
