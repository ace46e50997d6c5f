/** `wonlost score --file`: leads of a file, scored by artifacts from files. No database is asked, and none is started. */
import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { WonlostError } from '../errors.ts'
import type { ExportRow } from '../export/table.ts'
import { type Milliseconds, modelTitle } from '../glossary.ts'
import type { FileSummary } from '../ingest/fact-rows.ts'
import { type FileFacts, openFileFacts } from '../ingest/file-facts.ts'
import { loadImportMap } from '../ingest/load-import-map.ts'
import { openSource } from '../ingest/open-source.ts'
import type { RowSource } from '../ingest/row-source.ts'
import type { EncodingName } from '../ingest/sources/encodings.ts'
import { modelsFolder } from '../package-folder.ts'
import { inOrder, readConfigured } from '../scoring/configured.ts'
import { type Engine, type LoadedModel, scoreLead } from '../scoring/engine.ts'
import { familiesOf } from '../scoring/families.ts'
import { loadArtifact } from '../scoring/load-model.ts'
import type { ScoredExplanation } from '../scoring/scored-lead.ts'
import { visibleFacts } from '../scoring/visible-facts.ts'
import { readModelsFolder } from '../server/models-folder.ts'
import type { CommandContext, CommandOptions, ExitCode } from './command.ts'
import { readAsOf } from './moment.ts'
import { readNames } from './names-option.ts'
import { type ScoreTable, scoreTable } from './score-table.ts'
import { openTableOut, type TableOut } from './table-out.ts'

/** Throws `usage` and whatever is wrong with a file; then nothing is written. */
export async function scoreFile(context: CommandContext, options: CommandOptions): Promise<ExitCode> {
  const { config, json, print, say, progress, now, signal } = context
  const startedAt = now()
  const asOf = readAsOf(options, startedAt)
  const artifacts = Array.isArray(options.artifact) ? options.artifact : []
  if (artifacts.length === 0) {
    const message =
      'score --file needs --artifact FILE, the model that scores. "wonlost export model conversion --out conversion.json" writes one.'
    throw new WonlostError('usage', message)
  }
  const { engine, decidedBy } = await engineOf(artifacts, modelsFolder(config))
  const map = typeof options.map === 'string' ? await loadImportMap(options.map) : undefined
  const opened: RowSource[] = []
  const open = async (file: CommandOptions[string]): Promise<RowSource | null> => {
    if (typeof file !== 'string') return null
    const encoding = options.encoding as EncodingName | undefined
    const source = await openSource(
      { file, formatOption: null, encoding, usualEncoding: map?.encoding },
      signal,
    )
    opened.push(source)
    return source
  }
  let facts: FileFacts | null = null
  let out: TableOut | null = null
  try {
    const leads = (await open(options.file))!
    const files = { leads, accounts: await open(options.accounts), events: await open(options.events) }
    facts = openFileFacts(files, {
      now: startedAt,
      asOf,
      map,
      zone: typeof options.zone === 'string' ? options.zone : undefined,
      lists: readNames(options.list),
      texts: readNames(options.text),
      signal,
      onProgress(source, done, total) {
        const step = `${source === leads ? 'Scoring' : 'Reading'} ${source.path} (${source.unit})`
        if (total !== null) progress(step, done, total)
      },
    })
    await checkOut(options.out, [
      ...opened.flatMap((source) => [source.path, source.createRejected().path]),
      ...artifacts,
      ...(typeof options.map === 'string' ? [options.map] : []),
    ])
    out = await openTableOut(context, options)
    const withReasons = options.explain !== false
    const table = scoreTable({
      models: familiesOf(engine.models).map(({ name }) => name),
      email: options.withEmail === true,
      reasons: withReasons,
    })
    const rows = rowsOf(facts, engine, table, { asOf, scoredAt: startedAt, explain: withReasons })
    const count = await out.write({ columns: table.columns, rows })
    const read = await facts.finish()
    const seconds = (now() - startedAt) / 1_000
    for (const note of [...notesOf(engine, decidedBy), ...read.flatMap(fileNotes)]) say(`Note: ${note}`)
    if (out.path !== null) {
      const columns = table.columns.map(({ name }) => name)
      const summary = { file: out.path, rows: count, columns, files: read.map(fileToJson), seconds }
      if (json) print(JSON.stringify(summary))
      else print(`${out.path}: the scores of ${count} leads in ${seconds.toFixed(1)} s.`)
    }
    for (const line of read.flatMap(rejectedLines)) say(line)
    return read.some(({ rejected }) => rejected > 0) ? 1 : 0
  } finally {
    await out?.discard()
    await facts?.discard()
    for (const source of opened) await source.close()
  }
}

