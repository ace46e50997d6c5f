import { Option } from 'commander'
import type { Database } from '../../db/database.ts'
import { WonlostError } from '../../errors.ts'
import { formatTime, type Milliseconds } from '../../glossary.ts'
import { ENCODING_NAMES } from '../../ingest/sources/encodings.ts'
import type { Engine } from '../../scoring/engine.ts'
import type { ScoredLead } from '../../scoring/scored-lead.ts'
import { accountLines } from '../account-page.ts'
import { type CommandContext, type CommandOptions, defineCommand, type ExitCode } from '../command.ts'
import { leadLines } from '../lead-page.ts'
import { readAsOf } from '../moment.ts'
import { tableOptions } from '../table-out.ts'
import { THREADS_FLAG } from '../threads-option.ts'

export const scoreCommand = defineCommand({
  name: 'score',
  summary:
    'score leads or accounts of the database: some by id, or all of them, whose scores are kept; or leads of a file',
  configure(command) {
    command
      .argument('[LEAD...]', 'ids of leads; their scores are printed, not kept')
      .option('--account <ID...>', 'accounts instead of leads, each with its people; printed, not kept')
      .option(
        '--all',
        'score every lead and every account, and keep the scores; goes on where it was interrupted',
      )
      .option('--restart', 'with --all: begin anew')
      .option(
        THREADS_FLAG,
        'with --all: threads that score; the scores are the same whatever the number (default: one a core, half as many where the embedded database needs the others; one for few leads)',
      )
      .option('--as-of <T>', 'with what was known before this time: now, or 2026-11-21T00:00:00Z', 'now')
      .option('--explain', 'with reasons; the default for leads by id and of a file')
      .option('--no-explain', 'without reasons')
    for (const option of FILE_OPTIONS) command.addOption(option)
    command.addHelpText('after', HELP)
  },
  async run(context, leadIds, options) {
    const ways = [
      leadIds.length > 0 && 'ids',
      options.account && '--account',
      options.all === true && '--all',
      options.file && '--file',
    ]
    const given = ways.filter((way) => way !== false && way !== undefined)
    if (given.length !== 1) {
      const shown = given.join(' and ') || 'neither'
      throw new WonlostError(
        'usage',
        `score takes ids of leads, --account, --all or --file. Given: ${shown}.`,
      )
    }
    if (options.all !== true)
      for (const flag of ['restart', 'threads'])
        if (options[flag] !== undefined)
          throw new WonlostError('usage', `--${flag} is for --all. Given: ${given[0]}.`)
    if (context.json && options.threads !== undefined)
      throw new WonlostError('usage', '--threads is not for --json, which prints every lead, in order.')
    if (options.file) {
      const { scoreFile } = await import('../score-file.ts')
      return scoreFile(context, options)
    }
    const ofFiles = FILE_OPTIONS.find((option) => options[option.attributeName()] !== undefined)
    if (ofFiles) throw new WonlostError('usage', `${ofFiles.long} is for --file. Given: ${given[0]}.`)
    return scoreOfDatabase(context, leadIds, options)
  },
})

const FILE_OPTIONS: readonly Option[] = [
  new Option('--file <FILE>', 'score the leads of this file, without any database'),
  ...tableOptions(),
  new Option(
    '--artifact <FILE...>',
    'with --file: the models that score, as "wonlost export model" writes them',
  ),
  new Option('--accounts <FILE>', 'with --file: the accounts of the leads'),
  new Option('--events <FILE>', 'with --file: what the leads did'),
  new Option('--map <MAP>', 'with --file: how the files of another system are read, as for import'),
  new Option('--zone <ZONE>', 'with --file: of times without a zone'),
  new Option('--encoding <ENCODING>', 'with --file: of the text, where it is not UTF-8').choices(
    ENCODING_NAMES,
  ),
  new Option(
    '--list <COLUMNS>',
    'with --file: further traits that are lists divided by ; (names divided by ,)',
  ),
  new Option('--text <COLUMNS>', 'with --file: traits to keep as text though they look like numbers'),
  new Option('--with-email', 'with --file: with the mail address, which is personal data'),
]

