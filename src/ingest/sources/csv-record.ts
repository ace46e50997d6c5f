/**
 * Cuts one record of RFC 4180 CSV out of bytes. Quoted cells may hold delimiters, quotes (doubled) and line breaks; a quote
 * inside an unquoted cell is an ordinary character; a line ends with LF, CRLF or CR.
 */

const QUOTE = 0x22
export const LF = 0x0a
export const CR = 0x0d

export type CsvParse =
  /** `end`: where its text ends. `next`: where the next record begins. `lines`: physical lines it takes. */
  | { readonly kind: 'record'; cells: string[]; end: number; next: number; lines: number }
  /** The bytes end before the record does. */
  | { readonly kind: 'incomplete' }
  /** The quotes do not work out. */
  | { readonly kind: 'broken'; reason: string }

const INCOMPLETE: CsvParse = { kind: 'incomplete' }

/** Parses the record at `start`. `last` says that no bytes follow those given. Invalid UTF-8 becomes U+FFFD. */
export function parseRecord(bytes: Buffer, start: number, delimiter: number, last: boolean): CsvParse {
  const length = bytes.length
  const cells: string[] = []
  let lines = 1
  let position = start
  for (;;) {
    let end = position
    if (bytes[position] === QUOTE) {
      const close = closingQuote(bytes, position + 1)
      if (close < 0 || (close + 1 >= length && !last))
        return last
          ? { kind: 'broken', reason: 'a quoted cell begins here and its closing quote never comes' }
          : INCOMPLETE
      let text = bytes.toString('utf8', position + 1, close)
      if (text.includes('"')) text = text.replaceAll('""', '"')
      lines += lineBreaks(text)
      cells.push(text)
      end = close + 1
    } else {
      while (end < length) {
        const byte = bytes[end]
        if (byte === delimiter || byte === LF || byte === CR) break
        end += 1
      }
      if (end >= length && !last) return INCOMPLETE
      cells.push(end === position ? '' : bytes.toString('utf8', position, end))
    }
    if (end >= length) return { kind: 'record', cells, end: length, next: length, lines }
    const byte = bytes[end]
    if (byte === delimiter) position = end + 1
    else if (byte === LF) return { kind: 'record', cells, end, next: end + 1, lines }
    else if (byte === CR) {
      // LF may be the first byte of what has not been read yet.
      if (end + 1 >= length && !last) return INCOMPLETE
      return { kind: 'record', cells, end, next: bytes[end + 1] === LF ? end + 2 : end + 1, lines }
    } else
      return {
        kind: 'broken',
        reason:
          'a closing quote must be followed by the delimiter or the end of the line (quotes inside are doubled)',
      }
  }
}

/** Position of the quote that ends the cell, -1 when it is not among the bytes. */
function closingQuote(bytes: Buffer, from: number): number {
  let position = from
  for (;;) {
    const quote = bytes.indexOf(QUOTE, position)
    if (quote < 0 || bytes[quote + 1] !== QUOTE) return quote
    position = quote + 2
  }
}

function lineBreaks(text: string): number {
  if (!text.includes('\n') && !text.includes('\r')) return 0
  return text.match(/\r\n|\n|\r/g)?.length ?? 0
}

/** Position after the physical line at `start`, -1 when its end is not among the bytes. */
export function nextLine(bytes: Buffer, start: number, last: boolean): number {
  for (let i = start; i < bytes.length; i++) {
    if (bytes[i] === LF) return i + 1
    if (bytes[i] === CR) {
      if (i + 1 >= bytes.length && !last) return -1
      return bytes[i + 1] === LF ? i + 2 : i + 1
    }
  }
  return last ? bytes.length : -1
}