/** Policy and guardrails are those of the models folder; the models are the artifacts, and no others. */
async function engineOf(
  artifacts: readonly string[],
  folder: string,
): Promise<{ readonly engine: Engine; readonly decidedBy: string }> {
  const models: LoadedModel[] = []
  for (const file of artifacts) {
    const model = loadArtifact(await readArtifact(file), file)
    const other = models.find(({ name, segment }) => name === model.name && segment === model.segment)
    if (other)
      throw new WonlostError(
        'usage',
        `Two artifacts are of the model ${modelTitle(model)}; give one. Given: ${artifacts.join(', ')}.`,
      )
    models.push(model)
  }
  const texts = await readModelsFolder(folder)
  // Nothing is left for a rubric to stand in for: only what was given answers.
  const { policy, guardrails } = readConfigured(texts, {
    forEveryone: new Set(Object.keys(texts.definitions)),
    models,
    names: models.map(({ name }) => name),
  })
  const engine = {
    models: inOrder(models, policy),
    policy: { ...policy, version: 0 },
    guardrails: { ...guardrails, version: 0 },
  }
  return { engine, decidedBy: policy.decided_by }
}

async function readArtifact(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    const code = cause instanceof Error && 'code' in cause ? ` (${cause.code})` : ''
    throw new WonlostError('file_not_readable', `The artifact cannot be read${code}.`, { file, cause })
  })
}

type Reasons = ScoredExplanation['reasons']

async function* rowsOf(
  facts: FileFacts,
  engine: Engine,
  table: ScoreTable,
  { asOf, scoredAt, explain }: { asOf: Milliseconds; scoredAt: Milliseconds; explain: boolean },
): AsyncGenerator<ExportRow, void, undefined> {
  for await (const { account, lead } of facts.leads()) {
    const scored = scoreLead(engine, account, lead, asOf, { explain })
    const reasons = new Map<string, Reasons>()
    for (const [name, score] of Object.entries(scored.scores))
      if (score.applies && score.explanation) reasons.set(name, score.explanation.reasons)
    const email = visibleFacts(account, lead, asOf).leadTraits.get('email')?.value
    yield table.row({ scored, scoredAt, email: typeof email === 'string' ? email : null, reasons })
  }
}

/** What is read must not be written over, nor the rows that are turned down. */
async function checkOut(out: CommandOptions[string], taken: readonly string[]): Promise<void> {
  if (typeof out !== 'string') return
  const there = await stat(out).catch(() => null)
  for (const path of taken) {
    const other = await stat(path).catch(() => null)
    const isSame = there && other && other.ino === there.ino && other.dev === there.dev
    if (!isSame && resolve(out) !== resolve(path)) continue
    const message = `--out is a file that is read, or that rejected rows go to; give another. Given: ${out}.`
    throw new WonlostError('usage', message)
  }
}

function notesOf({ models }: Engine, decidedBy: string): string[] {
  if (models.some(({ name }) => name === decidedBy)) return []
  return [
    `the policy decides by ${decidedBy}, and no artifact of it was given: decisions follow from verdicts alone.`,
  ]
}

function fileNotes({ file, notes }: FileSummary): string[] {
  return notes.map(({ column, reason }) => `${file}: the column ${column} ${reason}`)
}

function fileToJson({ rejectedFile, ...summary }: FileSummary): object {
  return { ...summary, rejected_file: rejectedFile }
}

function rejectedLines({ file, place, rejected, rejectedFile, rejections }: FileSummary): string[] {
  if (rejectedFile === null) return []
  const more = rejected - rejections.length
  return [
    `${file}: ${rejected} rows were rejected: see ${rejectedFile}`,
    ...rejections.map(
      ({ line, column, reason }) => `  ${place} ${line}: ${column ? `${column} ` : ''}${reason}`,
    ),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ]
}
