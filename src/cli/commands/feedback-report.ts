import { defineCommand } from '../command.ts'
import { readDays } from '../days-option.ts'
import { readAsOf, readMoment } from '../moment.ts'

const DEFAULT_DAYS = 90

export const feedbackReportCommand = defineCommand({
  name: 'feedback report',
  summary: 'what came of the scores in sales: rejections, response times, stages reached, length of deals',
  configure: (command) =>
    command
      .option('--as-of <T>', 'what happened and was told before this time; default: now')
      .option('--window <D>', 'what was said within so many days before it, 1d to 3650d (default: 90d)')
      .option('--horizon <D>', 'how long a lead has for a stage, and a deal to be won (default: 90d)')
      .option('--began <T>', 'when sales began to work by scores (default: the first scoring)'),
  async run({ config, json, print, say, now, signal }, _arguments, options) {
    const at = now()
    const asOf = readAsOf(options, at)
    const days = (name: 'window' | 'horizon'): number =>
      options[name] === undefined ? DEFAULT_DAYS : readDays(options, name, 1, 3_650)
    const asked = {
      ...{ asOf, windowDays: days('window'), horizonDays: days('horizon'), now: at },
      began: options.began === undefined ? undefined : readMoment('--began', options.began, at),
    }
    const { openDatabase } = await import('../../db/database.ts')
    const { feedbackReport } = await import('../../jobs/feedback/report.ts')
    const { loadEngine } = await import('../../server/engine.ts')
    const { feedbackReportLines } = await import('../feedback-text.ts')
    const { printable } = await import('../lead-page.ts')
    const database = await openDatabase(config, { say, signal })
    try {
      const engine = await loadEngine(database.pool, config)
      const report = await feedbackReport(database.pool, engine, asked)
      const labels = new Map(
        engine.policy.feedback.rejection_reasons.map(({ name, label }) => [name, label] as const),
      )
      print(json ? JSON.stringify(report) : feedbackReportLines(report, labels).map(printable).join('\n'))
      return 0
    } finally {
      await database.close()
    }
  },
})
