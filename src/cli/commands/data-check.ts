import { defineCommand, type ExitCode } from '../command.ts'
import { readAsOf } from '../moment.ts'

export const dataCheckCommand = defineCommand({
  name: 'data check',
  summary: 'the verdict on the data, before any model: can you train, what is wrong, who converts',
  configure: (command) =>
    command
      .option('--model <NAME>', 'the definition to check for; default: the one that the policy decides by')
      .option('--as-of <T>', 'check what was known before this time; default: where the data ends'),
  async run(context, _arguments, options): Promise<ExitCode> {
    const { config, json, print, say, progress, now, signal } = context
    const at = now()
    const given = options.asOf === undefined ? null : readAsOf(options, at)
    const { openDatabase } = await import('../../db/database.ts')
    const { findDataEnd } = await import('../../db/data-end.ts')
    const { modelsFolder } = await import('../../package-folder.ts')
    const { readModelsFolder } = await import('../../server/models-folder.ts')
    const { parsePolicy } = await import('../../policy/policy.ts')
    const { chooseDefinitions } = await import('../training-choices.ts')
    const { measureData } = await import('../../../training/data-check/check-data.ts')
    const { checkReport } = await import('../../../training/data-check/report.ts')
    const { dataCheckLines } = await import('../../../training/data-check/report-text.ts')
    const texts = await readModelsFolder(modelsFolder(config))
    const decidingModel = parsePolicy(texts.policy.text, texts.policy.file).decided_by
    const name = typeof options.model === 'string' ? options.model : decidingModel
    const definition = chooseDefinitions(texts, [name])[0]!.definition
    const database = await openDatabase(config, { say, signal })
    try {
      const dataEnd = await findDataEnd(database.pool, at)
      const asOf = given ?? dataEnd.newest ?? at
      const checked = { asOf, now: at, dataEnd, report: progress, signal }
      const report = checkReport(await measureData(database.pool, definition, checked))
      print(json ? JSON.stringify(report) : dataCheckLines(report).join('\n'))
      return report.verdict.can_train ? 0 : 3
    } finally {
      await database.close()
    }
  },
})
