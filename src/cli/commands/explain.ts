import { WonlostError } from '../../errors.ts'
import { formatTime } from '../../glossary.ts'
import { accountPage } from '../account-page.ts'
import { type CommandOptions, defineCommand } from '../command.ts'
import { leadOutlook } from '../lead-outlook.ts'
import { leadPage } from '../lead-page.ts'
import { readAsOf, readMoment } from '../moment.ts'

export const explainCommand = defineCommand({
  name: 'explain',
  summary: 'show why a lead or an account has its score: a page that adds up',
  configure: (command) =>
    command
      .argument('[LEAD]', 'id of a lead')
      .option('--account <ID>', 'an account instead, with what each of its people contributed')
      .option('--as-of <T>', 'with what was known before this time: now, or 2026-11-21T00:00:00Z', 'now')
      .option('--since <T>', 'what changed since this time, reason by reason')
      .option(
        '--model <NAME>',
        'what changed, next steps and fall by this model (default: the one that decides)',
      ),
  async run({ config, json, print, say, now, signal }, [leadId = ''], options) {
    const asOf = readAsOf(options, now())
    const since = options.since === undefined ? undefined : readMoment('--since', options.since, now())
    if (since !== undefined && since >= asOf) {
      const message = `--since must be before ${formatTime(asOf)}, the time of the score. Given: ${formatTime(since)}.`
      throw new WonlostError('usage', message)
    }
    const accountId = typeof options.account === 'string' ? options.account : undefined
    requireOne(leadId, accountId, options)
    const model = typeof options.model === 'string' ? options.model : undefined
    const { openDatabase } = await import('../../db/database.ts')
    const { explainOneLead } = await import('../../jobs/explain-lead.ts')
    const { loadEngine } = await import('../../server/engine.ts')
    const database = await openDatabase(config, { say, signal })
    try {
      const engine = await loadEngine(database.pool, config)
      if (accountId !== undefined) {
        const { scoreOneAccount } = await import('../../jobs/score-account.ts')
        const scored = await scoreOneAccount(database.pool, engine, accountId, asOf, { explain: true })
        print(json ? JSON.stringify(scored) : accountPage(scored))
        return 0
      }
      const explained = await explainOneLead(database.pool, engine, leadId, asOf, { since, model })
      print(json ? JSON.stringify(explained) : leadPage(explained) + leadOutlook(explained))
      return 0
    } finally {
      await database.close()
    }
  },
})

function requireOne(leadId: string, accountId: string | undefined, options: CommandOptions): void {
  if ((leadId === '') === (accountId === undefined)) {
    const given = leadId === '' ? 'neither' : 'both'
    throw new WonlostError('usage', `explain takes the id of a lead, or --account. Given: ${given}.`)
  }
  const ofLeads = ['since', 'model'].find((name) => options[name] !== undefined)
  if (accountId !== undefined && ofLeads !== undefined)
    throw new WonlostError('usage', `--${ofLeads} is for leads. Given: --account.`)
}
