/** Text from the data on a terminal: what others typed must neither move the cursor nor fill the screen. */

const WIDTH = 110
const LONGEST = 60

/** Without control characters and marks of direction, in one line, cut to a length. */
export function plain(text: string, longest = LONGEST): string {
  const visible = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?')
  return visible.length > longest ? `${visible.slice(0, longest - 1)}~` : visible
}

/** Words in lines of at most 110 columns, each with the indent; lines after the first with `hanging` as well. A longer word is cut. */
export function wrap(text: string, indent: string, hanging = ''): string[] {
  const lines: string[] = []
  let line = indent
  let isEmpty = true
  for (const word of text
    .split(/\s+/)
    .flatMap((one) => piecesOf(one, WIDTH - indent.length - hanging.length))) {
    if (!isEmpty && line.length + 1 + word.length > WIDTH) {
      lines.push(line)
      line = indent + hanging
      isEmpty = true
    }
    line += isEmpty ? word : ` ${word}`
    isEmpty = false
  }
  return isEmpty ? lines : [...lines, line]
}

function piecesOf(word: string, length: number): string[] {
  return word.match(new RegExp(`.{1,${length}}`, 'gsu')) ?? []
}
