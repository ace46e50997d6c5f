/** Which of two forms of an answer a client asks for, by its Accept header (RFC 9110, 12.5.1). */

/** Whether it would rather have HTML than JSON, as browsers do. JSON where it does not mind. */
export function wantsPage(accept: string | undefined): boolean {
  const ranges = (accept ?? '*/*').split(',').map(readRange)
  return weightOf('text/html', ranges) > weightOf('application/json', ranges)
}

interface MediaRange {
  readonly type: string
  readonly weight: number
}

function readRange(text: string): MediaRange {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  const weight = parameters.find((parameter) => parameter.startsWith('q='))
  const given = weight === undefined ? 1 : Number(weight.slice(2))
  return { type, weight: given >= 0 && given <= 1 ? given : 0 }
}

/** Of the most exact range that holds the type. */
function weightOf(type: string, ranges: readonly MediaRange[]): number {
  const families = [type, `${type.slice(0, type.indexOf('/'))}/*`, '*/*']
  for (const family of families) {
    const found = ranges.find((range) => range.type === family)
    if (found) return found.weight
  }
  return 0
}
