import { defineCommand } from '../command.ts'

export const dbRewriteCommand = defineCommand({
  name: 'db rewrite',
  summary: 'rewrite the files of all tables, so that nothing of what was erased stays in them',
  configure: (command) => command.addHelpText('after', HELP),
  async run({ config, json, print, say, signal }) {
    const { openDatabase } = await import('../../db/database.ts')
    const { rewriteTables } = await import('../../db/rewrite-tables.ts')
    const { JOBS_SCHEMA } = await import('../../jobs/background.ts')
    const database = await openDatabase(config, { say, signal })
    try {
      const done = await rewriteTables(database.pool, { schemas: ['wonlost', JOBS_SCHEMA], say, signal })
      if (!done.statistics)
        say(
          'Statistics of the planner may still quote values: a superuser runs VACUUM FULL pg_catalog.pg_statistic.',
        )
      print(json ? JSON.stringify(done) : `${done.tables} tables rewritten.`)
      return 0
    } finally {
      await database.close()
    }
  },
})

const HELP = `
Each table is locked while it is rewritten, and needs its size once more on the disk: do it when little happens. Write-ahead logs and
backups hold the old state for as long as you keep them.`
