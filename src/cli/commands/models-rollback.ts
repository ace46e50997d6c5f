import { defineCommand } from '../command.ts'
import { readSegment, SEGMENT_FLAG, SEGMENT_HELP } from '../segment-option.ts'

export const modelsRollbackCommand = defineCommand({
  name: 'models rollback',
  summary:
    'make the version that was champion before the present one champion again; before the first there was none',
  configure: (command) =>
    command
      .argument('<NAME>', 'conversion')
      .option(SEGMENT_FLAG, SEGMENT_HELP)
      .requiredOption('--reason <TEXT>', 'why, for the history of the model'),
  async run({ config, json, print, say, now, signal }, [name = ''], options) {
    const { findModel } = await import('../find-model.ts')
    const { championChange, changedText, readReason } = await import('../promote-model.ts')
    const reason = readReason(options)
    const segment = readSegment(options)
    const { openDatabase } = await import('../../db/database.ts')
    const { rollBack } = await import('../../jobs/change-champion.ts')
    const database = await openDatabase(config, { say, signal })
    try {
      await findModel(database.pool, name, null, segment)
      const change = championChange(name, segment, reason, now())
      print(changedText(await rollBack(database.pool, change), json))
      return 0
    } finally {
      await database.close()
    }
  },
})
