/** Simulated leads, two versions of a model that learned from them, and a first score of everybody: what a company has before its first event. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { WonlostError } from '../src/errors.ts'
import { DAY, formatTime } from '../src/glossary.ts'
import { packageFolder } from '../src/package-folder.ts'

/** Runs `wonlost` to its end, and returns what it printed. */
type RunCommand = (...args: readonly string[]) => Promise<string>

export interface Preparation {
  readonly run: RunCommand
  readonly leads: number
  readonly seed: number
  /** Versions of the model to promote in turn. Without any the rubric scores, which needs no training. */
  readonly isTraining: boolean
  readonly say: (text: string) => void
}

/** What is another one than in the models of the package: file, what it says there, what it says here. */
const EDITS = [
  // All that a score did is in its history: crossings are derived from it.
  ['policy.yaml', 'min_points: 2\n', 'min_points: 0\n'],
  ['tracking.yaml', 'user_id: product', 'user_id: lead_id'],
  ['conversion.yaml', 'learner: auto', 'learner: logistic'],
] as const

export function copyModels(to: string): void {
  cpSync(join(packageFolder(), 'models'), to, {
    recursive: true,
    filter: (path) => !path.endsWith('artifacts'),
  })
  for (const [name, from, here] of EDITS) {
    const file = join(to, name)
    writeFileSync(file, readFileSync(file, 'utf8').replace(from, here))
  }
  if (!/^ {2}min_points: 0$/m.test(readFileSync(join(to, 'policy.yaml'), 'utf8')))
    throw new WonlostError('faults_failed', 'models/policy.yaml has no min_points to change.')
}

/** Returns the versions that can be promoted. */
export async function prepare({ run, leads, seed, isTraining, say }: Preparation): Promise<number[]> {
  say(`${leads} leads are simulated`)
  const today = Math.floor(Date.now() / DAY) * DAY
  const size = ['--leads', String(leads), '--seed', String(seed)]
  await run('generate', ...size, '--ends-at', formatTime(today))
  const versions: number[] = []
  if (isTraining) {
    say('two versions of a model learn from them')
    // The second knows less: its scores are others.
    for (const cutoff of [today, today - 60 * DAY]) versions.push(await train(run, formatTime(cutoff)))
  }
  say('everybody is scored for the first time')
  await run('score', '--all')
  return versions
}

async function train(run: RunCommand, cutoff: string): Promise<number> {
  const said = await run('train', 'conversion', '--no-promote', '--cutoff', cutoff, '--json')
  return (JSON.parse(said) as { version: number }).version
}