async function scoreOfDatabase(
  context: CommandContext,
  leadIds: readonly string[],
  options: CommandOptions,
): Promise<ExitCode> {
  const { config, json, print, say, now, signal } = context
  const startedAt = now()
  const asOf = readAsOf(options, startedAt)
  const explain = typeof options.explain === 'boolean' ? options.explain : options.all !== true
  const { openDatabase } = await import('../../db/database.ts')
  const { loadEngine } = await import('../../server/engine.ts')
  const show = (scored: ScoredLead) => print(json ? JSON.stringify(scored) : leadLines(scored).join('\n'))

  const database = await openDatabase(config, { say, signal })
  try {
    const engine = await loadEngine(database.pool, config)
    if (options.all === true)
      return await scoreAll(context, options, database, engine, { asOf, explain, show })
    if (Array.isArray(options.account)) {
      const { scoreOneAccount } = await import('../../jobs/score-account.ts')
      for (const id of options.account) {
        const scored = await scoreOneAccount(database.pool, engine, id, asOf, { explain })
        print(json ? JSON.stringify(scored) : accountLines(scored).join('\n'))
      }
      return 0
    }
    const { scoreOneLead } = await import('../../jobs/score-lead.ts')
    for (const leadId of leadIds) show(await scoreOneLead(database.pool, engine, leadId, asOf, { explain }))
    return 0
  } finally {
    await database.close()
  }
}

async function scoreAll(
  { config, json, print, say, progress, now, signal }: CommandContext,
  options: CommandOptions,
  database: Database,
  engine: Engine,
  how: {
    readonly asOf: Milliseconds
    readonly explain: boolean
    readonly show: (scored: ScoredLead) => void
  },
): Promise<ExitCode> {
  const { scoreLeads } = await import('../../jobs/score-leads.ts')
  const { scoringThreads } = await import('../scoring-threads.ts')
  const startedAt = now()
  const summary = await scoreLeads(database.pool, engine, {
    asOf: how.asOf,
    isNow: options.asOf === 'now',
    restart: options.restart === true,
    scoredAt: startedAt,
    cause: 'score',
    explain: how.explain,
    threads: scoringThreads(config, database, options),
    report: progress,
    say,
    signal,
    // A list of all leads is for programs; people get the summary.
    ...(json ? { onScored: how.show } : {}),
  })
  const seconds = (now() - startedAt) / 1_000
  const tell = json ? say : print
  tell(
    `Scored ${summary.leads} leads${summary.accounts > 0 ? ` and ${summary.accounts} accounts` : ''} as of ${formatTime(summary.asOf)} in ${seconds.toFixed(1)} s; ${summary.changed} scores changed.`,
  )
  tell(`Bands: ${countsText(summary.bands)}`)
  tell(`Verdicts: ${countsText(summary.verdicts)}`)
  return 0
}

function countsText(counts: Readonly<Record<string, number>>): string {
  const entries = Object.entries(counts).sort(([, a], [, b]) => b - a)
  return entries.map(([name, count]) => `${name} ${count}`).join(', ') || 'none'
}

const HELP = `
With --all: Ctrl-C keeps what is done. The same command goes on with the rest, as of the same time, unless models, policy or
guardrails changed or it is as of more than 12 hours ago; then, and with --json, which prints every lead, it begins anew.
Accounts are scored with their leads, where a model asks about them (models/account.yaml); --json lists the leads alone.

With --file: leads, accounts and events are read as "wonlost import" reads them, with the same columns, maps and rejected rows
(FILE.rejected.csv, exit code 1). Every row of the leads is a lead; what it says counts since its created_at, or known_at. Without
--accounts, columns whose names begin with account_ are traits of the lead's account: account_employees, account_industry.
Policy and guardrails are those of the models folder; only the artifacts that are given answer. Deals, verdicts set by hand and
merges are in the database only. Leads are streamed; accounts and events are held in memory, up to 2,000,000 in all.
The columns are those of "wonlost export scores".`
