import { defineCommand } from '../command.ts'
import { leadPage } from '../lead-page.ts'
import { readAsOf } from '../moment.ts'

export const explainCommand = defineCommand({
  name: 'explain',
  summary: 'show why a lead has its score: a page that adds up',
  configure: (command) =>
    command
      .argument('<LEAD>', 'id of a lead')
      .option('--as-of <T>', 'with what was known before this time: now, or 2026-11-21T00:00:00Z', 'now'),
  async run({ config, json, print, say, now, signal }, [leadId = ''], options) {
    const asOf = readAsOf(options, now())
    const { openDatabase } = await import('../../db/database.ts')
    const { scoreOneLead } = await import('../../jobs/score-lead.ts')
    const { loadEngine } = await import('../../server/engine.ts')
    const database = await openDatabase(config, { say, signal })
    try {
      const engine = await loadEngine(database.pool, config)
      const scored = await scoreOneLead(database.pool, engine, leadId, asOf, { explain: true })
      print(json ? JSON.stringify(scored) : leadPage(scored))
      return 0
    } finally {
      await database.close()
    }
  },
})
