/** Writes a first map for a file, from its header and its first rows, for people to check and edit. */
import { basename } from 'node:path'
import { parse } from 'yaml'
import { WonlostError } from '../errors.ts'
import type { ImportKind } from './define-import.ts'
import type { ImportMap } from './import-map.ts'
import { importMapNames, loadImportMap } from './load-import-map.ts'
import { planRows } from './plan-rows.ts'
import type { RowSource } from './row-source.ts'
import { draftMap } from './suggest/draft-map.ts'
import { writeMap } from './suggest/write-map.ts'

export interface MapSuggestion {
  /** With comments. */
  readonly yaml: string
  /** The same as plain data. */
  readonly map: unknown
}

const SAMPLE_ROWS = 1_000

/** Reads the first rows of the source. The suggestion is a valid map, whatever is in the file. */
export async function suggestMap(kind: ImportKind, source: RowSource): Promise<MapSuggestion> {
  const rows: (readonly string[])[] = []
  for await (const { records } of source.records()) {
    for (const { cells, fault } of records)
      if (fault === null && cells.length === source.header.length && rows.length < SAMPLE_ROWS)
        rows.push(cells)
    if (rows.length >= SAMPLE_ROWS) break
  }
  const maps = await Promise.all((await importMapNames()).map(loadImportMap))
  const yaml = mapFor(kind, source.header, rows, basename(source.path), maps)
  return { yaml, map: parse(yaml) }
}

/** The YAML for a file of that name. `maps` are those of the package: they know the names of their systems. */
export function mapFor(
  kind: ImportKind,
  header: readonly string[],
  rows: readonly (readonly string[])[],
  file: string,
  maps: readonly ImportMap[],
): string {
  const fitting = maps.filter((map) => fits(kind, header, map)).map(({ name }) => name)
  return writeMap(draftMap(kind, header, rows, maps), file, fitting)
}

function fits(kind: ImportKind, header: readonly string[], map: ImportMap): boolean {
  try {
    planRows(kind, header, '', { map })
    return true
  } catch (error) {
    if (error instanceof WonlostError) return false
    throw error
  }
}
