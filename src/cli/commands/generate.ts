import { Argument, Option } from 'commander'
import type { WriteSettings } from '../../../data/exports/write-export.ts'
import type { GenerateSettings } from '../../../data/load.ts'
import type { SimulationOptions } from '../../../data/simulator/process.ts'
import { WonlostError } from '../../errors.ts'
import { formatTime, type Milliseconds, parseTime } from '../../glossary.ts'
import { type CommandContext, type CommandOptions, defineCommand, type ExitCode } from '../command.ts'
import { readDays } from '../days-option.ts'
import { LARGEST_SEED, readInteger } from '../integer-option.ts'

export const MOST_LEADS = 2_000_000

/** Fixed, so that everybody who types `wonlost generate` gets the same history. */
const DEFAULT_END = '2026-11-01T00:00:00Z'

export const generateCommand = defineCommand({
  name: 'generate',
  summary:
    'simulate the sales history of a B2B company, with known truth, into the database, or as exports of a CRM',
  configure: (command) =>
    command
      .addArgument(new Argument('[folder]', 'with --as: where the files go'))
      .addOption(
        new Option('--as <CRM>', 'write what this CRM exports into FOLDER; no database is needed').choices([
          'hubspot',
          'salesforce',
        ]),
      )
      .option('--leads <N>', 'leads to simulate', '20000')
      .option('--seed <N>', 'of the simulation', '7')
      .option('--months <N>', 'months that the history covers, 6 to 60', '24')
      .option('--ends-at <T>', 'where the history ends, ISO 8601 with a zone', DEFAULT_END)
      .option('--no-drift', 'campaigns, markets and the worth of sources stay as they are')
      .option('--campaign-change <D>', 'other campaigns for so long before the end, in whole days: 30d')
      .option('--reset', 'remove an earlier simulation first; rows of other sources, and other files, stay'),
  async run(context, [folder], options): Promise<ExitCode> {
    const simulation = {
      leads: readInteger(options, 'leads', 1, MOST_LEADS),
      seed: readInteger(options, 'seed', 0, LARGEST_SEED),
      months: readInteger(options, 'months', 6, 60),
      endsAt: readEnd(options),
      drift: options.drift !== false,
      ...readCampaignChange(options),
    }
    const settings = { reset: options.reset === true, report: context.progress, signal: context.signal }
    if ((options.as === undefined) !== (folder === undefined)) {
      throw new WonlostError(
        'usage',
        folder === undefined
          ? `--as needs a folder for its files: wonlost generate --as ${options.as} FOLDER.`
          : `A folder is for exports: wonlost generate --as hubspot|salesforce ${folder}. Without both, the history goes into the database.`,
      )
    }
    if (folder === undefined) await intoDatabase(context, simulation, settings)
    else await intoFolder(context, folder, options.as, simulation, settings)
    return 0
  },
})

async function intoDatabase(
  { config, json, print, say, signal, now }: CommandContext,
  simulation: SimulationOptions,
  settings: GenerateSettings,
): Promise<void> {
  const { openDatabase } = await import('../../db/database.ts')
  const { generateInto } = await import('../../../data/load.ts')
  const { summaryJson, summaryText } = await import('../../../data/load/summary.ts')
  const database = await openDatabase(config, { say, signal })
  try {
    const startedAt = now()
    const tally = await generateInto(database.pool, simulation, settings)
    const seconds = (now() - startedAt) / 1_000
    print(
      json
        ? JSON.stringify(summaryJson(tally, simulation, seconds))
        : summaryText(tally, simulation, seconds),
    )
  } finally {
    await database.close()
  }
}

async function intoFolder(
  { json, print, say, now }: CommandContext,
  folder: string,
  as: CommandOptions[string],
  simulation: SimulationOptions,
  settings: WriteSettings,
): Promise<void> {
  const { CRM_EXPORTS } = await import('../../../data/exports/index.ts')
  const { exportSummaryJson, exportSummaryText } = await import('../../../data/exports/summary.ts')
  const { writeExport } = await import('../../../data/exports/write-export.ts')
  const crm = CRM_EXPORTS.find((one) => one.crm === as)!
  const startedAt = now()
  const written = await writeExport(crm, folder, simulation, settings)
  if (simulation.endsAt > now())
    say('Note: the history ends in the future, and imports turn down what is not yet.')
  const seconds = (now() - startedAt) / 1_000
  print(
    json
      ? JSON.stringify(exportSummaryJson(crm, folder, written, simulation, seconds))
      : exportSummaryText(crm, folder, written, simulation, seconds),
  )
}

function readCampaignChange(options: CommandOptions): Pick<SimulationOptions, 'campaignChangeDays'> {
  if (options.campaignChange === undefined) return {}
  return { campaignChangeDays: readDays(options, 'campaignChange', 1, 365) }
}

function readEnd({ endsAt }: CommandOptions): Milliseconds {
  const time = typeof endsAt === 'string' ? parseTime(endsAt) : Number.NaN
  if (!Number.isNaN(time)) return time
  throw new WonlostError(
    'usage',
    `--ends-at is ISO 8601 with a zone, such as ${formatTime(parseTime(DEFAULT_END))}; given: ${endsAt}.`,
    { field: 'ends-at' },
  )
}
