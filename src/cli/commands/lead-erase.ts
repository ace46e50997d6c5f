import { WonlostError } from '../../errors.ts'
import { defineCommand } from '../command.ts'

export const leadEraseCommand = defineCommand({
  name: 'lead erase',
  summary: 'erase a person, for good, with everything that is kept of it',
  configure: (command) =>
    command
      .argument('<LEAD>', 'id of a lead')
      .option('--yes', 'do it: there is no way back')
      .addHelpText('after', HELP),
  async run({ config, json, print, say, now, signal }, [leadId = ''], { yes }) {
    if (yes !== true) {
      const message = `Nothing was erased: --yes says that it is meant. \`wonlost lead export ${leadId}\` shows what would go.`
      throw new WonlostError('usage', message)
    }
    const { openDatabase } = await import('../../db/database.ts')
    const { eraseLead } = await import('../../jobs/rights/erase-lead.ts')
    const { shownErasure } = await import('../../server/shown-erasure.ts')
    const database = await openDatabase(config, { say, signal })
    try {
      const erasure = shownErasure(leadId, await eraseLead(database.pool, leadId, now()))
      if (json) print(JSON.stringify(erasure))
      else {
        const rows = Object.values(erasure.rows).reduce((sum, count) => sum + count, 0)
        print(
          erasure.repeated
            ? `Erased already, at ${erasure.erased_at}. Rows that still mentioned it and went now: ${rows}.`
            : `Erased: ${rows} rows of ${erasure.leads === 1 ? 'one lead' : `${erasure.leads} leads that were one person`}.`,
        )
        say(
          'Until `wonlost db rewrite` the files of the database may still hold what was erased (docs/privacy.md).',
        )
      }
      return 0
    } finally {
      await database.close()
    }
  },
})

const HELP = `
Also of whoever was merged into it. Salted hashes of its names stay, so that no import and no message brings it back. Deals and the
company stay, without the person. Files that were imported, and what was exported, are yours to delete.`
