import { WonlostError } from '../../errors.ts'
import { defineCommand } from '../command.ts'

export const modelsRollbackCommand = defineCommand({
  name: 'models rollback',
  summary: 'make the version that was champion before the present one champion again',
  configure: (command) =>
    command
      .argument('<NAME>', 'conversion')
      .requiredOption('--reason <TEXT>', 'why, for the history of the model'),
  async run({ config, json, print, say, now, signal }, [name = ''], options) {
    const { findModel } = await import('../find-model.ts')
    const { promoteModel, promotionLine, readReason } = await import('../promote-model.ts')
    const reason = readReason(options)
    const { openDatabase } = await import('../../db/database.ts')
    const { previousChampion } = await import('../../db/model-history.ts')
    const database = await openDatabase(config, { say, signal })
    try {
      const version = await previousChampion(database.pool, name, '')
      if (version === null) {
        await findModel(database.pool, name, null)
        const message = `${name} had no other champion to go back to. To choose one: wonlost models list ${name}`
        throw new WonlostError('promotion_refused', message)
      }
      const promotion = await promoteModel(database.pool, { name, version, reason, now: now() })
      print(json ? JSON.stringify(promotion) : promotionLine(promotion))
      return 0
    } finally {
      await database.close()
    }
  },
})
