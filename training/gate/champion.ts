/** The version that serves, as far as a challenger is compared with it. */
import type pg from 'pg'
import { aliasOf } from '../../src/db/model-aliases.ts'
import { champions, loadArtifactBody, loadVersion, type ModelVersion } from '../../src/db/models.ts'
import { WonlostError } from '../../src/errors.ts'
import type { Definition } from '../../src/features/definition.ts'
import { type Segment, segmentText } from '../../src/features/segments.ts'
import { type Milliseconds, parseTime } from '../../src/glossary.ts'
import { type LoadedModel, loadModel } from '../../src/scoring/load-model.ts'
import { isTrainingReport } from '../report/model-report.ts'

export interface LoadedChampion {
  readonly version: number
  readonly model: LoadedModel
  /** It has learned from no outcome that became known after this. */
  readonly learnedUntil: Milliseconds
}

export type Champion =
  | LoadedChampion
  /** Why it cannot be loaded. */
  | { readonly version: number; readonly problem: string }

/** Of another segment of the same name; '' is the one for everyone. */
export type OtherChampion = Champion & { readonly segment: string }

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
    if (model.artifact.kind === 'rubric' && !model.artifact.calibration)
      return { version, problem: 'it gives points, not probabilities' }
    return { version, model, learnedUntil: learnedUntil(stored) }
  } catch (error) {
    if (!(error instanceof WonlostError) || error.code === 'database_unavailable') throw error
    return { version, problem: error.message }
  }
}

/**
 * What scores the leads of a segment while it has no model: the other champions of the name, that for everyone first. Empty for
 * everyone, and where there is no champion for everyone.
 */
export async function loadOtherChampions(
  pool: pg.Pool,
  name: string,
  segment: string,
): Promise<OtherChampion[]> {
  const own = (await champions(pool)).filter((champion) => champion.name === name)
  if (segment === '' || !own.some((champion) => champion.segment === '')) return []
  const others: OtherChampion[] = []
  for (const { segment: other } of own) {
    const champion = other === segment ? null : await loadChampion(pool, name, other)
    if (champion) others.push({ ...champion, segment: other })
  }
  return others
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
export function whyNotComparable(
  { registry, segment: ofSegment }: Pick<LoadedModel, 'registry' | 'segment'>,
  challenger: Definition,
  segment: Segment | null,
): string | null {
  const champion = registry.definition
  const former = champion.segments.find(({ name }) => name === ofSegment)
  const asked = [
    ['entity', champion.entity, challenger.entity],
    ['population', champion.population, challenger.population],
    ['pipeline', champion.pipeline, challenger.pipeline],
    ['target', champion.target, challenger.target],
    ['horizon', horizonText(champion), horizonText(challenger)],
    // Of another name, it is no other question: it is one of those that answer together where there is no model for the segment.
    ...(former && former.name === segment?.name
      ? [['segment', segmentText(former), segmentText(segment)] as const]
      : []),
  ] as const
  const others = asked.filter(([, own, other]) => own !== other)
  if (others.length === 0) return null
  const told = others.map(([field, own, other]) => `${field} ${own} instead of ${other}`)
  return `it answers another question: ${told.join(', ')}`
}

function horizonText({ horizonDays }: Definition): string {
  return horizonDays === null ? 'none' : `${horizonDays} days`
}
