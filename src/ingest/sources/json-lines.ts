/** JSON lines as a source of rows: one object a line, its keys are the columns. */
import { WonlostError } from '../../errors.ts'
import { REJECTION_COLUMNS, type RowSource, type SourceRecord } from '../row-source.ts'
import { type JsonLine, readJsonLines } from './json-line-records.ts'
import { type JsonFault, type JsonMembers, readJsonKeys, readJsonMembers } from './json-object.ts'
import { createJsonRejected } from './json-rejected.ts'
import { type EncodingChoice, openTextFile, type TextFile } from './text-file.ts'

const MAX_COLUMNS = 2_000

/**
 * Reads the file once for its keys, which may come in any order, and some only in some lines: the header is all of them, in the
 * order in which they first come (numbers first). Throws as `openTextFile` does, `table_invalid` when no line is an object or there are too many
 * keys, and what `signal` gives.
 */
export async function openJsonLinesSource(
  path: string,
  encoding?: EncodingChoice,
  signal?: AbortSignal,
): Promise<RowSource> {
  const text = await openTextFile(path, encoding)
  try {
    const columns = await collectKeys(text, signal)
    const header = [...columns.keys()]
    return {
      format: 'jsonl',
      path,
      header,
      place: 'line',
      unit: 'bytes',
      async *records() {
        for await (const { lines, end } of readJsonLines(text, readMembers))
          yield {
            records: lines.map((line) => recordOf(line, header, columns)),
            done: Math.min(text.bytesBefore(end), text.size),
            total: text.size,
          }
      },
      createRejected: () => createJsonRejected(path, header, text),
      close: () => text.close(),
    }
  } catch (error) {
    await text.close()
    throw error
  }
}

async function collectKeys(text: TextFile, signal?: AbortSignal): Promise<ReadonlyMap<string, number>> {
  const invalid = (message: string, line: number): WonlostError =>
    new WonlostError('table_invalid', message, { file: text.path, line })
  const columns = new Map<string, number>()
  let first: JsonLine<readonly string[]> | undefined
  let objects = 0
  for await (const { lines } of readJsonLines(text, readKeys)) {
    signal?.throwIfAborted()
    first ??= lines[0]
    for (const { line, row } of lines) {
      if ('reason' in row) continue
      objects += 1
      for (const key of row) if (!columns.has(key)) columns.set(key, columns.size)
      if (columns.size > MAX_COLUMNS)
        throw invalid(
          `There are more than ${MAX_COLUMNS} different keys by this line; keys are the columns of a table.`,
          line,
        )
    }
  }
  if (!first) throw invalid('The file is empty. It needs a JSON object a line.', 1)
  if (objects > 0) return columns
  const array = Buffer.isBuffer(first.raw) && first.raw[0] === 0x5b
  throw invalid(
    array
      ? 'The file is one JSON array; it needs a JSON object a line (jq -c ".[]" writes it so).'
      : `No line is a JSON object on its own. The first: ${'reason' in first.row ? first.row.reason : ''}.`,
    first.line,
  )
}

const REJECTED_KEYS = [...REJECTION_COLUMNS, 'row']

/** A line of a rejected file (json-rejected.ts): the row in it is meant, corrected or not. */
function isRejected(keys: readonly string[]): boolean {
  return keys.length === REJECTED_KEYS.length && REJECTED_KEYS.every((key, i) => keys[i] === key)
}

function readKeys(line: string): readonly string[] | JsonFault {
  const keys = readJsonKeys(line)
  if ('reason' in keys || !isRejected(keys)) return keys
  const members = readMembers(line)
  return 'reason' in members ? members : members.keys
}

/** `inner` is the row of a rejected file. */
function readMembers(
  line: string,
): (JsonMembers & { readonly inner?: string }) | (JsonFault & { readonly inner?: string }) {
  const members = readJsonMembers(line)
  if ('reason' in members || !isRejected(members.keys)) return members
  const inner = members.texts[REJECTED_KEYS.length - 1]!
  return { ...readJsonMembers(inner), inner }
}

function recordOf(
  { line, raw: whole, row }: JsonLine<ReturnType<typeof readMembers>>,
  header: readonly string[],
  columns: ReadonlyMap<string, number>,
): SourceRecord {
  const raw = 'inner' in row && row.inner !== undefined ? Buffer.from(row.inner) : whole
  if ('reason' in row) {
    const column = row.key === null ? null : (columns.get(row.key) ?? null)
    return { line, cells: [], cellCount: null, raw, fault: { column, reason: row.reason } }
  }
  const { keys, texts } = row
  // Most files have the same keys in every line, in the same order.
  const inOrder = keys.length === header.length && keys.every((key, i) => key === header[i])
  if (inOrder) return { line, cells: texts, cellCount: header.length, raw, fault: null }
  const cells = new Array<string>(header.length).fill('')
  for (const [i, key] of keys.entries()) cells[columns.get(key)!] = texts[i]!
  return { line, cells, cellCount: header.length, raw, fault: null }
}
