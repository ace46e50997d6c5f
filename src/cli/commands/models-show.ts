import { formatTime } from '../../glossary.ts'
import { defineCommand } from '../command.ts'

export const modelsShowCommand = defineCommand({
  name: 'models show',
  summary: 'the report of a model: of its champion, or of the version named',
  configure: (command) => command.argument('<NAME[@VERSION]>', 'conversion, or conversion@3'),
  async run({ config, json, print, say, signal }, [given = '']) {
    const { findModel, readModelName } = await import('../find-model.ts')
    const { name, version } = readModelName(given)
    const { openDatabase } = await import('../../db/database.ts')
    const { isTrainingReport } = await import('../../../training/report/model-report.ts')
    const { modelReportLines } = await import('../../../training/report/model-report-text.ts')
    const database = await openDatabase(config, { say, signal })
    try {
      const model = await findModel(database.pool, name, version)
      const { alias, kind, artifactSha256: sha256, definitionVersion, createdBy, report } = model
      const createdAt = formatTime(model.createdAt)
      if (json) {
        print(
          JSON.stringify({
            name,
            version: model.version,
            alias,
            kind,
            sha256,
            definition_version: definitionVersion,
            cutoff: formatTime(model.cutoff),
            created_at: createdAt,
            created_by: createdBy,
            report,
          }),
        )
        return 0
      }
      const lines = isTrainingReport(report) ? modelReportLines(report) : [JSON.stringify(report, null, 2)]
      const head = `${name} version ${model.version} (${alias ?? 'no alias'}), ${kind}, sha256 ${sha256}`
      print([...lines, '', head, `Trained at ${createdAt} by ${createdBy}.`].join('\n'))
      return 0
    } finally {
      await database.close()
    }
  },
})
