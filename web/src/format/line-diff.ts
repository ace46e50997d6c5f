/** What differs between two texts, line by line: the longest common subsequence, what both begin and end with left out first. */

export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed'
  readonly text: string
  /** In the text after it, from 1; of a removed line null. */
  readonly number: number | null
  /** No two lines have the same. */
  readonly key: string
}

interface Gap {
  readonly kind: 'gap'
  readonly lines: number
  readonly key: string
}

/** Lengths of common subsequences that are kept at most. Beyond it what lies between is shown as removed and added whole. */
const MOST_CELLS = 4_000_000

export function lineDiff(before: string, after: string): DiffLine[] {
  const a = before.split('\n')
  const b = after.split('\n')
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1
  let end = 0
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end += 1
  const lines: DiffLine[] = []
  let number = 0
  const put = (kind: DiffLine['kind'], text: string): void => {
    if (kind !== 'removed') number += 1
    lines.push({ kind, text, number: kind === 'removed' ? null : number, key: `${lines.length}` })
  }
  for (const text of b.slice(0, start)) put('same', text)
  for (const [kind, text] of between(a.slice(start, a.length - end), b.slice(start, b.length - end)))
    put(kind, text)
  for (const text of b.slice(b.length - end, b.length)) put('same', text)
  return lines
}

function between(a: readonly string[], b: readonly string[]): [DiffLine['kind'], string][] {
  const all = (kind: DiffLine['kind'], texts: readonly string[]): [DiffLine['kind'], string][] =>
    texts.map((text) => [kind, text])
  const width = b.length + 1
  if ((a.length + 1) * width > MOST_CELLS) return [...all('removed', a), ...all('added', b)]
  // common[i, j]: the longest common subsequence of what follows from a[i] and b[j].
  const common = new Uint32Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      common[i * width + j] =
        a[i] === b[j]
          ? common[(i + 1) * width + j + 1]! + 1
          : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!)
  const found: [DiffLine['kind'], string][] = []
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      found.push(['same', a[i]!])
      i += 1
      j += 1
    } else if (common[(i + 1) * width + j]! >= common[i * width + j + 1]!) found.push(['removed', a[i++]!])
    else found.push(['added', b[j++]!])
  }
  return [...found, ...all('removed', a.slice(i)), ...all('added', b.slice(j))]
}

/** Only changes and `around` lines beside each; what is left out is counted. */
export function nearChanges(lines: readonly DiffLine[], around: number): (DiffLine | Gap)[] {
  const isNear = new Array<boolean>(lines.length).fill(false)
  lines.forEach(({ kind }, index) => {
    if (kind !== 'same') isNear.fill(true, Math.max(0, index - around), index + around + 1)
  })
  const shown: (DiffLine | Gap)[] = []
  let left = 0
  const close = (): void => {
    if (left > 0) shown.push({ kind: 'gap', lines: left, key: `gap ${shown.length}` })
    left = 0
  }
  lines.forEach((line, index) => {
    if (!isNear[index]) left += 1
    else {
      close()
      shown.push(line)
    }
  })
  close()
  return shown
}
