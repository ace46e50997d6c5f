/**
 * The rubric as people write it (models/rubric.yaml), made into an artifact for a definition: plain points for conditions on
 * columns. It serves until a model is trained, and is a baseline afterwards.
 */
import type { Column } from '../features/column.ts'
import { type Definition, definitionToPlain } from '../features/definition.ts'
import { withHalfLives } from '../features/half-lives.ts'
import { defineRegistry, type FittedRegistry, fitRegistry } from '../features/registry.ts'
import type { Milliseconds } from '../glossary.ts'
import type { RubricArtifact } from '../model/artifact.ts'
import { canonicalJson } from '../model/canonical.ts'
import { type CardCondition, type CardRule, type RubricCard, readCard } from './rubric-card.ts'
import { cardFaults } from './rubric-faults.ts'

/**
 * The artifact for `definition` of the rubric in `text`: of its rules those whose columns the definition has, so that one card
 * serves `conversion`, `fit` and `intent`. Every column must be one of `reference`, the definition with all features.
 * Throws `rubric_invalid` with file, line and field.
 */
export function rubricFor(
  definition: Definition,
  text: string,
  file: string,
  reference: Definition = definition,
): RubricArtifact {
  const { card, fail } = readCard(text, file)
  const known = fitToCard(withCardHalfLives(reference, card), card)
  const faults = cardFaults(card, known.columns, reference)
  if (faults.length > 0) fail(faults)

  const fitted = fitToCard(withCardHalfLives(definition, card), card)
  const names = new Set(fitted.columns.map(({ name }) => name))
  return {
    format: 'wonlost.artifact',
    format_version: 1,
    name: definition.name,
    segment: '',
    kind: 'rubric',
    definition: definitionToPlain(fitted.definition),
    vocabularies: Object.fromEntries(
      Object.entries(fitted.vocabularies).map(([feature, values]) => [feature, [...values]]),
    ),
    columns: fitted.columns.map(writableColumn),
    fingerprint: fitted.fingerprint,
    base_points: card.base_points,
    rules: card.rules
      .filter((rule) => conditionsOf(rule).every(({ column }) => names.has(column)))
      .map(artifactRule),
    ...(card.learned_until === undefined ? {} : { learned_until: card.learned_until }),
  }
}

/** The definition with a half-life of the card wherever it leaves one to training. */
export function withCardHalfLives(definition: Definition, card: RubricCard): Definition {
  const ofRules = new Map<string, Milliseconds>()
  for (const { column, half_life: halfLife } of card.rules) if (halfLife) ofRules.set(column, halfLife)
  return withHalfLives(
    definition,
    ({ name, event }) => ofRules.get(`${name}.decayed`) ?? card.half_lives[event] ?? card.half_life,
  )
}

/** Whether both say the same of every lead, whatever calibrates the one or the other. */
export function isSameCard(a: RubricArtifact, b: RubricArtifact): boolean {
  return canonicalJson(uncalibrated(a)) === canonicalJson(uncalibrated(b))
}

function uncalibrated(artifact: RubricArtifact): RubricArtifact {
  const { calibration: _, intervals: _intervals, training: _training, ...card } = artifact
  return card
}

function conditionsOf(rule: CardRule): readonly CardCondition[] {
  return [rule, ...(rule.and ?? [])]
}

/** In an artifact `points` are what a rule gives at most, and half-lives stand in the definition. */
export function artifactRule({
  points,
  up_to: upTo,
  half_life: _,
  ...rule
}: CardRule): RubricArtifact['rules'][number] {
  return { ...rule, points: points ?? upTo ?? 0 }
}

/**
 * A rubric knows no data: its vocabularies are the values that its own rules name. `found`: others, by feature, for who looks for new rules.
 * The definition must have a number for every half-life.
 */
export function fitToCard(
  definition: Definition,
  { rules }: RubricCard,
  found: Readonly<Record<string, readonly string[]>> = {},
): FittedRegistry {
  const registry = defineRegistry(definition)
  const conditions = rules.flatMap(conditionsOf)
  const vocabularies = registry.vocabularyFeatures.map((feature) => {
    const values = conditions.flatMap(({ column, one_of: oneOf }) => {
      if (column === feature) return oneOf ?? []
      // `technologies.kubernetes`: a flag of the list feature `technologies`.
      return column.startsWith(`${feature}.`) ? [column.slice(feature.length + 1)] : []
    })
    return [feature, [...new Set([...values, ...(found[feature] ?? [])])].sort()] as const
  })
  return fitRegistry(registry, Object.fromEntries(vocabularies))
}

function writableColumn(column: Column): RubricArtifact['columns'][number] {
  return column.kind === 'category' ? { ...column, categories: [...column.categories] } : { ...column }
}
