/**
 * Vocabularies of category features: the values that enough subjects of the fit part have, the most frequent first, then by
 * name. A value that is rarer, or was never seen, is missing. Counted by subject, not by row, or long-lived leads would
 * count six times.
 */
import type { Definition } from '../src/features/definition.ts'
import { factsAt } from '../src/features/facts.ts'
import type { FeatureRegistry } from '../src/features/registry.ts'
import type { RecordSource } from './record-source.ts'
import { eachLead, type Row } from './rows.ts'

export async function fitVocabularies(
  records: RecordSource,
  registry: FeatureRegistry,
  rows: readonly Row[],
): Promise<Record<string, string[]>> {
  const moments = new Map<string, number[]>()
  for (const row of rows) {
    const known = moments.get(row.leadId)
    if (known) known.push(row.asOf)
    else moments.set(row.leadId, [row.asOf])
  }
  const counts = new Map(registry.vocabularyFeatures.map((name) => [name, new Map<string, number>()]))
  for await (const { account, lead } of eachLead(records)) {
    const seen = new Map<string, Set<string>>()
    for (const asOf of moments.get(lead.leadId) ?? []) {
      for (const [name, values] of registry.rawCategories(factsAt(account, lead, asOf))) {
        const own = seen.get(name) ?? new Set()
        for (const value of values) own.add(value)
        seen.set(name, own)
      }
    }
    for (const [name, values] of seen) {
      const count = counts.get(name)
      for (const value of values) count?.set(value, (count.get(value) ?? 0) + 1)
    }
  }
  return Object.fromEntries(
    [...counts].map(([name, count]) => [name, selectVocabulary(count, registry.definition.vocabulary)]),
  )
}

/** At least `minimumCount` subjects, at most `maximumSize` values. Deterministic: ties are in order of code units. */
export function selectVocabulary(
  counts: ReadonlyMap<string, number>,
  limits: Definition['vocabulary'],
): string[] {
  return [...counts]
    .filter(([, count]) => count >= limits.minimumCount)
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .slice(0, limits.maximumSize)
    .map(([value]) => value)
}
