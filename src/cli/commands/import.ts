import { Argument, Option } from 'commander'
import { WonlostError } from '../../errors.ts'
import type { ImportKind } from '../../ingest/define-import.ts'
import type { ImportMap } from '../../ingest/import-map.ts'
import type { FileFormat, SourceSpec } from '../../ingest/open-source.ts'
import type { RowSource } from '../../ingest/row-source.ts'
import type { EncodingName } from '../../ingest/sources/encodings.ts'
import { type CommandContext, type CommandOptions, defineCommand, type ExitCode } from '../command.ts'
import { readNames } from '../names-option.ts'

const KINDS = ['accounts', 'leads', 'deals', 'deal-contacts', 'deal-stages', 'events'] as const

export const importCommand = defineCommand({
  name: 'import',
  summary: 'read accounts, leads, deals or events: CSV, JSON lines, Parquet, or a SELECT elsewhere',
  configure(command) {
    command
      .addArgument(new Argument('<kind>', 'what the rows are').choices(KINDS))
      .argument('[file]', 'CSV with a header, JSON lines, or Parquet; or else --from-sql')
      .option(
        '--map <map>',
        'how the file of another system is read: hubspot, salesforce, or a file of yours',
      )
      .option('--suggest', 'read the header and first rows, and print a map to edit; imports nothing')
      .option('--dry-run', 'do everything, then undo it: says what would happen')
      .option(
        '--trusted-times',
        'the times in the file are when the facts were known; without it they are known from now on, and training on the past cannot use them',
      )
      .option('--zone <zone>', 'of times without a zone, such as Europe/Berlin; overrides that of the map')
      .addOption(
        new Option('--format <format>', 'what the file is, where its name does not say').choices([
          'csv',
          'jsonl',
          'parquet',
        ]),
      )
      .addOption(
        new Option('--encoding <encoding>', 'of the text, where it is not UTF-8').choices([
          'utf-8',
          'utf-16le',
          'utf-16be',
          'latin1',
          'windows-1252',
        ]),
      )
      .option(
        '--from-sql <file>',
        'one SELECT, run in the PostgreSQL of --source; its columns are the header',
      )
      .option('--source <url>', 'postgres://... or env:NAME, the variable that holds it; only read')
      .option('--list <columns>', 'further traits that are lists divided by ; (names divided by ,)')
      .option('--text <columns>', 'traits to keep as text though they look like numbers (names divided by ,)')
      .addHelpText('after', HELP)
  },
  async run(context, [kindName, file], options) {
    const { IMPORT_KINDS } = await import('../../ingest/kinds/index.ts')
    const { loadImportMap } = await import('../../ingest/load-import-map.ts')
    const { openSource } = await import('../../ingest/open-source.ts')
    const kind = IMPORT_KINDS.find(({ name }) => name === kindName?.replace('-', '_'))!
    checkUsage(file, options)
    const map = typeof options['map'] === 'string' ? await loadImportMap(options['map']) : undefined
    // What is no table is told before a database is started for it.
    const source = await openSource(sourceOf(file, options, map), context.signal)
    try {
      if (options['suggest'] === true) {
        const { suggestMap } = await import('../../ingest/suggest-map.ts')
        const suggestion = await suggestMap(kind, source)
        context.print(context.json ? JSON.stringify(suggestion.map) : suggestion.yaml.trimEnd())
        return 0
      }
      return await importInto(context, kind, source, map, options)
    } finally {
      await source.close()
    }
  },
})

/** What --suggest, which imports nothing, has no use for. */
const OF_IMPORTS = ['map', 'dryRun', 'trustedTimes', 'zone', 'list', 'text']

function checkUsage(file: string | undefined, options: CommandOptions): void {
  const { fromSql, source, format, encoding, suggest } = options
  const wrong = (message: string): never => {
    throw new WonlostError('usage', message)
  }
  if (file === undefined && fromSql === undefined) wrong('A file is needed, or --from-sql with --source.')
  if (file !== undefined && fromSql !== undefined)
    wrong(`Either a file or --from-sql. Given: both, ${file} and ${fromSql}.`)
  if (fromSql !== undefined && source === undefined)
    wrong('--from-sql needs --source: the address of the database, or env:NAME.')
  if (fromSql === undefined && source !== undefined) wrong('--source is for --from-sql.')
  if (fromSql !== undefined && (format ?? encoding) !== undefined)
    wrong('--format and --encoding are for files.')
  const idle = OF_IMPORTS.find((name) => options[name] !== undefined)
  if (suggest === true && idle)
    wrong(`--suggest imports nothing, and takes no --${idle.replace(/[A-Z]/g, '-$&').toLowerCase()}.`)
}

