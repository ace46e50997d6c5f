import { defineCommand } from '../command.ts'

export const leadShowCommand = defineCommand({
  name: 'lead show',
  summary: 'everything known of a lead: traits, identities, deals, events, score, merges',
  configure: (command) => command.argument('<LEAD>', 'id of a lead'),
  async run({ config, json, print, say, now, signal }, [leadId = '']) {
    const { openDatabase } = await import('../../db/database.ts')
    const { endExpiredOverrides } = await import('../../db/expired-overrides.ts')
    const { findLead } = await import('../find-lead.ts')
    const { leadDetails, leadDetailsPage } = await import('../lead-details.ts')
    const database = await openDatabase(config, { say, signal })
    try {
      const found = await findLead(database.pool, leadId)
      // Facts are strictly before a moment: what was set a moment ago is among them.
      await endExpiredOverrides(database.pool, now())
      const details = await leadDetails(database.pool, found, now() + 1)
      if (found.lead.leadId !== leadId) say(`${leadId} was merged into ${found.lead.leadId}.`)
      print(json ? JSON.stringify(details) : leadDetailsPage(details))
      return 0
    } finally {
      await database.close()
    }
  },
})
