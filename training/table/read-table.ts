/**
 * From the bytes of somebody's CSV to columns of text. Strict: a table that does not read cleanly is not learned
 * from.
 */
import { CsvError, parse } from 'csv-parse/sync'
import { WonlostError } from '../../src/errors.ts'

export interface TextTable {
  /** Unique, trimmed. */
  readonly names: readonly string[]
  readonly rowCount: number
  /** One list a column, trimmed cells. */
  readonly cells: readonly (readonly string[])[]
  readonly delimiter: string
  readonly encoding: Encoding
  /** What was decided on the way, for people. */
  readonly notices: readonly string[]
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

const DELIMITERS = [',', ';', '\t', '|'] as const

/** The whole file becomes one text, and V8 has an end to texts (2^29 - 24 characters). */
const MOST_BYTES = 500_000_000

/** Enough of the file to tell the delimiter from. */
const SAMPLE_CHARACTERS = 65_536

/** Throws `table_invalid` with the line: binary, no header, lines with too many or too few fields, an open quote. */
export function readTable(bytes: Uint8Array, file: string): TextTable {
  if (bytes.length > MOST_BYTES)
    throw new WonlostError(
      'table_invalid',
      `A table may have ${MOST_BYTES} bytes; this one has ${bytes.length}. Learn from a sample of its rows.`,
      { file },
    )
  const { text, encoding } = decode(bytes)
  const notices = encoding === 'windows-1252' ? ['The file is not UTF-8; it was read as windows-1252.'] : []
  if (text.includes('\0'))
    throw new WonlostError('table_invalid', 'A CSV file is text; this one holds NUL bytes.', { file })
  const delimiter = detectDelimiter(text)
  const [header, ...records] = parseRecords(text, delimiter, file)
  if (!header)
    throw new WonlostError('table_invalid', 'The file is empty; its first line must name the columns.', {
      file,
    })
  const names = uniqueNames(header, notices)
  const cells = names.map((_, c) => records.map((record) => record[c] ?? ''))
  return { names, rowCount: records.length, cells, delimiter, encoding, notices }
}

/**
 * A byte order mark decides; else UTF-8 where the bytes are valid, else windows-1252, in which every byte is
 * something.
 */
function decode(bytes: Uint8Array): { text: string; encoding: Encoding } {
  const marked = (...mark: number[]): boolean => mark.every((byte, i) => bytes[i] === byte)
  if (marked(0xff, 0xfe)) return { text: new TextDecoder('utf-16le').decode(bytes), encoding: 'utf-16le' }
  if (marked(0xfe, 0xff)) return { text: new TextDecoder('utf-16be').decode(bytes), encoding: 'utf-16be' }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' }
  } catch {
    return { text: decodeWindows1252(bytes), encoding: 'windows-1252' }
  }
}

/**
 * What windows-1252 has at 0x80..0x9f; the five holes stay the control characters that they are in Latin-1 (WHATWG
 * Encoding).
 */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'

/** By hand: TextDecoder of Node 20 reads windows-1252 as Latin-1, where 0x80 is no euro. */
function decodeWindows1252(bytes: Uint8Array): string {
  const latin1 = new TextDecoder('latin1').decode(bytes)
  return latin1.replace(
    /[\x80-\x9f]/g,
    (character) => WINDOWS_1252[character.charCodeAt(0) - 0x80] ?? character,
  )
}

/** The delimiter that cuts the first lines into the same number of fields, two or more; the most fields win. */
function detectDelimiter(text: string): string {
  let sample = text.slice(0, SAMPLE_CHARACTERS)
  if (text.length > SAMPLE_CHARACTERS) sample = sample.slice(0, sample.lastIndexOf('\n') + 1)
  let best = { delimiter: ',', even: 0, fields: 1 }
  for (const delimiter of DELIMITERS) {
    const records: string[][] = parse(sample, {
      ...PARSING,
      delimiter,
      relax_column_count: true,
      skip_records_with_error: true,
    })
    const fields = records[0]?.length ?? 0
    if (fields < 2) continue
    const even = records.filter((record) => record.length === fields).length / records.length
    if (even > best.even || (even === best.even && fields > best.fields)) best = { delimiter, even, fields }
  }
  return best.delimiter
}

const PARSING = { bom: true, relax_quotes: true, skip_empty_lines: true, trim: true } as const

function parseRecords(text: string, delimiter: string, file: string): string[][] {
  try {
    return parse(text, { ...PARSING, delimiter })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = typeof error['lines'] === 'number' ? { line: error['lines'] } : {}
    throw new WonlostError(
      'table_invalid',
      `${error.message}. The delimiter was taken to be ${JSON.stringify(delimiter)}.`,
      {
        file,
        ...line,
        cause: error,
      },
    )
  }
}

/** Columns without a name, and names that stand twice, get a number. */
function uniqueNames(header: readonly string[], notices: string[]): string[] {
  const taken = new Set<string>()
  return header.map((given, c) => {
    const wanted = given === '' ? `column_${c + 1}` : given
    let name = wanted
    for (let n = 2; taken.has(name); n++) name = `${wanted}_${n}`
    if (name !== given) notices.push(`Column ${c + 1} ("${given}") is called "${name}" here.`)
    taken.add(name)
    return name
  })
}
