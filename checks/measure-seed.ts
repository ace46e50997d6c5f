/** A worker of the checks: one seed at a time, in a database of its own. Reads lines of JSON, answers with lines (bench/worker.ts). */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { answer } from '../bench/answer.ts'
import { readConfig } from '../src/config.ts'
import { type Database, openDatabase } from '../src/db/database.ts'
import { parseDefinition } from '../src/features/definition.ts'
import { parseLists } from '../src/guardrails/lists.ts'
import { packageFolder } from '../src/package-folder.ts'
import { measureLearning } from './measure-learning.ts'
import { measureMonitor } from './measure-monitor.ts'
import type { SeedResult } from './seed-result.ts'

const textOf = (file: string): string => readFileSync(join(packageFolder(), 'models', file), 'utf8')
const definition = parseDefinition(
  textOf('conversion.yaml'),
  'conversion.yaml',
  parseLists({ competitors: textOf('lists/competitors.txt') }),
)

async function measure(
  { pool }: Database,
  { seed, leads }: { readonly seed: number; readonly leads: number },
): Promise<SeedResult> {
  const started = performance.now()
  const learning = await measureLearning(pool, definition, { seed, leads })
  const monitor = await measureMonitor(pool, definition, { seed, leads })
  return { seed, leads, ...learning, monitor, seconds: (performance.now() - started) / 1_000 }
}

const database = await openDatabase(readConfig(process.env))
try {
  await answer({ measure: (given) => measure(database, given) })
} finally {
  await database.close()
}
