import { defineCommand } from '../command.ts'

export const keysListCommand = defineCommand({
  name: 'keys list',
  summary: 'every API key: what it may do, until when, and when it was last used',
  async run({ config, json, print, say, now, signal }) {
    const { listKeys } = await import('../../db/api-keys.ts')
    const { openDatabase } = await import('../../db/database.ts')
    const { printable } = await import('../lead-page.ts')
    const { shownKey } = await import('../shown-key.ts')
    const { textTable } = await import('../../../training/report/text-table.ts')
    const database = await openDatabase(config, { say, signal })
    try {
      const keys = (await listKeys(database.pool)).map((key) => shownKey(key, now()))
      if (json) {
        for (const key of keys) print(JSON.stringify(key))
        return 0
      }
      if (keys.length === 0) {
        say('There are no keys yet. To make one: wonlost keys create --scope read,score')
        return 0
      }
      const header = ['id', 'name', 'scopes', 'status', 'created', 'by', 'expires', 'last used']
      const rows = keys.map((key) => [
        key.id,
        key.name,
        key.scopes.join(','),
        key.status,
        key.created_at.slice(0, 10),
        key.created_by,
        key.expires_at?.slice(0, 16) ?? 'never',
        key.last_used_at === null ? 'never' : `${key.last_used_at.slice(0, 13)}h`,
      ])
      print(
        textTable(
          [header, ...rows],
          header.map(() => 'left' as const),
        )
          .map(printable)
          .join('\n'),
      )
      return 0
    } finally {
      await database.close()
    }
  },
})
