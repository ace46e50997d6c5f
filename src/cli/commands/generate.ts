import { WonlostError } from '../../errors.ts'
import { formatTime, type Milliseconds, parseTime } from '../../glossary.ts'
import { type CommandOptions, defineCommand, type ExitCode } from '../command.ts'
import { LARGEST_SEED, readInteger } from '../integer-option.ts'

export const MOST_LEADS = 2_000_000

/** Fixed, so that everybody who types `wonlost generate` gets the same history. */
const DEFAULT_END = '2026-11-01T00:00:00Z'

export const generateCommand = defineCommand({
  name: 'generate',
  summary: 'simulate the sales history of a B2B company, with known truth, into the database',
  configure: (command) =>
    command
      .option('--leads <N>', 'leads to simulate', '20000')
      .option('--seed <N>', 'of the simulation', '7')
      .option('--months <N>', 'months that the history covers, 6 to 60', '24')
      .option('--ends-at <T>', 'where the history ends, ISO 8601 with a zone', DEFAULT_END)
      .option('--no-drift', 'campaigns, markets and the worth of sources stay as they are')
      .option('--reset', 'remove an earlier simulation first; rows of other sources stay'),
  async run(context, _arguments, options): Promise<ExitCode> {
    const { config, json, print, say, progress, signal, now } = context
    const simulation = {
      leads: readInteger(options, 'leads', 1, MOST_LEADS),
      seed: readInteger(options, 'seed', 0, LARGEST_SEED),
      months: readInteger(options, 'months', 6, 60),
      endsAt: readEnd(options),
      drift: options.drift !== false,
    }
    const { openDatabase } = await import('../../db/database.ts')
    const { generateInto } = await import('../../../data/load.ts')
    const { summaryJson, summaryText } = await import('../../../data/load/summary.ts')
    const database = await openDatabase(config, { say, signal })
    try {
      const startedAt = now()
      const settings = { reset: options.reset === true, report: progress, signal }
      const tally = await generateInto(database.pool, simulation, settings)
      const seconds = (now() - startedAt) / 1_000
      print(
        json
          ? JSON.stringify(summaryJson(tally, simulation, seconds))
          : summaryText(tally, simulation, seconds),
      )
      return 0
    } finally {
      await database.close()
    }
  },
})

function readEnd({ endsAt }: CommandOptions): Milliseconds {
  const time = typeof endsAt === 'string' ? parseTime(endsAt) : Number.NaN
  if (!Number.isNaN(time)) return time
  throw new WonlostError(
    'usage',
    `--ends-at is ISO 8601 with a zone, such as ${formatTime(parseTime(DEFAULT_END))}; given: ${endsAt}.`,
    { field: 'ends-at' },
  )
}
