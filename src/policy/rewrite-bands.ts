/** The text of a policy with other ranges of its bands: the numbers in their places, everything else as it was, byte for byte. */
import { isScalar, parseDocument } from 'yaml'
import type { Band } from './bands.ts'

export interface NewRange {
  readonly from: number
  readonly to: number
  /** Where the bands go by probability; null for the lowest, and where they do not. */
  readonly fromProbability: number | null
}

/** `text` is a policy that `parsePolicy` takes; one range a band, in its order. */
export function rewriteBands(text: string, ranges: readonly NewRange[]): string {
  const document = parseDocument(text)
  const edits = ranges.flatMap(({ from, to, fromProbability }, band) => {
    const edit = (field: string, value: number | null) => {
      const node = document.getIn(['bands', band, field], true)
      return value !== null && isScalar(node) && node.range
        ? [{ begin: node.range[0], end: node.range[1], value: String(value) }]
        : []
    }
    return [...edit('from', from), ...edit('to', to), ...edit('from_probability', fromProbability)]
  })
  return edits
    .toSorted((a, b) => b.begin - a.begin)
    .reduce((so, { begin, end, value }) => so.slice(0, begin) + value + so.slice(end), text)
}

/** The section `bands` as it stands in the text. */
export function bandsSection(text: string): string {
  const lines = text.split('\n')
  const begin = lines.findIndex((line) => /^(?:bands|"bands"|'bands')\s*:/.test(line))
  const after = lines.findIndex((line, place) => place > begin && /^[^\s#-]/.test(line))
  const section = lines.slice(begin, after < 0 ? undefined : after)
  // Comments and empty lines before the next section are its own.
  while (/^\s*(?:#.*)?$/.test(section.at(-1) ?? 'x')) section.pop()
  return section.join('\n')
}

/**
 * Ranges for bands that begin at `starts`, the lowest (0) first.
 * @param probabilities By line, 1 to 100, the probability from which on a score reaches it; null: there is none.
 */
export function rangesFrom(
  bands: readonly Band[],
  starts: readonly number[],
  probabilities: readonly number[] | null,
): NewRange[] {
  return starts.map((from, band) => ({
    from,
    to: (starts[band + 1] ?? 101) - 1,
    fromProbability: bands[band]!.from_probability === undefined ? null : (probabilities?.[from - 1] ?? null),
  }))
}
