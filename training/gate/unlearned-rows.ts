/**
 * Rows that neither of two models has learned from. The challenger's are those of its test part. The champion was trained
 * before, on other parts of the history, and what it kept of them is one moment: it has learned from no outcome that became
 * known after it. So the rows of an account are new to it when no landmark of that account had its label by then: neither
 * the row nor a colleague's, nor an earlier one of the same lead. That is stricter than the champion's own split, and needs nothing
 * of it; of a model trained on the same data up to the same cut-off nearly all of the test part is left.
 */
import type { Milliseconds } from '../../src/glossary.ts'
import type { SplitCandidate } from '../split.ts'

type PlacedLabel = Pick<SplitCandidate, 'group' | 'labelKnownAt'>

/**
 * @param rows Of the challenger's test part.
 * @param landmarks Every landmark of every account, by the champion's plan, usable or not.
 * @returns The rows of `rows` that are new to the champion, in their order.
 */
export async function unlearnedRows<Row extends SplitCandidate>(
  rows: readonly Row[],
  landmarks: Iterable<PlacedLabel> | AsyncIterable<PlacedLabel>,
  learnedUntil: Milliseconds,
): Promise<Row[]> {
  const learned = new Set<number>()
  for await (const { group, labelKnownAt } of landmarks) if (labelKnownAt <= learnedUntil) learned.add(group)
  return rows.filter(({ group }) => !learned.has(group))
}
