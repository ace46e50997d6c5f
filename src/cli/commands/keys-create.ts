import { WonlostError } from '../../errors.ts'
import { formatTime, type Milliseconds, parseTime, SCOPES, type Scope } from '../../glossary.ts'
import { durationOf, ISO_DURATION } from '../../iso-duration.ts'
import { type CommandOptions, defineCommand } from '../command.ts'
import { readText } from '../text-option.ts'

export const keysCreateCommand = defineCommand({
  name: 'keys create',
  summary: 'make an API key, which is printed once',
  configure: (command) =>
    command
      .requiredOption('--scope <SCOPES>', `one or more of ${SCOPES.join(', ')}`, collect)
      .option('--name <TEXT>', 'whose it is, or what for; kept as who acted (default: how the key begins)')
      .option('--expires <T>', 'no longer valid from then on: P90D, or 2027-01-01T00:00:00Z (default: never)')
      .addHelpText('after', HELP),
  async run({ config, json, print, say, now, signal }, _arguments, options) {
    const createdAt = now()
    const scopes = readScopes(options.scope)
    const expiresAt = readExpiry(options, createdAt)
    const { LIMITS } = await import('../../server/limits.ts')
    const name = readText(options, 'name', LIMITS.name)
    const { newKey } = await import('../../api-key.ts')
    const { insertKey } = await import('../../db/api-keys.ts')
    const { openDatabase } = await import('../../db/database.ts')
    const { actingUser } = await import('../acting-user.ts')
    const { printable } = await import('../lead-page.ts')
    const { shownKey } = await import('../shown-key.ts')
    const database = await openDatabase(config, { say, signal })
    try {
      const createdBy = actingUser()
      let made = newKey()
      const about = () => ({ name: name ?? made.prefix, scopes, createdBy, createdAt, expiresAt })
      while (!(await insertKey(database.pool, { ...made, ...about() }))) made = newKey()
      const { key, prefix } = made
      if (json) {
        const kept = { prefix, ...about(), revokedAt: null, revokedBy: null, lastUsedAt: null }
        print(JSON.stringify({ key, ...shownKey(kept, createdAt) }))
      } else print(key)
      const until = expiresAt === null ? 'does not expire' : `expires at ${formatTime(expiresAt)}`
      say(printable(`The key ${prefix} (${name ?? 'no name'}) may ${scopes.join(', ')} and ${until}.`))
      say('It is not shown again: only a hash of it is kept.')
      return 0
    } finally {
      await database.close()
    }
  },
})

/** Given once with commas, several times, or both. */
function collect(given: string, before: readonly string[] = []): readonly string[] {
  return [...before, ...given.split(',').map((scope) => scope.trim())]
}

function readScopes(given: CommandOptions[string]): readonly Scope[] {
  const named = Array.isArray(given) ? given : []
  const scopes = SCOPES.filter((scope) => named.includes(scope))
  const unknown = named.find((name) => !SCOPES.some((scope) => scope === name))
  if (scopes.length > 0 && unknown === undefined) return scopes
  const message = `--scope must be one or more of ${SCOPES.join(', ')}, divided by commas. Given: ${JSON.stringify(unknown ?? '')}.`
  throw new WonlostError('usage', message, { field: '--scope' })
}

/** A time, or a duration from now. */
function readExpiry({ expires }: CommandOptions, now: Milliseconds): Milliseconds | null {
  if (expires === undefined) return null
  const given = String(expires)
  const time = ISO_DURATION.test(given) ? now + durationOf(given) : parseTime(given)
  if (time > now) return time
  const allowed =
    'a duration such as P90D or PT12H, or a time to come with a zone, such as 2027-01-01T00:00:00Z'
  throw new WonlostError('usage', `--expires must be ${allowed}. Given: ${JSON.stringify(expires)}.`, {
    field: '--expires',
  })
}

const HELP = `
The key alone goes to standard output: export WONLOST_KEY=$(wonlost keys create --scope read --name crm). Scopes:
  ingest    send events and deals
  score     have leads scored that the request describes
  read      leads, accounts, scores, explanations, models, policy
  feedback  say what became of leads, overrule verdicts
  admin     promote models, try policies and guardrails on everything; none of the others
Running servers know a new key within a second.`
