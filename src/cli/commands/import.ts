import { Argument } from 'commander'
import { defineCommand } from '../command.ts'

export const importCommand = defineCommand({
  name: 'import',
  summary: 'read accounts, leads, deals or events from a CSV file',
  configure(command) {
    command
      .addArgument(
        new Argument('<kind>', 'what the rows are').choices(['accounts', 'leads', 'deals', 'events']),
      )
      .argument('<file>', 'CSV in UTF-8 with a header; divided by , ; tab or |')
      .option(
        '--trusted-times',
        'the times in the file are when the facts were known; without it they are known from now on, and training on the past cannot use them',
      )
      .option('--list <columns>', 'further traits that are lists divided by ; (names divided by ,)')
      .option('--text <columns>', 'traits to keep as text though they look like numbers (names divided by ,)')
      .addHelpText('after', HELP)
  },
  async run({ config, json, print, say, progress, now, signal }, [kindName, file], options) {
    const { openDatabase } = await import('../../db/database.ts')
    const { openCsv } = await import('../../ingest/csv-file.ts')
    const { importFile } = await import('../../ingest/import-file.ts')
    const { summaryInWords, summaryToJson, summaryWarnings } = await import('../../ingest/import-summary.ts')
    const { IMPORT_KINDS } = await import('../../ingest/kinds/index.ts')
    const kind = IMPORT_KINDS.find(({ name }) => name === kindName)!
    // A file that is no table is told before a database is started for it.
    await (await openCsv(file!)).handle.close()
    const database = await openDatabase(config, { say, signal })
    try {
      const summary = await importFile(database.pool, kind, file!, {
        now: now(),
        trustedTimes: options.trustedTimes === true,
        lists: names(options.list),
        texts: names(options.text),
        onProgress: (bytesRead, bytes) => progress(`Importing ${kind.name} (bytes)`, bytesRead, bytes),
        say,
        signal,
      })
      print(json ? JSON.stringify(summaryToJson(summary)) : summaryInWords(summary))
      for (const warning of summaryWarnings(summary)) say(`Note: ${warning}`)
      return summary.rejected > 0 ? 1 : 0
    } finally {
      await database.close()
    }
  },
})

function names(option: string | boolean | string[] | undefined): readonly string[] {
  return typeof option === 'string' ? option.split(',').map((name) => name.trim()) : []
}

/** The columns that src/ingest/kinds define (a test compares the two). */
const HELP = `
Columns (in any order; * must be there):
  accounts  account_id* created_at* known_at domain name industry employees country technologies funding_stage
            annual_revenue, and any other name for a trait
  leads     lead_id* created_at* account_id anonymous_id known_at email first_name last_name title phone country source
            campaign message student consent, and any other name for a trait
  deals     deal_id* opened_at* outcome* (won, lost, open) closed_at account_id pipeline (new_business if empty) amount
            currency lost_reason contacts (lead ids divided by ; the first is the primary one) stages (stage@time;...)
            known_at
  events    type* occurred_at* and lead_id or anonymous_id; event_id (a hash of the content if empty) known_at source
            properties (a JSON object)

Times are ISO 8601 with a zone: 2026-01-31T09:30:00Z. An empty cell says nothing: it never clears what is known.
Traits: true and false are read as such, numbers as numbers unless they begin with 0, technologies as a list.
known_at says since when a row was known; --trusted-times says so of the whole file.
Best order: accounts, leads, deals, events. Accounts that are named and unknown are created; deals need their leads.

The file is one transaction: interrupted, nothing was imported; repeated, nothing changes. Rows that cannot be used go to
FILE.rejected.csv with line, column and reason; corrected, that file can be imported too. Exit code 1 if there are any.`
