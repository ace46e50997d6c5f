import { readBandTargets } from '../band-targets.ts'
import { defineCommand, type ExitCode } from '../command.ts'
import { readInteger } from '../integer-option.ts'
import { readAsOf } from '../moment.ts'

export const bandsSuggestCommand = defineCommand({
  name: 'bands suggest',
  summary: 'where the bands should begin, from past deals: by capacity, by conversion or by past wins',
  configure: (command) =>
    command
      .option('--capacity <N/week>', 'the highest band takes at most so many leads: 50/week, 10/day')
      .option('--precision <SHARE>', 'of the highest band at least this share converts: 0.3 or 30%')
      .option(
        '--share-of-wins <SHARE>',
        'at least this share of past wins was in it when sales took over: 0.8',
      )
      .option('--weeks <N>', 'weeks that are replayed to count leads (2 to 52)', '8')
      .option('--as-of <T>', 'with what was known before this time; default: where the data ends')
      .option('--write', 'write the bands into the policy; allowed with one of the three')
      .addHelpText('after', HELP),
  async run(context, _, options): Promise<ExitCode> {
    const targets = readBandTargets(options)
    const weeks = readInteger(options, 'weeks', 2, 52)
    const asOf = options.asOf === undefined ? null : readAsOf(options, context.now())
    const { runBandsSuggest } = await import('../run-bands-suggest.ts')
    return runBandsSuggest(context, { targets, weeks, asOf, write: options.write === true })
  },
})

const HELP = `
Proposes, and changes nothing without --write. The bands below the highest begin as near as may be to where they begin now, so that
conversion on deals that no model has learned from does not fall from a band to the one above. A running server takes a changed policy
within a second; "wonlost score --all" gives the stored scores their new bands.
Exit code 3: too little data.`
