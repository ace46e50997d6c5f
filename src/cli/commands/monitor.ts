import { defineCommand, type ExitCode } from '../command.ts'
import { readDays } from '../days-option.ts'
import { readAsOf } from '../moment.ts'

export const monitorCommand = defineCommand({
  name: 'monitor',
  summary: 'are the leads, and what becomes of them, still as in training; exit 2 when a limit is crossed',
  configure: (command) =>
    command
      .argument('[MODEL...]', 'models that serve; all of them by default')
      .option('--as-of <T>', 'look at what was known before this time; default: now')
      .option('--window <D>', 'the leads of so many days before it, 7d to 365d (default: 30d)'),
  async run(context, names, options): Promise<ExitCode> {
    const { config, json, print, say, progress, now, signal } = context
    const asOf = readAsOf(options, now())
    const { openDatabase } = await import('../../db/database.ts')
    const { findDataEnd } = await import('../../db/data-end.ts')
    const { formatTime, DAY } = await import('../../glossary.ts')
    const { DEFAULT_WINDOW_DAYS, runMonitor } = await import('../run-monitor.ts')
    const { monitorLines } = await import('../../../training/monitor/monitor-text.ts')
    const { printable } = await import('../lead-page.ts')
    const windowDays =
      options.window === undefined ? DEFAULT_WINDOW_DAYS : readDays(options, 'window', 7, 365)
    const database = await openDatabase(config, { say, signal })
    try {
      const { newest } = await findDataEnd(database.pool, now())
      if (newest !== null && asOf - newest > DAY)
        say(
          `Nothing is recorded after ${formatTime(newest)}: --as-of ${formatTime(newest)} looks at what there is.`,
        )
      const asked = { names, asOf, windowDays, now, report: progress, signal }
      const { reports, untrained } = await runMonitor(database.pool, config, asked)
      for (const name of untrained) {
        const because =
          'The rubric answers, for nothing was trained and promoted: there is nothing to compare with.'
        if (json) print(JSON.stringify({ model: name, verdict: 'too_little', because }))
        else say(`${name}: ${because}`)
      }
      for (const report of reports)
        print(json ? JSON.stringify(report) : [...monitorLines(report), ''].map(printable).join('\n'))
      const verdicts = reports.map(({ verdict }) => verdict)
      if (verdicts.includes('crossed')) return 2
      return verdicts.includes('steady') ? 0 : 3
    } finally {
      await database.close()
    }
  },
})
