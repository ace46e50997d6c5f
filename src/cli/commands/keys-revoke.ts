import { WonlostError } from '../../errors.ts'
import { defineCommand } from '../command.ts'

export const keysRevokeCommand = defineCommand({
  name: 'keys revoke',
  summary: 'end an API key: every running server refuses it within a second',
  configure: (command) => command.argument('<ID>', 'how the key begins, as in keys list: wl_0a1b2c3d'),
  async run({ config, json, print, say, now, signal }, [given = '']) {
    const { prefixOfKey } = await import('../../api-key.ts')
    const prefix = prefixOfKey(given)
    // What was given may be most of a key: it is not repeated.
    if (prefix === null) {
      const message =
        'ID must be how the key begins, as in wonlost keys list: wl_ and 8 digits, such as wl_0a1b2c3d.'
      throw new WonlostError('usage', message, { field: 'ID' })
    }
    const { revokeKey } = await import('../../db/api-keys.ts')
    const { openDatabase } = await import('../../db/database.ts')
    const { actingUser } = await import('../acting-user.ts')
    const { printable } = await import('../lead-page.ts')
    const { shownKey } = await import('../shown-key.ts')
    const database = await openDatabase(config, { say, signal })
    try {
      const key = await revokeKey(database.pool, prefix, { by: actingUser(), at: now() })
      if (key === null) {
        const message = `There is no key ${prefix}. wonlost keys list shows all.`
        throw new WonlostError('key_not_found', message, { field: 'ID' })
      }
      const shown = shownKey(key, now())
      const { id, name, revoked_at: at, revoked_by: by } = shown
      print(
        json ? JSON.stringify(shown) : printable(`The key ${id} (${name}) is revoked since ${at}, by ${by}.`),
      )
      return 0
    } finally {
      await database.close()
    }
  },
})
