/** Reads the models folder: small files of text, watched by looking at them again. */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { WonlostError } from '../errors.ts'
import type { ConfiguredText, ConfiguredTexts } from '../scoring/configured.ts'

/** YAML files that are no definitions. */
const OTHERS = new Set(['policy', 'guardrails', 'rubric', 'tracking'])

/** Throws `file_not_readable` for a folder or a file that is not there. */
export async function readModelsFolder(folder: string): Promise<ConfiguredTexts> {
  const read = async (file: string): Promise<ConfiguredText> => ({ file, text: await readText(file) })
  const files = await listFolder(folder)
  const names = files.filter((file) => file.endsWith('.yaml')).map((file) => basename(file, '.yaml'))
  const definitions = names.filter((name) => !OTHERS.has(name))
  const lists = (await listFolder(join(folder, 'lists'))).filter((file) => file.endsWith('.txt'))
  return {
    policy: await read(join(folder, 'policy.yaml')),
    guardrails: await read(join(folder, 'guardrails.yaml')),
    rubric: await read(join(folder, 'rubric.yaml')),
    definitions: Object.fromEntries(
      await Promise.all(
        definitions.map(async (name) => [name, await read(join(folder, `${name}.yaml`))] as const),
      ),
    ),
    lists: Object.fromEntries(
      await Promise.all(
        lists.map(
          async (file) => [basename(file, '.txt'), await readText(join(folder, 'lists', file))] as const,
        ),
      ),
    ),
  }
}

/**
 * What is kept as a version of the guardrails: their text, and the hashes of the lists they may refer to. A list that
 * changes decides otherwise, so it makes a new version.
 */
export function guardrailsBody({ guardrails, lists }: ConfiguredTexts): string {
  const hashes = Object.entries(lists).map(([name, text]) => `# list ${name}: sha256 ${sha256(text)}\n`)
  return `${guardrails.text.trimEnd()}\n${hashes.sort().join('')}`
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw unreadable(file, cause)
  })
}

/** In order of name. A folder that is not there has no files only where it is the one of lists. */
async function listFolder(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort()
  } catch (cause) {
    if (basename(folder) === 'lists') return []
    throw unreadable(folder, cause)
  }
}

function unreadable(file: string, cause: unknown): WonlostError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new WonlostError('file_not_readable', `${file} cannot be read: ${why}.`, { file, cause })
}
