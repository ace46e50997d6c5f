/** A table on its way out of a command: into a file, whole or not at all, or to standard output. */
import { extname } from 'node:path'
import { Option } from 'commander'
import { WonlostError } from '../errors.ts'
import { EXPORT_FORMATS, type ExportFormat } from '../export/formats.ts'
import { openOutputFile } from '../export/output-file.ts'
import type { ExportRow, ExportTable } from '../export/table.ts'
import type { CommandContext, CommandOptions } from './command.ts'

export interface TableOut {
  /** null: standard output. */
  readonly path: string | null
  /** Writes the rows as they come, and returns how many. Throws `file_not_writable`, and whatever the rows throw; then there is no file. */
  write(table: ExportTable): Promise<number>
  /** Leaves no trace. Does nothing after `write`. */
  discard(): Promise<void>
}

/** `--format`, `--out` and `--bom`, as `openTableOut` reads them. */
export function tableOptions(): Option[] {
  const names = EXPORT_FORMATS.map(({ name }) => name)
  return [
    new Option('--format <FORMAT>', 'csv, parquet or jsonl; by the ending of --out, or else csv').choices(
      names,
    ),
    new Option(
      '--out <FILE>',
      'the file to write, in the place of an earlier one; without it, standard output',
    ),
    new Option('--bom', 'CSV with a byte order mark, which Excel needs to see UTF-8'),
  ]
}

/** Begins the file, before anything that takes long. Throws `usage` and `file_not_writable`. */
export async function openTableOut(
  { json, write }: Pick<CommandContext, 'json' | 'write'>,
  options: CommandOptions,
): Promise<TableOut> {
  const path = typeof options.out === 'string' ? options.out : null
  const format = formatOf(options.format, path)
  const bom = options.bom === true
  if (bom && format.name !== 'csv')
    throw new WonlostError('usage', `--bom is for csv only. Given: ${format.name}.`)
  if (path === null && json)
    throw new WonlostError(
      'usage',
      '--json tells what was written to --out. For rows on standard output: --format jsonl.',
    )
  if (path === null && !format.isText) throw new WonlostError('usage', `${format.name} needs --out FILE.`)
  if (path === null) {
    return {
      path,
      discard: async () => {},
      async write(table) {
        const { rows, count } = counted(table)
        for await (const bytes of format.bytes({ ...table, rows }, { bom })) if (!(await write(bytes))) break
        return count()
      },
    }
  }
  const file = await openOutputFile(path)
  return {
    path,
    discard: file.discard,
    async write(table) {
      const { rows, count } = counted(table)
      try {
        for await (const bytes of format.bytes({ ...table, rows }, { bom })) await file.write(bytes)
        await file.finish()
      } finally {
        await file.discard()
      }
      return count()
    },
  }
}

function formatOf(given: CommandOptions[string], path: string | null): ExportFormat {
  const ending = path === null ? '' : extname(path).toLowerCase()
  const found = EXPORT_FORMATS.find(({ name, endings }) =>
    typeof given === 'string' ? name === given : endings.includes(ending),
  )
  if (found || ending === '') return found ?? EXPORT_FORMATS[0]!
  const endings = EXPORT_FORMATS.flatMap((format) => format.endings).join(', ')
  throw new WonlostError(
    'usage',
    `--out ends with ${ending}, which says no format. Allowed: ${endings}, or --format with any. Given: ${path}.`,
  )
}

function counted({ rows }: ExportTable): { rows: AsyncGenerator<ExportRow>; count: () => number } {
  let count = 0
  const counting = async function* (): AsyncGenerator<ExportRow> {
    for await (const row of rows) {
      count += 1
      yield row
    }
  }
  return { rows: counting(), count: () => count }
}
