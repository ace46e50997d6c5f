import { defineCommand } from '../command.ts'
import { readText } from '../text-option.ts'

export const objectionSetCommand = defineCommand({
  name: 'objection set',
  summary: 'a person does not want to be scored: from now on never',
  configure: (command) =>
    command
      .argument('<LEAD>', 'id of a lead')
      .requiredOption('--reason <TEXT>', 'how and when the person said so'),
  async run({ config, json, print, say, now, signal }, [leadId = ''], options) {
    const { LIMITS } = await import('../../server/limits.ts')
    const reason = readText(options, 'reason', LIMITS.reason) ?? ''
    const { openDatabase } = await import('../../db/database.ts')
    const { setObjection } = await import('../../jobs/rights/object-lead.ts')
    const { shownObjection } = await import('../../server/shown-objection.ts')
    const { actingUser } = await import('../acting-user.ts')
    const { findLead } = await import('../find-lead.ts')
    const database = await openDatabase(config, { say, signal })
    try {
      await findLead(database.pool, leadId)
      const objection = await setObjection(database.pool, leadId, { reason, by: actingUser() }, now())
      print(
        json
          ? JSON.stringify(shownObjection(objection))
          : `${leadId} is not scored any more, and its stored scores are gone. \`wonlost objection clear\` takes it back.`,
      )
      return 0
    } finally {
      await database.close()
    }
  },
})
