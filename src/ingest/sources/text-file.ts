/** A text file in any encoding, read as UTF-8 from any position, in flat memory. */
import type { FileHandle } from 'node:fs/promises'
import { WonlostError } from '../../errors.ts'
import { ENCODINGS, type Encoding, type EncodingName } from './encodings.ts'
import { notReadable, openRegularFile } from './regular-file.ts'

export interface TextFile {
  readonly path: string
  readonly encoding: EncodingName
  /** Bytes of the file as it is on disk. */
  readonly size: number
  /** Fills `block` with the UTF-8 that begins at `position` (without the byte order mark); gives fewer bytes at the end only. */
  read(block: Buffer, position: number): Promise<number>
  /** How many bytes of the file on disk stand before `position`, which has been read. */
  bytesBefore(position: number): number
  /** UTF-8 as it would stand in this file. */
  encode(utf8: Buffer): Buffer
  /** What a file of this kind begins with. */
  readonly mark: Buffer
  close(): Promise<void>
}

const PIECE_BYTES = 256 * 1024

const MARKS: readonly (readonly [EncodingName, Buffer])[] = [
  ['utf-8', Buffer.from([0xef, 0xbb, 0xbf])],
  ['utf-16le', Buffer.from([0xff, 0xfe])],
  ['utf-16be', Buffer.from([0xfe, 0xff])],
]

/** What is no text, by its first bytes, and what to do about it. */
const OTHER_FILES: readonly (readonly [start: Buffer, advice: string])[] = [
  [Buffer.from([0x1f, 0x8b]), 'The file is compressed (gzip), which is not read. Unpack it first: gunzip.'],
  [
    Buffer.from([0x28, 0xb5, 0x2f, 0xfd]),
    'The file is compressed (zstd), which is not read. Unpack it first.',
  ],
  [
    Buffer.from('PK\x03\x04'),
    'The file is a ZIP or a spreadsheet, which is not read. Unpack it, or save the sheet as CSV.',
  ],
  [Buffer.from('PAR1'), 'The file is Parquet. Say so: --format parquet, or a name that ends in .parquet.'],
]

/** `stated`: it is this and nothing else. `usual`: it is this unless a byte order mark says otherwise; UTF-8 if it is not given. */
export interface EncodingChoice {
  readonly stated?: EncodingName | undefined
  readonly usual?: EncodingName | undefined
}

/**
 * Opens `path`. Throws `file_not_readable` (missing, a folder, no
 * permission) and `table_invalid` (another encoding than stated, not text).
 */
export async function openTextFile(path: string, { stated, usual }: EncodingChoice = {}): Promise<TextFile> {
  const { handle, size } = await openRegularFile(path)
  try {
    const head = Buffer.alloc(Math.min(size, 4))
    await handle.read(head, 0, head.length, 0)
    for (const [start, advice] of OTHER_FILES)
      if (head.subarray(0, start.length).equals(start))
        throw new WonlostError('table_invalid', advice, { file: path })
    const marked = MARKS.find(([, mark]) => head.subarray(0, mark.length).equals(mark))
    if (marked && stated && marked[0] !== stated)
      throw new WonlostError(
        'table_invalid',
        `The file begins with the byte order mark of ${marked[0]}. Given: --encoding ${stated}.`,
        { file: path },
      )
    const name = marked?.[0] ?? stated ?? usual ?? 'utf-8'
    const start = marked?.[1].length ?? 0
    if (name.startsWith('utf-16') && size % 2 === 1)
      throw new WonlostError(
        'table_invalid',
        `The file has an odd number of bytes: it is not ${name}, or is cut off.`,
        {
          file: path,
        },
      )
    const codec = ENCODINGS[name]
    return {
      path,
      encoding: name,
      size,
      ...(codec === null ? plainReader(handle, start) : encodedReader(handle, start, size, codec)),
      encode: (utf8) => codec?.fromUtf8(utf8) ?? utf8,
      mark: codec && marked ? marked[1] : Buffer.alloc(0),
      close: () => handle.close(),
    }
  } catch (error) {
    await handle.close()
    throw error instanceof WonlostError ? error : notReadable(path, error)
  }
}

/** The bytes of a range, cut only between characters. */
export async function* readRange(
  text: TextFile,
  { start, end }: { readonly start: number; readonly end: number },
): AsyncGenerator<Buffer> {
  for (let position = start; position < end; ) {
    const block = Buffer.allocUnsafe(Math.min(PIECE_BYTES, end - position))
    const bytesRead = await text.read(block, position)
    if (bytesRead === 0) return
    const bytes = block.subarray(0, bytesRead)
    const length = position + bytesRead < end ? wholeCharacters(bytes) : bytesRead
    yield bytes.subarray(0, length)
    position += length
  }
}

/** How many of the bytes stand before a character of UTF-8 that is cut off at their end. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length - 1); back++) {
    const byte = bytes[bytes.length - back]!
    if (byte < 0x80) break
    if (byte >= 0xc0)
      return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}

type Reader = Pick<TextFile, 'read' | 'bytesBefore'>

function plainReader(handle: FileHandle, start: number): Reader {
  return {
    async read(block, position) {
      let length = 0
      while (length < block.length) {
        const { bytesRead } = await handle.read(
          block,
          length,
          block.length - length,
          start + position + length,
        )
        if (bytesRead === 0) break
        length += bytesRead
      }
      return length
    },
    bytesBefore: (position) => start + position,
  }
}

/** Remembers where each piece of the file begins in UTF-8, so that a position that was passed is found again. */
function encodedReader(handle: FileHandle, start: number, size: number, codec: Encoding): Reader {
  const pieces = [{ position: 0, offset: start }]
  let current = { index: -1, utf8: Buffer.alloc(0) as Buffer, last: false }
  const source = Buffer.allocUnsafe(PIECE_BYTES)

  const load = async (index: number): Promise<void> => {
    if (index === current.index) return
    const { position, offset } = pieces[index]!
    let length = 0
    while (length < PIECE_BYTES) {
      const { bytesRead } = await handle.read(source, length, PIECE_BYTES - length, offset + length)
      if (bytesRead === 0) break
      length += bytesRead
    }
    const last = length < PIECE_BYTES
    const { utf8, used } = codec.toUtf8(source.subarray(0, length), last)
    if (index + 1 === pieces.length && !last)
      pieces.push({ position: position + utf8.length, offset: offset + used })
    current = { index, utf8, last }
  }
  /** The last piece that begins at or before the position. */
  const pieceOf = (position: number): number => {
    let low = 0
    for (let high = pieces.length - 1; low < high; ) {
      const middle = Math.ceil((low + high) / 2)
      if (pieces[middle]!.position <= position) low = middle
      else high = middle - 1
    }
    return low
  }
  return {
    async read(block, position) {
      let length = 0
      for (let index = pieceOf(position); length < block.length; index++) {
        await load(index)
        const from = position + length - pieces[index]!.position
        if (from < current.utf8.length) length += current.utf8.copy(block, length, from)
        if (current.last) break
      }
      return length
    },
    bytesBefore(position) {
      const index = pieceOf(position)
      const piece = pieces[index]!
      const ended =
        current.last && current.index === index && position >= piece.position + current.utf8.length
      return ended ? size : piece.offset
    },
  }
}
