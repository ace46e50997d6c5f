/** The demo's database with boosted models, and `wonlost` on it. */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packageFolder } from '../../src/package-folder.ts'
import type { PartContext } from '../part.ts'
import { runToEnd } from '../run-to-end.ts'

const PROGRAM = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url))

export interface Demo {
  /** Environment of every `wonlost` on this demo. */
  readonly env: Readonly<Record<string, string>>
  readonly run: (...args: readonly string[]) => Promise<string>
  readonly command: (...args: readonly string[]) => readonly [string, readonly string[]]
}

/** Generates, trains and scores anew. The definitions are those of the package, but that the learner is always boosting. */
export async function makeDemo(context: PartContext, leads: number): Promise<Demo> {
  const demo = makeEmpty(context, 'http')
  await demo.run('demo', '--leads', String(leads), '--seed', '7', '--once')
  return demo
}

/** Without data; `name` is that of its folder. */
export function makeEmpty(context: PartContext, name: string): Demo {
  const folder = join(context.cacheFolder, name)
  const env = {
    WONLOST_HOME: join(folder, 'home'),
    WONLOST_MODELS: join(folder, 'models'),
    WONLOST_LOG_LEVEL: 'warn',
    DATABASE_URL: '',
    // The peer asks nobody for a key.
    AUTH: 'off',
  }
  const command = (...args: readonly string[]) => [process.execPath, [PROGRAM, ...args]] as const
  const start: PartContext['start'] = (program, args, options) =>
    context.start(program, args, { ...options, env })
  const run = async (...args: readonly string[]) => {
    const [program, given] = command(...args)
    return runToEnd({ ...context, start }, [program, ...given], { why: `wonlost ${args[0]} failed` })
  }
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  copyModels(env.WONLOST_MODELS)
  return { env, run, command }
}

function copyModels(to: string): void {
  cpSync(join(packageFolder(), 'models'), to, { recursive: true })
  for (const file of readdirSync(to)) {
    if (!file.endsWith('.yaml')) continue
    const text = readFileSync(join(to, file), 'utf8')
    writeFileSync(join(to, file), text.replace(/^learner: auto\b/m, 'learner: boosting'))
  }
}
