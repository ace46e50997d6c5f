/**
 * Text of others as it is shown: names, titles and properties are whatever somebody typed into a form. React shows markup as text; here goes
 * what would still disturb a page: characters that control, or turn the direction of what follows, and endless length.
 */
const CONTROLS = /[\p{Cc}\u2028\u2029]+/gu
const DIRECTIONS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu
/** More marks on one letter than any language has would run over the lines around it. */
const STACKED = /(\p{M}{4})\p{M}+/gu

/** Something to see: of the letters, not the fillers that look like nothing. */
const VISIBLE = /(?![\u115f\u1160\u2800\u3164\uffa0])[\p{L}\p{N}\p{P}\p{S}]/u

/** In the place of a text in which there is nothing to see: a link has words all the same. */
const BLANK = '(blank)'

const LONGEST_SHOWN = 300

export function shownText(text: string, longest = LONGEST_SHOWN): string {
  const plain = text
    .slice(0, 4 * longest)
    .replace(CONTROLS, ' ')
    .replace(DIRECTIONS, '')
    .replace(STACKED, '$1')
    .trim()
  if (text !== '' && !VISIBLE.test(plain)) return BLANK
  const characters = [...plain]
  return characters.length > longest || text.length > 4 * longest
    ? `${characters.slice(0, longest - 1).join('')}…`
    : plain
}
