import { formatTime, modelTitle } from '../../glossary.ts'
import { type CommandOptions, defineCommand, type ExitCode } from '../command.ts'
import { readCutoff } from '../cutoff-option.ts'
import { LARGEST_SEED, readInteger } from '../integer-option.ts'
import { MINUTES_HELP, readSearch, SEARCH_HELP } from '../search-option.ts'
import { readSegment } from '../segment-option.ts'
import { readThreads, THREADS_FLAG, THREADS_HELP } from '../threads-option.ts'

export const trainCommand = defineCommand({
  name: 'train',
  summary: 'learn models from leads, events and deals, and keep each with its report',
  configure: (command) =>
    command
      .argument('[MODEL...]', 'definitions in the models folder; all of them by default')
      .option(
        '--segment <NAME>',
        'only the models of this segment, or for everyone; default: those for everyone, then each segment',
      )
      .option('--cutoff <T>', 'learn what was known before this time; default: where the data ends')
      .option('--seed <N>', 'instead of the seed of the definition')
      .option(
        '--landmarks <N>',
        'at most so many landmarks are looked at: of more, a sample of the accounts (default: 2000000)',
      )
      .option('--search', SEARCH_HELP)
      .option('--minutes <N>', MINUTES_HELP)
      .option(THREADS_FLAG, THREADS_HELP)
      .option('--no-promote', 'never make the first model of a name its champion'),
  async run(context, names, options): Promise<ExitCode> {
    const { config, json, print, say, now, signal } = context
    const cutoff = readCutoff(options, now())
    const seed = options.seed === undefined ? null : readInteger(options, 'seed', 0, LARGEST_SEED)
    const search = readSearch(options, context)
    const threads = readThreads(options)
    const mostLandmarks = readLandmarks(options)
    const { openDatabase } = await import('../../db/database.ts')
    const { promotionAdvice } = await import('../promote-model.ts')
    const { trainModels } = await import('../train-models.ts')
    const { modelReportLines } = await import('../../../training/report/model-report-text.ts')
    const { printable } = await import('../lead-page.ts')
    const { standInLines, standInNumbers } = await import('../stand-in-text.ts')
    const database = await openDatabase(config, { say, signal })
    let exitCode: ExitCode = 0
    try {
      const results = trainModels(context, database, {
        names,
        ...(options.segment === undefined ? {} : { segment: readSegment(options) }),
        promote: options.promote !== false,
        ...(cutoff === null ? {} : { cutoff }),
        ...(seed === null ? {} : { seed }),
        ...(mostLandmarks === null ? {} : { mostLandmarks }),
        ...(search ? { search } : {}),
        threads,
      })
      for await (const result of results) {
        const { name, segment, standIn } = result
        const title = modelTitle(result)
        const told = standIn === null ? [] : standInLines(name, standIn)
        const about = { name, segment: segment || null }
        const standInFields = standIn === null ? {} : standInNumbers(standIn)
        if ('tooLittleData' in result) {
          const { code, message } = result.tooLittleData
          // Of segments that nobody asked for by name it is no failure: the model for everyone serves them.
          if (segment === '' || options.segment !== undefined) exitCode = 3
          say(`${title} was not trained: ${message}`)
          if (json) print(JSON.stringify({ ...about, error: { code, message }, ...standInFields }))
          else if (told.length > 0) say(told.map(printable).join('\n'))
          continue
        }
        const { trained, kept, seconds } = result
        if (json) {
          print(JSON.stringify({ ...about, ...kept, seconds, report: trained.report, ...standInFields }))
          continue
        }
        const head = `${title} version ${kept.version} (sha256 ${kept.sha256.slice(0, 12)}), cut-off ${formatTime(result.cutoff)}, ${seconds.toFixed(1)} s`
        const advice =
          kept.alias === 'challenger'
            ? [promotionAdvice(result, kept.version, trained.report.gate?.verdict === 'pass')]
            : []
        const page = `As a page with charts: wonlost models report ${name} ${kept.version}${segment === '' ? '' : ` --segment ${segment}`}`
        const outcome = [head, `It is the ${kept.alias}: ${kept.reason}.`, ...advice, page, ...told]
        print([...modelReportLines(trained.report), '', ...outcome, ''].map(printable).join('\n'))
      }
      return exitCode
    } finally {
      await database.close()
    }
  },
})

/** null: as training has it. */
function readLandmarks(options: CommandOptions): number | null {
  return options.landmarks === undefined ? null : readInteger(options, 'landmarks', 1_000, 1_000_000_000)
}
