/** Parquet as a source of rows: some ten thousand rows of a row group at a time. */
import {
  type AsyncBuffer,
  type ColumnChunk,
  type FileMetaData,
  parquetMetadataAsync,
  parquetScan,
  parquetSchema,
  type RowGroup,
  readOffsetIndex,
  type SchemaElement,
} from 'hyparquet'
import { compressors as allCompressors } from 'hyparquet-compressors'
import { WonlostError } from '../../errors.ts'
import type { RowSource, SourceRecord } from '../row-source.ts'
import { createJsonRejected } from './json-rejected.ts'
import { hexText } from './parquet-leaves.ts'
import { checkPages, limited } from './parquet-pages.ts'
import { cellText, PARSERS, plainElement } from './parquet-values.ts'
import { openRegularFile } from './regular-file.ts'

const SLICE_ROWS = 20_000
/** A row group is read in no more slices than this: without an index each begins at its first page, and unpacks all of what is nested. */
const MOST_SLICES = 32
const NESTED_SLICES = 8
const MAX_COLUMNS = 2_000
/** Bytes of a column within a row group, as they are in the file. */
const MAX_CHUNK_BYTES = 2 ** 31

const COMPRESSORS = limited(allCompressors)

/** Throws `file_not_readable` and, also while rows are read, `table_invalid`. */
export async function openParquetSource(path: string, signal?: AbortSignal): Promise<RowSource> {
  const { handle, size } = await openRegularFile(path)
  const file: AsyncBuffer = {
    byteLength: size,
    async slice(start, end = size) {
      if (!(start >= 0 && start <= end && end <= size && end - start <= MAX_CHUNK_BYTES))
        throw new Error(`a part of it would lie at bytes ${start} to ${end}; the file has ${size}`)
      const bytes = new Uint8Array(end - start)
      for (let length = 0; length < bytes.length; ) {
        const { bytesRead } = await handle.read(bytes, length, bytes.length - length, start + length)
        if (bytesRead === 0) throw new Error('the file ends while it is read')
        length += bytesRead
      }
      return bytes.buffer
    },
  }
  /** The library throws plain errors, of whatever kind the bytes happen to provoke. */
  const reading = async <T>(read: () => Promise<T>): Promise<T> => {
    try {
      return await read()
    } catch (error) {
      signal?.throwIfAborted()
      if (error instanceof WonlostError) throw error
      const reason = error instanceof Error ? error.message : String(error)
      throw new WonlostError(
        'table_invalid',
        `The file cannot be read as Parquet; it is damaged, or is none: ${reason}.`,
        {
          file: path,
          cause: error,
        },
      )
    }
  }
  try {
    const metadata = await reading(() => readMetadata(file))
    const header = parquetSchema(metadata).children.map(({ element }) => element.name)
    return {
      format: 'parquet',
      path,
      header,
      place: 'row',
      unit: 'rows',
      async *records() {
        const total = Number(metadata.num_rows)
        const slices = readSlices(file, metadata)
        for (let done = 0; ; ) {
          const { value, done: ended } = await reading(() => slices.next())
          if (ended) return
          signal?.throwIfAborted()
          done += value.length
          yield { records: value, done, total }
        }
      },
      createRejected: () => createJsonRejected(path, header, null),
      close: () => handle.close(),
    }
  } catch (error) {
    await handle.close()
    throw error
  }
}

async function readMetadata(file: AsyncBuffer): Promise<FileMetaData> {
  const end = Buffer.from(await file.slice(Math.max(0, file.byteLength - 4)))
  if (end.equals(Buffer.from('PARE'))) throw new Error('its columns are encrypted')
  if (!end.equals(Buffer.from('PAR1')))
    throw new Error('it does not end as Parquet does, and may have been cut off')
  const metadata = await parquetMetadataAsync(file, { parsers: PARSERS, geoparquet: false })
  const { children } = parquetSchema(metadata)
  if (children.length === 0 || children.length > MAX_COLUMNS)
    throw new Error(`it has ${children.length} columns; 1 to ${MAX_COLUMNS} are allowed`)
  let rows = 0n
  for (const { num_rows, columns } of metadata.row_groups) {
    if (num_rows < 0n) throw new Error(`a row group has ${num_rows} rows`)
    rows += num_rows
    for (const { meta_data: meta, crypto_metadata } of columns) {
      if (!meta || crypto_metadata) throw new Error('a column is encrypted')
      if (meta.codec !== 'UNCOMPRESSED' && !COMPRESSORS[meta.codec])
        throw new Error(`it is compressed by ${meta.codec}, which is not read`)
    }
  }
  if (rows !== metadata.num_rows || rows > BigInt(Number.MAX_SAFE_INTEGER))
    throw new Error(`its row groups have ${rows} rows, and the file should have ${metadata.num_rows}`)
  return metadata
}

