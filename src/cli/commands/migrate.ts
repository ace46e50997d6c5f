import { defineCommand } from '../command.ts'

export const migrateCommand = defineCommand({
  name: 'migrate',
  summary: 'bring the database schema up to date',
  async run({ config, json, print, say, signal }) {
    const { openDatabase } = await import('../../db/database.ts')
    const { migrate } = await import('../../db/migrate.ts')
    const database = await openDatabase(config, { migrate: false, say, signal })
    try {
      const migrated = await migrate(database.url)
      if (json) print(JSON.stringify({ migrated }))
      else print(migrated.length > 0 ? `Migrated: ${migrated.join(', ')}` : 'The schema is up to date.')
      return 0
    } finally {
      await database.close()
    }
  },
})
