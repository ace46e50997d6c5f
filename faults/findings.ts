/** What a check found: what is missing, what is there more than once, and what is there and wrong. Empty: all is well. */
export interface Findings {
  readonly lost: readonly string[]
  readonly duplicated: readonly string[]
  readonly wrong: readonly string[]
}

export const NOTHING_FOUND: Findings = { lost: [], duplicated: [], wrong: [] }

export function joinFindings(all: readonly Findings[]): Findings {
  return {
    lost: all.flatMap(({ lost }) => lost),
    duplicated: all.flatMap(({ duplicated }) => duplicated),
    wrong: all.flatMap(({ wrong }) => wrong),
  }
}

/** What was expected once each, beside what is there. */
export function compareOnce(what: string, expected: Iterable<string>, there: Iterable<string>): Findings {
  const counts = new Map<string, number>()
  for (const one of there) counts.set(one, (counts.get(one) ?? 0) + 1)
  const lost: string[] = []
  const duplicated: string[] = []
  for (const one of new Set(expected)) {
    const count = counts.get(one) ?? 0
    if (count === 0) lost.push(`${what} ${one}: it is not there`)
    if (count > 1) duplicated.push(`${what} ${one}: it is there ${count} times`)
    counts.delete(one)
  }
  for (const [one, count] of counts)
    duplicated.push(`${what} ${one}: nobody sent it, and it is there ${count} times`)
  return { lost, duplicated, wrong: [] }
}
