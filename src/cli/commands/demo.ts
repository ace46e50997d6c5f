import { defineCommand } from '../command.ts'
import { LARGEST_SEED, readInteger } from '../integer-option.ts'
import { MOST_LEADS } from './generate.ts'

export const demoCommand = defineCommand({
  name: 'demo',
  summary: 'all of it on simulated sales history: generate, train, report, score, and serve',
  configure: (command) =>
    command
      .option('--leads <N>', 'leads to simulate', '20000')
      .option('--seed <N>', 'of the simulation', '7')
      .option('--port <number>', 'port to serve at afterwards; 0 for any free one (default: 8787)')
      .option('--no-traffic', 'serve without simulated people who go on doing things')
      .option('--once', 'stop after the report, without serving'),
  async run(context, _arguments, options) {
    const leads = readInteger(options, 'leads', 1, MOST_LEADS)
    const seed = readInteger(options, 'seed', 0, LARGEST_SEED)
    const { runDemo } = await import('../demo.ts')
    return runDemo(context, {
      leads,
      seed,
      isOnce: options.once === true,
      hasTraffic: options.traffic !== false,
    })
  },
})
