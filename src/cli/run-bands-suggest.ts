/** `wonlost bands suggest`: reads the history and the models that decide, proposes lines, and writes them only when asked. */
import { join } from 'node:path'
import type pg from 'pg'
import { type SuggestedBands, suggestBands } from '../../training/bands/suggest-bands.ts'
import { suggestionLines } from '../../training/bands/suggestion-text.ts'
import type { BandTarget } from '../../training/bands/top-line.ts'
import { learnedUntil } from '../../training/gate/champion.ts'
import { createRecordSource } from '../../training/record-source.ts'
import { openDatabase } from '../db/database.ts'
import { loadVersion } from '../db/models.ts'
import { WonlostError } from '../errors.ts'
import type { Milliseconds } from '../glossary.ts'
import { modelsFolder } from '../package-folder.ts'
import type { Engine } from '../scoring/engine.ts'
import type { PolicyNames } from '../scoring/read-policy.ts'
import { refreshEngine } from '../server/engine.ts'
import type { CommandContext, ExitCode } from './command.ts'
import { printable } from './lead-page.ts'
import { defaultCutoff } from './training-choices.ts'
import { writePolicy } from './write-policy.ts'

export interface BandsSuggestOptions {
  readonly targets: readonly BandTarget[]
  readonly weeks: number
  /** null: where the data ends. */
  readonly asOf: Milliseconds | null
  /** Of the one target. */
  readonly write: boolean
}

export async function runBandsSuggest(
  { config, json, print, say, progress, now, signal }: CommandContext,
  { targets, weeks, asOf: asked, write }: BandsSuggestOptions,
): Promise<ExitCode> {
  const database = await openDatabase(config, { say, signal })
  try {
    const { pool } = database
    const folder = modelsFolder(config)
    const { engine, policy, policyNames } = await refreshEngine(pool, folder, null, now())
    const asOf = asked ?? (await defaultCutoff(pool, now(), say))
    const records = createRecordSource(pool, { signal, report: progress })
    const options = { asOf, weeks, learnedUntil: await learnedBefore(pool, engine), report: progress }
    const suggested = await suggestBands(records, engine, policy.source, targets, options)
    if (json) print(JSON.stringify(suggested.report))
    else print(suggestionLines(suggested.report).map(printable).join('\n'))
    if (write) say(await writeBands(join(folder, 'policy.yaml'), policy.source, suggested, policyNames))
    else if (!json) print('\nNothing was changed. --write writes the bands into the policy.')
    return 0
  } finally {
    await database.close()
  }
}

/** Of all models that decide, the latest; null where a rubric does. Throws `model_not_found` where nothing does. */
async function learnedBefore(pool: pg.Pool, { models, policy }: Engine): Promise<Milliseconds | null> {
  const deciding = models.filter(({ name }) => name === policy.decided_by)
  if (deciding.length === 0) {
    const message = `The policy decides by ${policy.decided_by}, and there is no model or rubric of that name. Allowed: ${[...new Set(models.map(({ name }) => name))].join(', ') || 'none'}.`
    throw new WonlostError('model_not_found', message)
  }
  let latest: Milliseconds | null = null
  for (const { name, segment, version, artifact } of deciding) {
    if (version === 0 || artifact.kind === 'rubric') continue
    const until = learnedUntil(await loadVersion(pool, name, segment, version))
    latest = Math.max(latest ?? until, until)
  }
  return latest
}

async function writeBands(
  file: string,
  before: string,
  { policies, report }: SuggestedBands,
  names: PolicyNames,
): Promise<string> {
  const [text] = policies
  if (text === undefined || text === before) return `${file} has these bands already; nothing was changed.`
  await writePolicy(file, { before, text }, names)
  return `${file}: the highest band begins at ${report.proposals[0]?.line} now. "wonlost score --all" gives the stored scores their new bands.`
}
