/** Trains and keeps several models on one reading of the records: what `train` and `demo` do. */
import type pg from 'pg'
import { loadChampion, loadOtherChampions } from '../../training/gate/champion.ts'
import { type KeptModel, keepModel } from '../../training/keep-model.ts'
import { type TrainedModel, trainModel } from '../../training/pipeline.ts'
import { createRecordSource, type RecordSource } from '../../training/record-source.ts'
import { keepStandIn, type StandIn } from '../../training/rubric/stand-in.ts'
import { nothingToSearch } from '../../training/search/nothing-to-search.ts'
import type { SearchRequest } from '../../training/search/stop.ts'
import { segmentNamed } from '../../training/segment.ts'
import type { Database } from '../db/database.ts'
import { aliasOf } from '../db/model-aliases.ts'
import { WonlostError } from '../errors.ts'
import { formatTime, type Milliseconds, modelTitle } from '../glossary.ts'
import { modelsFolder } from '../package-folder.ts'
import { parsePolicy } from '../policy/policy.ts'
import { readModelsFolder } from '../server/models-folder.ts'
import { actingUser } from './acting-user.ts'
import type { CommandContext } from './command.ts'
import { defaultThreads } from './threads-option.ts'
import { type ChosenDefinition, chooseDefinitions, defaultCutoff, withBoosting } from './training-choices.ts'

export interface TrainModelsOptions {
  /** Names of definitions; none: all of the models folder. */
  readonly names: readonly string[]
  /** Of these, only the model of this segment; '' is that for everyone. Default: that for everyone, then that of each segment. */
  readonly segment?: string
  /** Default: where the data ends. */
  readonly cutoff?: Milliseconds
  /** Default: each definition's own. */
  readonly seed?: number
  /** Landmarks that are looked at; of more, a sample of the accounts. */
  readonly mostLandmarks?: number
  /** Settings of boosting are searched for, for each model by itself. */
  readonly search?: SearchRequest
  /** Default: one a core. */
  readonly threads?: number
  /** false: never make one the champion. */
  readonly promote: boolean
}

export type TrainingResult = {
  readonly name: string
  /** '' is the model for everyone. */
  readonly segment: string
  readonly cutoff: Milliseconds
  /** null where a champion answers. */
  readonly standIn: StandIn | null
} & (
  | { readonly trained: TrainedModel; readonly kept: KeptModel; readonly seconds: number }
  | { readonly tooLittleData: WonlostError }
)

/**
 * One result a model, as it is ready. A model that has too little data does not hold up the others: that is its result.
 * Each is kept as a whole or not at all, also when interrupted.
 */
export async function* trainModels(
  { config, say, progress, now, signal }: Omit<CommandContext, 'print' | 'json'>,
  { pool }: Database,
  options: TrainModelsOptions,
): AsyncGenerator<TrainingResult> {
  const texts = await readModelsFolder(modelsFolder(config))
  const chosen = chooseDefinitions(texts, options.names)
  const logistic = chosen.find(({ definition }) => definition.learner === 'logistic')
  if (options.search && logistic) throw nothingToSearch(`"learner: logistic" of ${logistic.definition.name}`)
  const { bands } = parsePolicy(texts.policy.text, texts.policy.file)
  const cutoff = options.cutoff ?? (await defaultCutoff(pool, now(), say))
  const why = options.cutoff === undefined ? ', where the data ends' : ''
  say(`Learning from what was known before ${formatTime(cutoff)}${why}.`)
  const records = createRecordSource(pool, { signal, report: progress })
  const tooLittle = new Set<string>()
  for (const { one, segment } of modelsOf(chosen, options)) {
    const { definition, text, rubric } = one
    const startedAt = now()
    const { name } = definition
    const about = { name, segment, cutoff }
    const title = modelTitle(about)
    // What is too little of everyone is too little of a part.
    if (tooLittle.has(name)) continue
    const answeredBy = async (): Promise<StandIn | null> =>
      segment === ''
        ? standInFor(pool, records, one, {
            cutoff,
            createdBy: actingUser(),
            now: now(),
            report: (step, done, total) => progress(`${title}: ${step}`, done, total),
          })
        : null
    try {
      const trained = await trainModel(pool, definition, {
        cutoff,
        segment,
        bands,
        records,
        signal,
        now,
        threads: options.threads ?? defaultThreads(),
        ...(options.search ? { search: options.search } : {}),
        report: (step, done, total) => progress(`${title}: ${step}`, done, total),
        ...(options.seed === undefined ? {} : { seed: options.seed }),
        ...(options.mostLandmarks === undefined ? {} : { mostLandmarks: options.mostLandmarks }),
        ...(rubric ? { rubric } : {}),
        champion: await loadChampion(pool, name, segment),
        otherChampions: await loadOtherChampions(pool, name, segment),
      })
      const keep = {
        definitionText: textLearned(text, trained),
        promote: options.promote,
        createdBy: actingUser(),
        now: now(),
      }
      const kept = await keepModel(pool, trained, keep)
      const seconds = (now() - startedAt) / 1_000
      yield { ...about, trained, kept, seconds, standIn: await answeredBy() }
    } catch (error) {
      if (!(error instanceof WonlostError && error.code === 'too_little_data')) throw error
      if (segment === '') tooLittle.add(name)
      yield { ...about, tooLittleData: error, standIn: await answeredBy() }
    }
  }
}

interface ModelToTrain {
  readonly one: ChosenDefinition
  readonly segment: string
}

/**
 * Everyone first: a segment is compared with what would score its leads without it. Throws `usage` for a segment that a definition asked
 * for by name, or none at all, has.
 */
function modelsOf(
  chosen: readonly ChosenDefinition[],
  { names, segment: wanted }: Pick<TrainModelsOptions, 'names' | 'segment'>,
): ModelToTrain[] {
  if (wanted === undefined) {
    return chosen.flatMap((one) =>
      ['', ...one.definition.segments.map(({ name }) => name)].map((segment) => ({ one, segment })),
    )
  }
  const having = chosen.filter(({ definition }) => definition.segments.some(({ name }) => name === wanted))
  const asked = names.length > 0 || wanted === '' || having.length === 0 ? chosen : having
  return asked.map((one) => ({ one, segment: segmentNamed(one.definition, wanted)?.name ?? '' }))
}

/** The rubric answers wherever no model is the champion. */
async function standInFor(
  pool: pg.Pool,
  records: RecordSource,
  chosen: ChosenDefinition,
  options: Parameters<typeof keepStandIn>[3],
): Promise<StandIn | null> {
  const champion = await aliasOf(pool, chosen.definition.name, '', 'champion')
  return champion ? null : keepStandIn(pool, records, chosen, options)
}

/** What is kept as the definition: where a search found settings, with these, as if they had been written there. */
function textLearned(text: string, { report: { search } }: TrainedModel): string {
  return search?.kept === 'found' && search.settings ? withBoosting(text, search.settings) : text
}