/** Every column is decoded for the rows of a slice only; of a row group the whole of one column's stored bytes is in memory at once. */
async function* readSlices(
  file: AsyncBuffer,
  metadata: FileMetaData,
): AsyncGenerator<readonly SourceRecord[], void> {
  const columns = parquetSchema(metadata).children
  const texts = columns.map(cellText)
  const slices = columns.some(({ children }) => children.length > 0) ? NESTED_SLICES : MOST_SLICES
  let first = 0
  for (const group of metadata.row_groups) {
    const rows = Number(group.num_rows)
    if (rows === 0) continue
    const schema = metadata.schema.map(plainElement)
    const checked = {
      ...metadata,
      schema,
      num_rows: group.num_rows,
      row_groups: [await checkGroup(file, group, schema)],
    }
    const scan = await parquetScan({
      file,
      metadata: checked,
      compressors: COMPRESSORS,
      parsers: PARSERS,
      utf8: false,
      geoparquet: false,
    })
    const sliceRows = Math.max(SLICE_ROWS, Math.ceil(rows / slices))
    for (let rowStart = 0; rowStart < rows; rowStart += sliceRows) {
      const rowEnd = Math.min(rowStart + sliceRows, rows)
      const values: ArrayLike<unknown>[] = []
      for (const { element } of columns) {
        const data = await scan.readColumn({ column: element.name, rowStart, rowEnd })
        if (data.length !== rowEnd - rowStart)
          throw new Error(`the column ${JSON.stringify(element.name)} has not as many values as rows`)
        values.push(data)
      }
      const line = first + rowStart + 1
      yield Array.from({ length: rowEnd - rowStart }, (_, i) => recordOf(line + i, i, values, texts))
    }
    first += rows
  }
}

/** The row group, without the indexes that lead elsewhere than to the pages that were looked at. */
async function checkGroup(file: AsyncBuffer, group: RowGroup, schema: SchemaElement[]): Promise<RowGroup> {
  const tree = parquetSchema({ schema })
  const columns: ColumnChunk[] = []
  for (const chunk of group.columns) {
    const meta = chunk.meta_data!
    const start = Number(meta.dictionary_page_offset || meta.data_page_offset)
    const bytes = await file.slice(start, start + Number(meta.total_compressed_size))
    const pages = checkPages(bytes, meta, tree, COMPRESSORS)
    const { offset_index_offset: at, offset_index_length: length, ...plain } = chunk
    if (!at || !length) {
      columns.push(plain)
      continue
    }
    const index = await file.slice(Number(at), Number(at) + length)
    const { page_locations: locations } = readOffsetIndex({ view: new DataView(index), offset: 0 })
    const isTrue = locations.every(
      (page) => pages.get(Number(page.offset) - start) === page.compressed_page_size,
    )
    columns.push(isTrue && locations.length > 0 ? chunk : plain)
  }
  return { ...group, columns }
}

function recordOf(
  row: number,
  index: number,
  values: readonly ArrayLike<unknown>[],
  texts: readonly ReturnType<typeof cellText>[],
): SourceRecord {
  const cells: string[] = []
  let wrong: number | null = null
  for (const [column, toText] of texts.entries()) {
    const text = toText(values[column]![index])
    if (text === null) wrong ??= column
    cells.push(text ?? hexText(values[column]![index]))
  }
  const fault = wrong === null ? null : { column: wrong, reason: 'is not valid UTF-8' }
  return { line: row, cells, cellCount: cells.length, raw: null, fault }
}
