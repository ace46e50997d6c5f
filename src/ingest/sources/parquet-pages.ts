/**
 * Looks over the pages of a column before the library decodes them: it takes their counts and sizes as they are, and a damaged or
 * hostile file could make it fill the memory. https://parquet.apache.org/docs/file-format/data-pages/
 */
import type { ColumnMetaData, Compressors, SchemaTree } from 'hyparquet'
import { parquetHeader } from 'hyparquet/src/column.js'
import { getMaxDefinitionLevel, getMaxRepetitionLevel, getTreePath } from 'hyparquet/src/schema.js'

/** Values of a page. Writers end a page after a megabyte, or after 20,000 rows. */
const MAX_VALUES = 2 ** 24
const MAX_PAGE_BYTES = 512 * 1024 * 1024
/** Runs may go a little beyond the values of their page: bits are packed by eight. */
const PADDING = 512

/** Decompressors that never give more than one page may have. */
export function limited(compressors: Compressors): Compressors {
  return Object.fromEntries(
    Object.entries(compressors).map(([codec, decompress]) => [
      codec,
      (input: Uint8Array, length: number) => {
        checkSize(length)
        // Nothing but missing values; not every decompressor knows what to make of it.
        return length === 0 ? new Uint8Array(0) : decompress(input, length)
      },
    ]),
  )
}

/**
 * Throws an Error that says what is wrong. `bytes` are those of the whole column chunk. Returns where its pages begin in it, and how many
 * bytes each takes with its header.
 */
export function checkPages(
  bytes: ArrayBuffer,
  meta: ColumnMetaData,
  schema: SchemaTree,
  compressors: Compressors,
): ReadonlyMap<number, number> {
  const path = getTreePath(schema, meta.path_in_schema)
  const levels = [getMaxRepetitionLevel(path), getMaxDefinitionLevel(path)].map(
    (level) => 32 - Math.clz32(level),
  )
  const reader = { view: new DataView(bytes), offset: 0 }
  const pages = new Map<number, number>()
  let values = 0
  while (reader.offset < bytes.byteLength - 1 && values < meta.num_values) {
    const start = reader.offset
    const header = parquetHeader(reader)
    checkSize(header.compressed_page_size)
    checkSize(header.uncompressed_page_size)
    const page = new Uint8Array(bytes, reader.offset, header.compressed_page_size)
    reader.offset += header.compressed_page_size
    pages.set(start, reader.offset - start)
    const {
      dictionary_page_header: dictionary,
      data_page_header: first,
      data_page_header_v2: second,
    } = header
    if (dictionary) checkCount(dictionary.num_values)
    const unpack = (packed: Uint8Array, length: number): Uint8Array =>
      meta.codec === 'UNCOMPRESSED' ? packed : (compressors[meta.codec]?.(packed, length) ?? packed)
    if (first) {
      checkCount(first.num_values)
      values += first.num_values
      const plain = unpack(page, header.uncompressed_page_size)
      let at = 0
      for (const width of levels) if (width > 0) at = checkCountedRuns(plain, at, width, first.num_values)
      checkValues(plain, at, first.encoding, meta.type, first.num_values)
    } else if (second) {
      checkCount(second.num_values)
      checkCount(second.num_values - second.num_nulls)
      values += second.num_values
      const lengths = [second.repetition_levels_byte_length, second.definition_levels_byte_length]
      let at = 0
      for (const [i, width] of levels.entries()) {
        checkSize(lengths[i]!)
        if (width > 0) checkRuns(page, at, width, second.num_values)
        at += lengths[i]!
      }
      const packed = page.subarray(at)
      const plain =
        second.is_compressed === false ? packed : unpack(packed, header.uncompressed_page_size - at)
      // Here the runs of true and false have no length in front, as those of the first version have.
      if (second.encoding === 'RLE') checkRuns(plain, 0, 1, second.num_values - second.num_nulls)
      else checkValues(plain, 0, second.encoding, meta.type, second.num_values - second.num_nulls)
    }
  }
  if (BigInt(values) !== meta.num_values)
    throw new Error(`a column has ${values} values, and should have ${meta.num_values}`)
  return pages
}

function checkSize(bytes: number): void {
  if (!(bytes >= 0 && bytes <= MAX_PAGE_BYTES))
    throw new Error(`a page has an impossible size (${bytes} bytes)`)
}

function checkCount(values: number): void {
  if (!(values >= 0 && values <= MAX_VALUES))
    throw new Error(`a page has an impossible number of values (${values})`)
}

function checkValues(page: Uint8Array, at: number, encoding: string, type: string, count: number): void {
  if (count === 0) return
  if (encoding.endsWith('_DICTIONARY')) checkRuns(page, at + 1, page[at] ?? 0, count)
  else if (encoding === 'RLE' && type === 'BOOLEAN') checkCountedRuns(page, at, 1, count)
}

/** Runs after their length in four bytes; returns where they end. */
function checkCountedRuns(page: Uint8Array, at: number, width: number, count: number): number {
  const length = new DataView(page.buffer, page.byteOffset, page.byteLength).getUint32(at, true)
  checkRuns(page, at + 4, width, count)
  return at + 4 + length
}

/**
 * Run lengths and packed bits, by turns, of at most `count` values: how many of them are missing, and so have no bits, is not known
 * here. https://parquet.apache.org/docs/file-format/data-pages/encodings/#RLE
 */
function checkRuns(page: Uint8Array, start: number, width: number, count: number): void {
  if (width > 32) throw new Error(`values of ${width} bits`)
  let at = start
  for (let seen = 0; seen < count && width > 0 && at < page.length; ) {
    let header = 0
    for (let shift = 0; ; shift += 7) {
      const byte = page[at++]
      if (byte === undefined || shift > 28) throw new Error('a page ends before its values do')
      header += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) break
    }
    const packed = header % 2 === 1
    const half = Math.floor(header / 2)
    at += packed ? half * width : Math.ceil(width / 8)
    seen += packed ? half * 8 : half
    if (seen > count + PADDING) throw new Error('a page has more values than it says')
  }
}
