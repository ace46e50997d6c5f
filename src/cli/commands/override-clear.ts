import { defineCommand } from '../command.ts'

export const overrideClearCommand = defineCommand({
  name: 'override clear',
  summary: 'take a verdict by hand back',
  configure: (command) => command.argument('<LEAD>', 'id of a lead'),
  async run({ config, json, print, say, now, signal }, [leadId = '']) {
    const { openDatabase } = await import('../../db/database.ts')
    const { clearOverride } = await import('../../jobs/override-lead.ts')
    const { loadEngine } = await import('../../server/engine.ts')
    const { actingUser } = await import('../acting-user.ts')
    const { findLead } = await import('../find-lead.ts')
    const { leadPage } = await import('../lead-page.ts')
    const database = await openDatabase(config, { say, signal })
    try {
      await findLead(database.pool, leadId)
      const engine = await loadEngine(database.pool, config)
      const scored = await clearOverride(database.pool, engine, leadId, { by: actingUser() }, now())
      print(json ? JSON.stringify(scored) : leadPage(scored))
      return 0
    } finally {
      await database.close()
    }
  },
})
