import { WonlostError } from '../../errors.ts'
import { formatTime } from '../../glossary.ts'
import { type CommandOptions, defineCommand } from '../command.ts'
import { printable } from '../lead-page.ts'
import { readNames } from '../names-option.ts'

export const modelsShowCommand = defineCommand({
  name: 'models show',
  summary: 'the report of a model: of its champion, or of the version named',
  configure: (command) =>
    command
      .argument('<NAME[@VERSION]>', 'conversion, or conversion@3')
      .option('--feature <NAME>', 'how its answer moves with a column, or with each of a feature or group')
      .option('--pair <A,B>', 'how it moves with two of them at once'),
  async run({ config, json, print, say, signal }, [given = ''], options) {
    const { findModel, readModelName } = await import('../find-model.ts')
    const { name, version } = readModelName(given)
    const asked = readAsked(options)
    const { openDatabase } = await import('../../db/database.ts')
    const { isTrainingReport } = await import('../../../training/report/model-report.ts')
    const { modelReportLines } = await import('../../../training/report/model-report-text.ts')
    const { askEffects } = await import('../../../training/report/ask-effects.ts')
    const database = await openDatabase(config, { say, signal })
    try {
      const model = await findModel(database.pool, name, version)
      const { alias, kind, artifactSha256: sha256, definitionVersion, createdBy, report } = model
      const createdAt = formatTime(model.createdAt)
      const about = { name, version: model.version, alias, kind, sha256 }
      const head = `${name} version ${model.version} (${alias ?? 'no alias'}), ${kind}, sha256 ${sha256}`
      if (asked) {
        const effects = isTrainingReport(report) ? report.effects : undefined
        const answer = askEffects(effects, asked, `${name} version ${model.version}`)
        print(
          json
            ? JSON.stringify({ ...about, ...answer.numbers })
            : [...answer.lines, '', head].map(printable).join('\n'),
        )
        return 0
      }
      if (json) {
        print(
          JSON.stringify({
            ...about,
            definition_version: definitionVersion,
            cutoff: formatTime(model.cutoff),
            created_at: createdAt,
            created_by: createdBy,
            report,
          }),
        )
        return 0
      }
      const lines = isTrainingReport(report)
        ? modelReportLines(report)
        : JSON.stringify(report, null, 2).split('\n')
      print([...lines, '', head, `Trained at ${createdAt} by ${createdBy}.`].map(printable).join('\n'))
      return 0
    } finally {
      await database.close()
    }
  },
})

/** What is asked of the report: null for all of it. */
function readAsked({ feature, pair }: CommandOptions) {
  if (feature !== undefined && pair !== undefined)
    throw new WonlostError('usage', 'Give --feature or --pair, not both.')
  if (typeof feature === 'string') return { feature }
  return typeof pair === 'string' ? { pair: readNames(pair) } : null
}
