/** Opens whatever an import reads from: which kind of source it is, by the name of the file or as stated. */
import { WonlostError } from '../errors.ts'
import type { RowSource, SourceFormat } from './row-source.ts'
import type { EncodingName } from './sources/encodings.ts'

export type SourceSpec =
  | {
      readonly file: string
      /** By the name of the file when it is not stated. */
      readonly format?: FileFormat | undefined
      /** The option that states it, for the message that asks for it; null where none does. */
      readonly formatOption?: string | null
      /** Of text; when it is not stated, the byte order mark tells. */
      readonly encoding?: EncodingName | undefined
      /** Where there is no byte order mark either; UTF-8 when it is not given. */
      readonly usualEncoding?: EncodingName | undefined
    }
  /** A SELECT in a file, for the PostgreSQL at `url`. */
  | { readonly sqlFile: string; readonly url: string }

export type FileFormat = Exclude<SourceFormat, 'sql'>

export const FILE_FORMATS: readonly FileFormat[] = ['csv', 'jsonl', 'parquet']

const ENDINGS: Readonly<Record<string, FileFormat>> = {
  csv: 'csv',
  tsv: 'csv',
  txt: 'csv',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  parquet: 'parquet',
}

const COMPRESSED = /\.(gz|gzip|zip|zst|bz2|xz|7z)$/i

/**
 * The caller closes the source. Throws `file_not_readable`, `table_invalid`, `usage` (no format that we know; an encoding of what is no
 * text) and, for SQL, `sql_invalid`, `database_unavailable`, `database_refused`.
 */
export async function openSource(spec: SourceSpec, signal?: AbortSignal): Promise<RowSource> {
  if ('sqlFile' in spec) {
    const { openSqlSource } = await import('./sources/sql.ts')
    return openSqlSource(spec.sqlFile, spec.url, signal)
  }
  const { file, encoding } = spec
  const choice = { stated: encoding, usual: spec.usualEncoding }
  const format =
    spec.format ?? formatOf(file, spec.formatOption === undefined ? '--format' : spec.formatOption)
  if (format === 'csv') {
    const { openCsvSource } = await import('./sources/csv.ts')
    return openCsvSource(file, choice)
  }
  if (format === 'jsonl') {
    const { openJsonLinesSource } = await import('./sources/json-lines.ts')
    return openJsonLinesSource(file, choice, signal)
  }
  if (encoding !== undefined)
    throw new WonlostError(
      'usage',
      `--encoding is for text; Parquet says itself how it is written. Given: ${encoding}.`,
    )
  const { openParquetSource } = await import('./sources/parquet.ts')
  return openParquetSource(file, signal)
}

function formatOf(file: string, option: string | null): FileFormat {
  const ending = /\.([^./\\]+)$/.exec(file)?.[1]?.toLowerCase() ?? ''
  const format = Object.hasOwn(ENDINGS, ending) ? ENDINGS[ending] : undefined
  if (format) return format
  const endings = Object.keys(ENDINGS).map((name) => `.${name}`)
  const otherwise = option === null ? '' : `; otherwise say ${option} ${FILE_FORMATS.join(', ')}`
  const message = COMPRESSED.test(file)
    ? 'Compressed files are not read; unpack the file first.'
    : `What the file holds cannot be told by its name, which should end in ${endings.join(', ')}${otherwise}.`
  throw new WonlostError('usage', message, { file })
}
