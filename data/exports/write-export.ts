/** Writes a simulated history as the files that a CRM exports: account by account in flat memory, all files or none. */
import { mkdir, readdir, rm, rmdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { WonlostError } from '../../src/errors.ts'
import { type OutputFile, openOutputFile } from '../../src/export/output-file.ts'
import type { ReportProgress } from '../../src/glossary.ts'
import { addAccount, newTally, type Tally } from '../load/tally.ts'
import type { SimulationOptions } from '../simulator/process.ts'
import { simulate } from '../simulator/simulate.ts'
import { viewOf } from './account-view.ts'
import { csvRow } from './csv-row.ts'
import type { CrmExport, ExportFile } from './define-export.ts'
import { CRM_EXPORTS } from './index.ts'

export interface WriteSettings {
  /** Replace the files of an earlier export. Other files in the folder stay. */
  readonly reset: boolean
  readonly report?: ReportProgress
  readonly signal?: AbortSignal
}

export interface WrittenExport {
  readonly tally: Tally
  /** Rows of each file, its header not counted. */
  readonly files: readonly { readonly file: string; readonly rows: number }[]
}

const CHUNK_CHARACTERS = 256 * 1024

/** After so many accounts signals get their turn. */
const ACCOUNTS_A_TURN = 20

/**
 * Equal options give equal files, byte for byte. `folder` is made if need be. Throws `folder_not_empty` when there is something
 * in it (with `reset`: never), `file_not_writable`, and the reason of `signal`; then the folder is as it was.
 */
export async function writeExport(
  crm: CrmExport,
  folder: string,
  options: SimulationOptions,
  settings: WriteSettings,
): Promise<WrittenExport> {
  const { reset, report = () => {}, signal } = settings
  const made = await prepareFolder(folder)
  const outputs: { readonly spec: ExportFile; readonly output: OutputFile; text: string; rows: number }[] = []
  try {
    if (!reset) await refuseUnlessEmpty(folder, crm)
    for (const spec of crm.files) {
      const output = await openOutputFile(join(folder, spec.name))
      outputs.push({ spec, output, text: csvRow(spec.header), rows: 0 })
    }
    const tally = newTally(options)
    let accounts = 0
    for (const account of simulate(options)) {
      addAccount(tally, account)
      const view = viewOf(account, options)
      for (const one of outputs) {
        const { text, rows } = one.spec.lines(view)
        one.text += text
        one.rows += rows
        if (one.text.length >= CHUNK_CHARACTERS) await flush(one)
      }
      accounts += 1
      if (accounts % ACCOUNTS_A_TURN !== 0) continue
      await setImmediate()
      signal?.throwIfAborted()
      report('simulating leads and what they do', Math.min(tally.leads, options.leads), options.leads)
    }
    for (const one of outputs) await flush(one)
    signal?.throwIfAborted()
    if (reset) await removeEarlier(folder, crm)
    for (const { output } of outputs) await output.finish()
    return { tally, files: outputs.map(({ spec, rows }) => ({ file: spec.name, rows })) }
  } catch (error) {
    for (const { output } of outputs) await output.discard()
    if (made !== undefined) await removeEmpty(folder, made)
    throw error
  }
}

/** From `folder` up to `first`, as far as nobody else has put something there meanwhile. */
async function removeEmpty(folder: string, first: string): Promise<void> {
  for (let path = resolve(folder); ; path = dirname(path)) {
    const isGone = await rmdir(path).then(
      () => true,
      () => false,
    )
    if (!isGone || path === resolve(first)) return
  }
}

async function flush(one: { readonly output: OutputFile; text: string }): Promise<void> {
  await one.output.write(Buffer.from(one.text))
  one.text = ''
}

/** The first folder that had to be made; undefined when all were there. */
async function prepareFolder(folder: string): Promise<string | undefined> {
  return mkdir(folder, { recursive: true }).catch((cause: NodeJS.ErrnoException) => {
    const why =
      cause.code === 'EEXIST' || cause.code === 'ENOTDIR' ? ': a file is in the way' : ` (${cause.code})`
    throw new WonlostError('file_not_writable', `The folder cannot be made${why}.`, { file: folder, cause })
  })
}

/** What an interrupted run left under the names of partial files does not count. */
async function refuseUnlessEmpty(folder: string, crm: CrmExport): Promise<void> {
  const partial = new Set(crm.files.map(({ name }) => `${name}.partial`))
  const found = (await readdir(folder)).filter((name) => !partial.has(name)).sort()
  if (found.length === 0) return
  throw new WonlostError(
    'folder_not_empty',
    `An export goes into an empty folder; in this one there is ${found.slice(0, 3).join(', ')}${found.length > 3 ? ` and ${found.length - 3} more` : ''}. --reset replaces the files of an earlier export and leaves all others.`,
    { file: folder },
  )
}

/** Also of another CRM: their events would not be of these people. */
async function removeEarlier(folder: string, crm: CrmExport): Promise<void> {
  const ours = new Set(crm.files.map(({ name }) => name))
  for (const { name } of CRM_EXPORTS.flatMap(({ files }) => files)) {
    if (!ours.has(name)) await rm(join(folder, name), { force: true })
  }
}
