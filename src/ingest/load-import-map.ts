/** Finds a map: one that came with the package, or a file. */
import { createReadStream } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { suggestion } from '../checked-yaml.ts'
import { WonlostError } from '../errors.ts'
import { type ImportMap, parseImportMap } from './import-map.ts'

/** Beside this file, in src and in dist alike. */
const MAPS = fileURLToPath(new URL('./maps', import.meta.url))
const EXTENSION = '.yaml'

/** Names of the maps that came with the package: hubspot, salesforce. */
export async function importMapNames(): Promise<readonly string[]> {
  const files = await readdir(MAPS)
  return files
    .filter((file) => file.endsWith(EXTENSION))
    .map((file) => file.slice(0, -EXTENSION.length))
    .sort()
}

/**
 * The map of that name among those of the package, or else in the file of that name (`./hubspot` is a file in any case).
 * Throws `map_invalid`, and `file_not_readable` when there is neither.
 */
export async function loadImportMap(nameOrPath: string): Promise<ImportMap> {
  const names = await importMapNames()
  if (names.includes(nameOrPath)) {
    const file = `${nameOrPath}${EXTENSION}`
    return parseImportMap(await readFile(join(MAPS, file), 'utf8'), file)
  }
  return parseImportMap(await readText(nameOrPath, names), nameOrPath)
}

/** What is longer is no map. */
const MAX_BYTES = 4_000_000

async function readText(path: string, names: readonly string[]): Promise<string> {
  const bytes: Buffer[] = []
  try {
    // A device may have no end.
    for await (const block of createReadStream(path, { end: MAX_BYTES })) bytes.push(block)
  } catch (cause) {
    const isName = /^[\w-]+$/.test(path)
    const code = cause instanceof Error && 'code' in cause ? ` (${cause.code})` : ''
    throw new WonlostError(
      'file_not_readable',
      `There is no map ${JSON.stringify(path)}${isName ? suggestion(path, names) : ''}: neither a file that can be read${code}, nor one of ${names.join(', ')}.`,
      { file: path, cause },
    )
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(bytes))
  } catch (cause) {
    const message = `${path}: is not UTF-8; save the map as UTF-8.`
    throw new WonlostError('map_invalid', message, { file: path, cause })
  }
}
