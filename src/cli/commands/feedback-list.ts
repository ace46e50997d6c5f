import { defineCommand } from '../command.ts'

/** Of one lead, at most. */
const LIMIT = 1_000

export const feedbackListCommand = defineCommand({
  name: 'feedback list',
  summary: 'what was said of a lead, and its verdicts by hand, the newest first',
  configure: (command) => command.argument('<LEAD>', 'id of a lead'),
  async run({ config, json, print, say, signal }, [leadId = '']) {
    const { openDatabase } = await import('../../db/database.ts')
    const { listFeedback } = await import('../../db/feedback.ts')
    const { listOverrides } = await import('../../db/overrides.ts')
    const { shownFeedback, shownOverride } = await import('../../server/shown-feedback.ts')
    const { feedbackLine, overrideLine } = await import('../feedback-text.ts')
    const { findLead } = await import('../find-lead.ts')
    const database = await openDatabase(config, { say, signal })
    try {
      const { lead } = await findLead(database.pool, leadId)
      const found = await listFeedback(database.pool, lead.leadId, { limit: LIMIT, before: null })
      const feedback = found.map(shownFeedback)
      const overrides = (await listOverrides(database.pool, 'lead', lead.leadId, LIMIT)).map(shownOverride)
      if (json) print(JSON.stringify({ lead_id: lead.leadId, feedback, overrides }))
      else {
        for (const one of feedback) print(feedbackLine(one))
        for (const one of overrides) print(overrideLine(one))
        if (feedback.length + overrides.length === 0) say(`Nothing was said of ${lead.leadId}.`)
      }
      return 0
    } finally {
      await database.close()
    }
  },
})
