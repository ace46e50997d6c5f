/** Trains and keeps several models on one reading of the records: what `train` and `demo` do. */
import { loadChampion } from '../../training/gate/champion.ts'
import { type KeptModel, keepModel } from '../../training/keep-model.ts'
import { type TrainedModel, trainModel } from '../../training/pipeline.ts'
import { createRecordSource } from '../../training/record-source.ts'
import { nothingToSearch } from '../../training/search/nothing-to-search.ts'
import type { SearchRequest } from '../../training/search/stop.ts'
import type { Database } from '../db/database.ts'
import { WonlostError } from '../errors.ts'
import { formatTime, type Milliseconds } from '../glossary.ts'
import { modelsFolder } from '../package-folder.ts'
import { parsePolicy } from '../policy/policy.ts'
import { readModelsFolder } from '../server/models-folder.ts'
import { actingUser } from './acting-user.ts'
import type { CommandContext } from './command.ts'
import { defaultThreads } from './threads-option.ts'
import { chooseDefinitions, defaultCutoff, withBoosting } from './training-choices.ts'

export interface TrainModelsOptions {
  /** Names of definitions; none: all of the models folder. */
  readonly names: readonly string[]
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

export type TrainingResult = { readonly name: string; readonly cutoff: Milliseconds } & (
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
  for (const { definition, text, rubric } of chosen) {
    const startedAt = now()
    const { name } = definition
    try {
      const trained = await trainModel(pool, definition, {
        cutoff,
        bands,
        records,
        signal,
        now,
        threads: options.threads ?? defaultThreads(),
        ...(options.search ? { search: options.search } : {}),
        report: (step, done, total) => progress(`${name}: ${step}`, done, total),
        ...(options.seed === undefined ? {} : { seed: options.seed }),
        ...(options.mostLandmarks === undefined ? {} : { mostLandmarks: options.mostLandmarks }),
        ...(rubric ? { rubric } : {}),
        champion: await loadChampion(pool, name),
      })
      const keep = {
        definitionText: textLearned(text, trained),
        promote: options.promote,
        createdBy: actingUser(),
        now: now(),
      }
      const kept = await keepModel(pool, trained, keep)
      yield { name, cutoff, trained, kept, seconds: (now() - startedAt) / 1_000 }
    } catch (error) {
      if (!(error instanceof WonlostError && error.code === 'too_little_data')) throw error
      yield { name, cutoff, tooLittleData: error }
    }
  }
}

/** What is kept as the definition: where a search found settings, with these, as if they had been written there. */
function textLearned(text: string, { report: { search } }: TrainedModel): string {
  return search?.kept === 'found' && search.settings ? withBoosting(text, search.settings) : text
}