function sourceOf(file: string | undefined, options: CommandOptions, map: ImportMap | undefined): SourceSpec {
  const { fromSql, format, encoding } = options
  if (typeof fromSql === 'string') return { sqlFile: fromSql, url: sourceUrl(String(options['source'])) }
  return {
    file: file!,
    // Commander takes no others.
    format: format as FileFormat | undefined,
    encoding: encoding as EncodingName | undefined,
    usualEncoding: map?.encoding,
  }
}

/** `env:NAME` keeps the password out of the shell's history and of the list of processes. */
function sourceUrl(source: string): string {
  const variable = /^env:(.*)$/s.exec(source)?.[1]
  if (variable === undefined) return source
  const url = process.env[variable]
  if (url) return url
  throw new WonlostError(
    'usage',
    `--source names the environment variable ${JSON.stringify(variable)}, which is not set.`,
  )
}

async function importInto(
  { config, json, print, say, progress, now, signal }: CommandContext,
  kind: ImportKind,
  source: RowSource,
  map: ImportMap | undefined,
  options: CommandOptions,
): Promise<ExitCode> {
  const { openDatabase } = await import('../../db/database.ts')
  const { importSource } = await import('../../ingest/import-file.ts')
  const { summaryInWords, summaryToJson, summaryWarnings } = await import('../../ingest/import-summary.ts')
  const { planRows } = await import('../../ingest/plan-rows.ts')
  const plan = {
    map,
    zone: typeof options['zone'] === 'string' ? options['zone'] : undefined,
    lists: readNames(options['list']),
    texts: readNames(options['text']),
  }
  // Neither is one started for a header that does not fit.
  planRows(kind, source.header, source.path, plan)
  const database = await openDatabase(config, { say, signal })
  try {
    const dryRun = options['dryRun'] === true
    const step = `${dryRun ? 'Trying' : 'Importing'} ${source.path} (${source.unit})`
    let told = 0
    const summary = await importSource(database.pool, kind, source, {
      ...plan,
      now: now(),
      trustedTimes: options['trustedTimes'] === true,
      dryRun,
      onProgress: (done, total) => {
        if (total !== null) progress(step, done, total)
        else if (done >= told + ROWS_OF_A_STEP) {
          told = done
          progress(`${step}: ${done.toLocaleString('en-US')}`)
        }
      },
      say,
      signal,
    })
    print(json ? JSON.stringify(summaryToJson(summary)) : summaryInWords(summary))
    for (const warning of summaryWarnings(summary)) say(`Note: ${warning}`)
    return summary.rejected > 0 ? 1 : 0
  } finally {
    await database.close()
  }
}

/** Where nobody knows how many rows there will be. */
const ROWS_OF_A_STEP = 100_000

/** The columns that src/ingest/kinds define (a test compares the two). */
const HELP = `
Columns (in any order; * must be there):
  accounts       account_id* created_at* other_ids known_at domain name industry employees country technologies
                 funding_stage annual_revenue, and any other name for a trait
  leads          lead_id* created_at* other_ids account_id account_domain user_id anonymous_id known_at email first_name
                 last_name title phone country source campaign message student consent, and any other name for a trait
  deals          deal_id* opened_at* outcome* (won, lost, open) closed_at account_id pipeline (new_business if empty)
                 amount currency lost_reason contacts (lead ids divided by ; the first is the primary one)
                 stages (stage@time;...) known_at
  deal-contacts  deal_id* lead_id* is_primary
  deal-stages    deal_id* stage* entered_at* known_at
  events         type* occurred_at* and lead_id, email, user_id or anonymous_id; event_id (a hash of the content if empty)
                 known_at source properties (a JSON object)
With --map the file keeps its own names; --suggest writes a map to begin with.

Files end in .csv .tsv .txt (divided by , ; tab or |), .jsonl .ndjson (a JSON object a line) or .parquet; --format says so
where the name does not. Text is UTF-8, with or without a byte order mark, or UTF-16 with one; --encoding names others.
Compressed files are not read.
--from-sql runs one SELECT in another PostgreSQL, in a transaction that can change nothing there:
  wonlost import leads --from-sql leads.sql --source env:CRM_DATABASE_URL

Times are ISO 8601 with a zone: 2026-01-31T09:30:00Z; without one, --zone or the map says which. An empty cell says nothing:
it never clears what is known. Traits: true and false are read as such, numbers as numbers unless they begin with 0,
technologies as a list. Columns that give the outcome away (stage, probability, last activity...) are left out, and named.
known_at says since when a row was known; --trusted-times says so of the whole file.
Best order: accounts, leads, deals, deal-contacts, deal-stages, events. Accounts that are named and unknown are created;
deals need their leads.

The file is one transaction: interrupted, nothing was imported; repeated, nothing changes. Rows that cannot be used go to
FILE.rejected.csv (.jsonl unless it is CSV) with line, column and reason; corrected, that file can be imported with the same
options. Exit code 1 if there are any. --dry-run writes nothing, there neither.`
