import { WonlostError } from '../../errors.ts'
import { defineCommand } from '../command.ts'

export const dbStartCommand = defineCommand({
  name: 'db start',
  summary: 'start the embedded PostgreSQL and keep it running until `db stop`',
  async run({ config, json, print, say, signal }) {
    if (config.databaseUrl !== undefined)
      throw new WonlostError(
        'usage',
        'DATABASE_URL names a database: it is started and stopped by whoever runs it.',
      )
    const { embeddedStatus, pinEmbedded } = await import('../../db/embedded/embedded.ts')
    await pinEmbedded(config.home, { say, signal })
    const { url, dataFolder, version } = embeddedStatus(config.home)
    if (json) print(JSON.stringify({ running: true, url, version, data_folder: dataFolder }))
    else print(`The embedded PostgreSQL ${version} runs until \`wonlost db stop\`: ${url}`)
    return 0
  },
})
