import { WonlostError } from '../../errors.ts'
import { DAY, type Milliseconds, parseTime, VERDICT_STATUSES } from '../../glossary.ts'
import { defineCommand } from '../command.ts'
import { readText } from '../text-option.ts'

export const overrideSetCommand = defineCommand({
  name: 'override set',
  summary: 'overrule the verdict of a lead until a date, with a reason',
  configure: (command) =>
    command
      .argument('<LEAD>', 'id of a lead')
      .argument('<VERDICT>', VERDICT_STATUSES.join(', '))
      .requiredOption('--reason <TEXT>', 'why, for whoever wonders')
      .requiredOption('--until <T>', 'from then on the rules hold again: 2026-12-31T00:00:00Z, or 14d')
      .addHelpText('after', HELP),
  async run({ config, json, print, say, now, signal }, [leadId = '', verdict = ''], options) {
    const at = now()
    const status = VERDICT_STATUSES.find((one) => one === verdict)
    if (!status) {
      const message = `VERDICT must be one of ${VERDICT_STATUSES.join(', ')}. Given: ${JSON.stringify(verdict)}.`
      throw new WonlostError('usage', message)
    }
    const expiresAt = readEnd(String(options.until), at)
    const { LIMITS } = await import('../../server/limits.ts')
    const reason = readText(options, 'reason', LIMITS.reason) ?? ''
    const { openDatabase } = await import('../../db/database.ts')
    const { setOverride } = await import('../../jobs/override-lead.ts')
    const { loadEngine } = await import('../../server/engine.ts')
    const { actingUser } = await import('../acting-user.ts')
    const { findLead } = await import('../find-lead.ts')
    const { leadPage } = await import('../lead-page.ts')
    const database = await openDatabase(config, { say, signal })
    try {
      await findLead(database.pool, leadId)
      const engine = await loadEngine(database.pool, config)
      const given = { status, reason, expiresAt, by: actingUser() }
      const scored = await setOverride(database.pool, engine, leadId, given, at)
      print(json ? JSON.stringify(scored) : leadPage(scored))
      return 0
    } finally {
      await database.close()
    }
  },
})

/** A time, or a span of days from now. */
function readEnd(given: string, now: Milliseconds): Milliseconds {
  const days = /^(\d{1,4})d$/.exec(given)?.[1]
  const time = days === undefined ? parseTime(given) : now + Number(days) * DAY
  if (!Number.isNaN(time)) return time
  const allowed =
    'a time from 1970 on with a zone, such as 2026-12-31T00:00:00Z, or a span of days, such as 14d'
  throw new WonlostError('usage', `--until must be ${allowed}. Given: ${JSON.stringify(given)}.`)
}

const HELP = `
The lead is scored again at once, and its probability stays what it is. What the rules say alone stays beside it, and holds again by
itself from the end on. It may hold for 366 days: what should hold longer is a rule.`
