import { WonlostError } from '../../errors.ts'
import { defineCommand } from '../command.ts'

export const dbStopCommand = defineCommand({
  name: 'db stop',
  summary: 'stop the embedded PostgreSQL',
  configure(command) {
    command.option('--force', 'also when other commands use it: they lose their connections')
  },
  async run({ config, json, print, say, signal }, _args, options) {
    if (config.databaseUrl !== undefined)
      throw new WonlostError(
        'usage',
        'DATABASE_URL names a database: it is started and stopped by whoever runs it.',
      )
    const { stopEmbedded } = await import('../../db/embedded/embedded.ts')
    const stopped = await stopEmbedded(config.home, { force: options['force'] === true, say, signal })
    if (json) print(JSON.stringify({ stopped }))
    else print(stopped ? 'The embedded PostgreSQL is stopped.' : 'The embedded PostgreSQL was not running.')
    return 0
  },
})
