import { formatTime, modelTitle } from '../../glossary.ts'
import { defineCommand } from '../command.ts'
import { printable } from '../lead-page.ts'

export const modelsListCommand = defineCommand({
  name: 'models list',
  summary: 'every version of every model, the newest first, with what serves',
  configure: (command) => command.argument('[NAME]', 'only this model'),
  async run({ config, json, print, say, signal }, [name]) {
    const { openDatabase } = await import('../../db/database.ts')
    const { aliasesNow } = await import('../../db/model-aliases.ts')
    const { listModels } = await import('../../db/models.ts')
    const { verdictOf } = await import('../../jobs/gate-verdict.ts')
    const { isTrainingReport } = await import('../../../training/report/model-report.ts')
    const { textTable } = await import('../../../training/report/text-table.ts')
    const database = await openDatabase(config, { say, signal })
    try {
      const aliases = await aliasesNow(database.pool)
      const models = (await listModels(database.pool, name)).map((model) => {
        const set = aliases.find(
          ({ name, segment, alias }) =>
            name === model.name && segment === model.segment && alias === model.alias,
        )
        const report = isTrainingReport(model.report) ? model.report : null
        const all = report?.evaluation.find((evaluation) => evaluation.set === 'all_landmarks')
        return {
          name: model.name,
          segment: model.segment || null,
          version: model.version,
          alias: model.alias,
          kind: model.kind,
          sha256: model.artifactSha256,
          definition_version: model.definitionVersion,
          cutoff: formatTime(model.cutoff),
          created_at: formatTime(model.createdAt),
          created_by: model.createdBy,
          auc: all?.metrics.auc ?? null,
          log_loss: all?.metrics.log_loss ?? null,
          gate: verdictOf(model.report),
          alias_since: set ? formatTime(set.changedAt) : null,
          alias_by: set?.changedBy ?? null,
          alias_because: set?.reason ?? null,
        }
      })
      if (json) {
        for (const model of models) print(JSON.stringify(model))
        return 0
      }
      if (models.length === 0) {
        say('There are no trained models yet: the rubric serves. To train some: wonlost train')
        return 0
      }
      const header = [
        'model',
        'version',
        'alias',
        'kind',
        'cut-off',
        'trained',
        'AUC',
        'log loss',
        'gate',
        'sha256',
      ]
      const rows = models.map((model) => [
        titleOf(model),
        String(model.version),
        model.alias ?? '',
        model.kind,
        model.cutoff.slice(0, 10),
        model.created_at.slice(0, 16),
        model.auc?.toFixed(3) ?? '-',
        model.log_loss?.toFixed(4) ?? '-',
        model.gate ?? '-',
        model.sha256.slice(0, 12),
      ])
      const alignments = [
        'left',
        'right',
        'left',
        'left',
        'left',
        'left',
        'right',
        'right',
        'left',
        'left',
      ] as const
      const why = models.flatMap((model) =>
        model.alias === 'champion'
          ? [
              `${titleOf(model)} ${model.version} serves since ${model.alias_since}, by ${model.alias_by}: ${model.alias_because}`,
            ]
          : [],
      )
      const lines = [...textTable([header, ...rows], alignments), ...(why.length > 0 ? ['', ...why] : [])]
      print(lines.map(printable).join('\n'))
      return 0
    } finally {
      await database.close()
    }
  },
})

function titleOf({ name, segment }: { readonly name: string; readonly segment: string | null }): string {
  return modelTitle({ name, segment: segment ?? '' })
}
