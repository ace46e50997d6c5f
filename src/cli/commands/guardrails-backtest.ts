import { defineCommand, type ExitCode } from '../command.ts'
import { readInteger } from '../integer-option.ts'
import { readAsOf } from '../moment.ts'

export const guardrailsBacktestCommand = defineCommand({
  name: 'guardrails backtest',
  summary: 'what each rule would have stopped in the past, and the won deals it would have cost',
  configure: (command) =>
    command
      .option('--dry-run <FILE>', 'replay a changed file too, and say which leads it tells something else')
      .option('--as-of <T>', 'history up to this time; default: where the data ends')
      .option('--leads <N>', 'about so many leads, spread evenly; default: all'),
  async run(context, _arguments, options): Promise<ExitCode> {
    const { config, json, print, say, progress, now, signal } = context
    const at = now()
    const given = options.asOf === undefined ? null : readAsOf(options, at)
    const mostLeads = options.leads === undefined ? undefined : readInteger(options, 'leads', 1, 100_000_000)
    const { openDatabase } = await import('../../db/database.ts')
    const { findDataEnd } = await import('../../db/data-end.ts')
    const { backtestGuardrails } = await import('../../jobs/backtest-guardrails.ts')
    const { modelsFolder } = await import('../../package-folder.ts')
    const { loadEngine } = await import('../../server/engine.ts')
    const { readModelsFolder } = await import('../../server/models-folder.ts')
    const { readTriedGuardrails } = await import('../tried-guardrails.ts')
    const { backtestLines, changeLines } = await import('../guardrails-text.ts')
    const { printable } = await import('../lead-page.ts')
    const texts = await readModelsFolder(modelsFolder(config))
    // Before the database is opened: a fault in the file is told at once.
    const tried =
      typeof options.dryRun === 'string' ? await readTriedGuardrails(texts, options.dryRun) : undefined
    const database = await openDatabase(config, { say, signal })
    try {
      const engine = await loadEngine(database.pool, config)
      const until = given ?? (await findDataEnd(database.pool, at)).newest ?? at
      const found = await backtestGuardrails(database.pool, engine, {
        until,
        mostLeads,
        report: progress,
        signal,
        ...(tried ? { tried } : {}),
      })
      const { inForce, tried: after, changed } = found
      if (json) print(JSON.stringify(after ? { before: inForce, after, changed_leads: changed } : inForce))
      else {
        const lines = after ? changeLines(inForce, after, changed) : backtestLines(inForce)
        print(lines.map(printable).join('\n'))
      }
      return 0
    } finally {
      await database.close()
    }
  },
})
