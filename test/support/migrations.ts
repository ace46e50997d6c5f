import { readdirSync } from 'node:fs'

/** Names of all migrations, in the order in which they run. */
export const MIGRATIONS: readonly string[] = readdirSync('src/db/migrations')
  .map((file) => file.replace('.sql', ''))
  .sort()
