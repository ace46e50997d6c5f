/** What lies in the package beside the code: the same from src/ and from dist/src/. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Config } from './config.ts'

/** The nearest folder above this file that holds a package.json. */
export function packageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) {
    if (folder === dirname(folder))
      throw new Error('The code does not lie in its package: there is no package.json above it.')
    folder = dirname(folder)
  }
  return folder
}

/** Definitions, policy, guardrails and lists: the configured folder, or the one that came with the package. */
export function modelsFolder(config: Config): string {
  return config.models ?? join(packageFolder(), 'models')
}

/** The dashboard as `npm run build` leaves it. */
export function dashboardFolder(): string {
  return join(packageFolder(), 'dist/web')
}

export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8')) as {
    version: string
  }
  return version
}
