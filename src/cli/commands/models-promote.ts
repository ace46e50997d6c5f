import { defineCommand } from '../command.ts'

export const modelsPromoteCommand = defineCommand({
  name: 'models promote',
  summary: 'make a version of a model its champion: the one that serves',
  configure: (command) =>
    command
      .argument('<NAME>', 'conversion')
      .argument('<VERSION>', '3')
      .requiredOption('--reason <TEXT>', 'why, for the history of the model'),
  async run({ config, json, print, say, now, signal }, [name = '', given = ''], options) {
    const { readVersion } = await import('../find-model.ts')
    const { promoteModel, promotionLine, readReason } = await import('../promote-model.ts')
    const version = readVersion(given)
    const reason = readReason(options)
    const { openDatabase } = await import('../../db/database.ts')
    const database = await openDatabase(config, { say, signal })
    try {
      const promotion = await promoteModel(database.pool, { name, version, reason, now: now() })
      print(json ? JSON.stringify(promotion) : promotionLine(promotion))
      return 0
    } finally {
      await database.close()
    }
  },
})
