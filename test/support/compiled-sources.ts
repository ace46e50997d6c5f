/**
 * Node 20 does not run TypeScript. Compiled once, afresh and into a folder of its own, so that no test runs an old dist/; types are
 * checked by `npm run types`. Inside node_modules/, so that packages are found.
 */
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Has the compiled sources (see `compiledFile` in cli.ts). */
    compiledFolder: string
  }
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export default function setup(project: TestProject): () => void {
  const folder = join(ROOT, 'node_modules', `.wonlost-test-${randomBytes(4).toString('hex')}`)
  const run = spawnSync(
    process.execPath,
    [
      join(ROOT, 'node_modules/typescript/bin/tsc'),
      ...['-p', join(ROOT, 'tsconfig.build.json'), '--noCheck', '--outDir', folder],
    ],
    { encoding: 'utf8' },
  )
  if (run.status !== 0) throw new Error(`Cannot compile: ${run.stdout}${run.stderr}`)
  for (const data of ['src/db/migrations', 'src/ingest/maps'])
    cpSync(join(ROOT, data), join(folder, data), { recursive: true })
  project.provide('compiledFolder', folder)
  return () => rmSync(folder, { recursive: true, force: true })
}
