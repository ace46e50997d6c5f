import { WonlostError } from '../../errors.ts'
import { formatTime, modelTitle } from '../../glossary.ts'
import { type CommandOptions, defineCommand } from '../command.ts'
import { printable } from '../lead-page.ts'
import { readNames } from '../names-option.ts'
import { readSegment, SEGMENT_FLAG, SEGMENT_HELP } from '../segment-option.ts'

export const modelsShowCommand = defineCommand({
  name: 'models show',
  summary: 'the report of a model: of its champion, or of the version named',
  configure: (command) =>
    command
      .argument('<NAME[@VERSION]>', 'conversion, or conversion@3')
      .option(SEGMENT_FLAG, SEGMENT_HELP)
      .option('--feature <NAME>', 'how its answer moves with a column, or with each of a feature or group')
      .option('--pair <A,B>', 'how it moves with two of them at once'),
  async run({ config, json, print, say, signal }, [given = ''], options) {
    const { findModel, readModelName } = await import('../find-model.ts')
    const { name, version } = readModelName(given)
    const asked = readAsked(options)
    const segment = readSegment(options)
    const { openDatabase } = await import('../../db/database.ts')
    const { isTrainingReport } = await import('../../../training/report/model-report.ts')
    const { modelReportLines } = await import('../../../training/report/model-report-text.ts')
    const { isRubricReport, rubricReportLines } = await import('../../../training/report/rubric-report.ts')
    const { aliasHistory } = await import('../../db/model-history.ts')
    const { askEffects } = await import('../../../training/report/ask-effects.ts')
    const database = await openDatabase(config, { say, signal })
    try {
      const model = await findModel(database.pool, name, version, segment)
      const { alias, kind, artifactSha256: sha256, definitionVersion, createdBy, report } = model
      const createdAt = formatTime(model.createdAt)
      const title = modelTitle(model)
      const about = { name, segment: segment || null, version: model.version, alias, kind, sha256 }
      const head = `${title} version ${model.version} (${alias ?? 'no alias'}), ${kind}, sha256 ${sha256}`
      if (asked) {
        const effects = isTrainingReport(report) ? report.effects : undefined
        const answer = askEffects(effects, asked, `${title} version ${model.version}`)
        print(
          json
            ? JSON.stringify({ ...about, ...answer.numbers })
            : [...answer.lines, '', head].map(printable).join('\n'),
        )
        return 0
      }
      const history = await aliasHistory(database.pool, name, segment)
      if (json) {
        print(
          JSON.stringify({
            ...about,
            definition_version: definitionVersion,
            cutoff: formatTime(model.cutoff),
            created_at: createdAt,
            created_by: createdBy,
            history: history.map(({ changedAt, changedBy, ...change }) => ({
              ...change,
              changed_at: formatTime(changedAt),
              changed_by: changedBy,
            })),
            report,
          }),
        )
        return 0
      }
      const lines = isTrainingReport(report)
        ? modelReportLines(report)
        : isRubricReport(report)
          ? rubricReportLines(report)
          : JSON.stringify(report, null, 2).split('\n')
      const champions = history
        .filter((change) => change.alias === 'champion')
        .map(
          ({ version, changedAt, changedBy, reason }) =>
            `  ${formatTime(changedAt)}  ${version === null ? 'none any more' : `version ${version}`}, by ${changedBy}: ${reason}`,
        )
      const served = champions.length > 0 ? ['', `Champions of ${title}, the newest first`, ...champions] : []
      const trained = `Trained at ${createdAt} by ${createdBy}.`
      print([...lines, '', head, trained, ...served].map(printable).join('\n'))
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
