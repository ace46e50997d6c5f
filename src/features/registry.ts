/**
 * From definition to rows. Unfitted, a registry only tells which values occur; with the vocabularies that training fitted, it
 * turns facts into a row. Batch and serving call the same `computeRow`: there is no second path.
 */
import { WonlostError } from '../errors.ts'
import { BEHAVIOUR_LIFETIME, type LeadEvent } from '../glossary.ts'
import type { Told } from '../wording-template.ts'
import type { Column } from './column.ts'
import { type Definition, featuresOf } from './definition.ts'
import { EventIndex } from './event-index.ts'
import type { Facts } from './facts.ts'
import type { Feature, RowContext } from './feature-kind.ts'
import { fingerprintOf } from './fingerprint.ts'
import { requireHalfLives } from './half-lives.ts'
import { plainWords } from './text.ts'
import { numberText } from './wording.ts'

export interface FeatureRegistry {
  readonly definition: Definition
  readonly features: readonly Feature[]
  /** Features whose vocabulary training fits, in order. */
  readonly vocabularyFeatures: readonly string[]
  /** For each of them, the values that these facts hold, normalised, each once. */
  rawCategories(facts: Facts): ReadonlyMap<string, readonly string[]>
}

export interface FittedRegistry {
  readonly definition: Definition
  readonly columns: readonly Column[]
  /** 64 hexadecimal digits. Equal fingerprints: the same rows from the same facts. */
  readonly fingerprint: string
  readonly vocabularies: Readonly<Record<string, readonly string[]>>
  /** Fills row[offset .. offset + columns.length). Missing is NaN. The same facts give the same bits. */
  computeRow(facts: Facts, row: Float64Array, offset?: number): void
  /** What `value`, the number that `computeRow` gave for the column, says in words: "3 pricing page visits, the last 2 days ago". */
  describe(facts: Facts, column: number, value: number): string
  /** The same in parts, for the templates of a policy. */
  tell(facts: Facts, column: number, value: number): Told
  /** Whether such an event of a colleague may change the row of a lead. */
  readsOfColleague(event: LeadEvent): boolean
}

export function defineRegistry(definition: Definition): FeatureRegistry {
  const features = featuresOf(definition)
  const fitted = features.filter((feature) => feature.values !== null)
  return {
    definition,
    features,
    vocabularyFeatures: fitted.map((feature) => feature.name),
    rawCategories: (facts) => new Map(fitted.map((feature) => [feature.name, feature.values?.(facts) ?? []])),
  }
}

/**
 * Applies fitted vocabularies: for each of `registry.vocabularyFeatures` the values, in the order of their codes.
 * Throws `artifact_invalid` when one is missing, too many, or has a value twice, and `half_life_not_learned`.
 */
export function fitRegistry(
  registry: FeatureRegistry,
  vocabularies: Readonly<Record<string, readonly string[]>>,
): FittedRegistry {
  checkVocabularies(registry.vocabularyFeatures, vocabularies)
  const { definition, features } = registry
  requireHalfLives(definition)
  const rules = { ignored: definition.ignoreEvents, notEngagement: definition.notEngagement }
  const index = new EventIndex(rules)
  const columns: Column[] = []
  const fitted = features.map((feature) => {
    const offset = columns.length
    const made = feature.fit(vocabularies[feature.name] ?? [], index)
    columns.push(...made.columns)
    return { ...made, offset, label: String(feature.options['label'] ?? feature.name) }
  })
  const partOf = fitted.flatMap((part) => part.columns.map(() => part))
  const partAt = (column: number) => {
    const part = partOf[column]
    if (!part) throw new RangeError(`There are ${columns.length} columns; ${column} is none of them.`)
    return part
  }
  const contextOf = (facts: Facts): RowContext => {
    index.load(facts.events)
    return { facts, index }
  }
  return {
    definition,
    columns,
    vocabularies,
    fingerprint: fingerprintOf({
      lifetime: BEHAVIOUR_LIFETIME,
      rules,
      columns,
      features: features.map(({ kind, version, options }) => ({ kind, version, options })),
    }),
    computeRow(facts, row, offset = 0) {
      const context = contextOf(facts)
      for (const part of fitted) part.compute(context, row, offset + part.offset)
    },
    describe(facts, column, value) {
      const part = partAt(column)
      return part.describe(contextOf(facts), column - part.offset, value)
    },
    tell(facts, column, value) {
      const { describe, tell, offset, label } = partAt(column)
      const context = contextOf(facts)
      return {
        text: describe(context, column - offset, value),
        label,
        ...valueTold(columns[column]!, value),
        ...tell(context, column - offset, value),
      }
    },
    readsOfColleague: (event) => fitted.some((part) => part.readsOfColleague(event)),
  }
}

/** Nothing of what is missing. */
function valueTold(column: Column, value: number): Told {
  if (Number.isNaN(value)) return {}
  if (column.kind !== 'category') return { value: numberText(value) }
  const category = column.categories[value]
  return category === undefined ? {} : { value: plainWords(category) }
}

function checkVocabularies(
  expected: readonly string[],
  vocabularies: Readonly<Record<string, readonly string[]>>,
): void {
  const given = Object.keys(vocabularies)
  const missing = expected.find((name) => !given.includes(name))
  const extra = given.find((name) => !expected.includes(name))
  const repeated = given.find((name) => new Set(vocabularies[name]).size !== vocabularies[name]?.length)
  const fault = missing ?? extra ?? repeated
  if (fault === undefined) return
  const what =
    missing !== undefined ? 'is missing' : extra !== undefined ? 'belongs to no feature' : 'repeats a value'
  throw new WonlostError(
    'artifact_invalid',
    `The vocabulary of ${fault} ${what}; the definition has features with these: ${expected.join(', ') || 'none'}.`,
    { field: `vocabularies.${fault}` },
  )
}
