import { defineCommand } from '../command.ts'

export const objectionClearCommand = defineCommand({
  name: 'objection clear',
  summary: 'a person agrees to be scored again',
  configure: (command) => command.argument('<LEAD>', 'id of a lead'),
  async run({ config, json, print, say, signal }, [leadId = '']) {
    const { openDatabase } = await import('../../db/database.ts')
    const { clearObjection } = await import('../../jobs/rights/object-lead.ts')
    const { findLead } = await import('../find-lead.ts')
    const database = await openDatabase(config, { say, signal })
    try {
      await findLead(database.pool, leadId)
      await clearObjection(database.pool, leadId)
      print(
        json
          ? JSON.stringify({ objection: null })
          : `${leadId} is scored again: by a server that runs within seconds, else by the next \`wonlost score --all\`.`,
      )
      return 0
    } finally {
      await database.close()
    }
  },
})
