import { defineCommand } from '../command.ts'
import { readSegment, SEGMENT_FLAG, SEGMENT_HELP } from '../segment-option.ts'

export const modelsPromoteCommand = defineCommand({
  name: 'models promote',
  summary: 'make a version of a model its champion, the one that serves, if the gate let it pass',
  configure: (command) =>
    command
      .argument('<NAME>', 'conversion')
      .argument('<VERSION>', '3')
      .option(SEGMENT_FLAG, SEGMENT_HELP)
      .requiredOption('--reason <TEXT>', 'why, for the history of the model')
      .option('--force', 'also where the gate did not let it pass; the history says so'),
  async run({ config, json, print, say, now, signal }, [name = '', given = ''], options) {
    const { findModel, readVersion } = await import('../find-model.ts')
    const { championChange, changedText, readReason } = await import('../promote-model.ts')
    const version = readVersion(given)
    const reason = readReason(options)
    const segment = readSegment(options)
    const { openDatabase } = await import('../../db/database.ts')
    const { promote } = await import('../../jobs/change-champion.ts')
    const database = await openDatabase(config, { say, signal })
    try {
      await findModel(database.pool, name, version, segment)
      const change = { ...championChange(name, segment, reason, now()), force: options.force === true }
      print(changedText(await promote(database.pool, version, change), json))
      return 0
    } finally {
      await database.close()
    }
  },
})
