import { defineCommand } from '../command.ts'

export const leadExportCommand = defineCommand({
  name: 'lead export',
  summary: 'everything that is kept of a person, as JSON',
  configure: (command) => command.argument('<LEAD>', 'id of a lead'),
  async run({ config, json, print, say, now, signal }, [leadId = '']) {
    const { openDatabase } = await import('../../db/database.ts')
    const { exportLead } = await import('../../jobs/rights/export-lead.ts')
    const { findLead } = await import('../find-lead.ts')
    const database = await openDatabase(config, { say, signal })
    try {
      await findLead(database.pool, leadId)
      const exported = await exportLead(database.pool, leadId, now())
      print(JSON.stringify(exported, null, json ? 0 : 2))
      return 0
    } finally {
      await database.close()
    }
  },
})
