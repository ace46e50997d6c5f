/**
 * The rubric as people write it (models/rubric.yaml), made into an artifact for a definition: plain points for conditions on
 * columns. It serves until a model is trained, and is a baseline afterwards.
 */
import { z } from 'zod'
import {
  type CheckedYaml,
  type Fault,
  faultsOf,
  readYaml,
  strictFields,
  suggestion,
} from '../checked-yaml.ts'
import type { Column } from '../features/column.ts'
import { type Definition, definitionToPlain } from '../features/definition.ts'
import { durationBetween } from '../features/duration.ts'
import { decayingFeatures, withHalfLives } from '../features/half-lives.ts'
import { defineRegistry, fitRegistry } from '../features/registry.ts'
import { normaliseText } from '../features/text.ts'
import { BEHAVIOUR_LIFETIME, DAY, HOUR } from '../glossary.ts'
import type { RubricArtifact } from '../model/artifact.ts'

const halfLife = durationBetween(HOUR, BEHAVIOUR_LIFETIME)

const rubricSchema = strictFields({
  /** Of events that the definition leaves to training; a rubric learns nothing. */
  half_life: halfLife.default(30 * DAY),
  /** By event, where it is another. */
  half_lives: z.record(z.string(), halfLife).default({}),
  /** Points of a lead that meets no condition. */
  base_points: z.number(),
  rules: z
    .array(
      strictFields({
        column: z.string().min(1),
        points: z.number(),
        at_least: z.number().optional(),
        at_most: z.number().optional(),
        one_of: z.array(z.string().min(1).transform(normaliseText)).min(1).optional(),
      }),
    )
    .min(1),
})

type Rubric = z.infer<typeof rubricSchema>
type RubricRule = Rubric['rules'][number]

/**
 * The artifact for `definition` of the rubric in `text`: of its rules those whose column the definition has, so that one card
 * serves `conversion`, `fit` and `intent`. Every column must be one of `reference`, the definition with all features.
 * Throws `rubric_invalid` with file, line and field.
 */
export function rubricFor(
  definition: Definition,
  text: string,
  file: string,
  reference: Definition = definition,
): RubricArtifact {
  const document: CheckedYaml = readYaml(text, file, 'rubric_invalid')
  const parsed = rubricSchema.safeParse(document.value)
  if (!parsed.success) throw document.fail(faultsOf(parsed.error, document.value))
  const rubric = parsed.data
  const resolved = (open: Definition): Definition =>
    withHalfLives(open, ({ event }) => rubric.half_lives[event] ?? rubric.half_life)
  const known = fitToRules(resolved(reference), rubric.rules).columns
  const faults = [
    ...halfLifeFaults(rubric, reference),
    ...rubric.rules.flatMap((rule, index) => ruleFaults(rule, index, known, reference)),
  ]
  if (faults.length > 0) throw document.fail(faults)

  const fitted = fitToRules(resolved(definition), rubric.rules)
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
    base_points: rubric.base_points,
    rules: rubric.rules.filter(({ column }) => names.has(column)),
  }
}

/** A rubric knows no data: its vocabularies are the values that its own rules name. */
function fitToRules(definition: Definition, rules: readonly RubricRule[]) {
  const registry = defineRegistry(definition)
  const vocabularies = registry.vocabularyFeatures.map((feature) => {
    const values = rules.flatMap(({ column, one_of: oneOf }) => {
      if (column === feature) return oneOf ?? []
      // `technologies.kubernetes`: a flag of the list feature `technologies`.
      return column.startsWith(`${feature}.`) ? [column.slice(feature.length + 1)] : []
    })
    return [feature, [...new Set(values)].sort()] as const
  })
  return fitRegistry(registry, Object.fromEntries(vocabularies))
}

function halfLifeFaults({ half_lives: halfLives }: Rubric, reference: Definition): Fault[] {
  const events = decayingFeatures(reference).map(({ event }) => event)
  return Object.keys(halfLives)
    .filter((event) => !events.includes(event))
    .map((event) => {
      const message = `no behaviour of ${reference.name} decays by "${event}"${suggestion(event, events)}; allowed: ${events.join(', ')}.`
      return { path: ['half_lives', event], message }
    })
}

function ruleFaults(
  rule: RubricRule,
  index: number,
  columns: readonly Column[],
  reference: Definition,
): Fault[] {
  const path = ['rules', index]
  const column = columns.find(({ name }) => name === rule.column)
  if (!column) {
    const allowed = columns.map(({ name }) => name).join(', ')
    const message = `must be a column of ${reference.name}: ${allowed}. Given: "${rule.column}".`
    return [{ path: [...path, 'column'], message }]
  }
  const allowed = column.kind === 'category' ? ['one_of'] : ['at_least', 'at_most']
  const given = (['at_least', 'at_most', 'one_of'] as const).filter((name) => rule[name] !== undefined)
  const [condition] = given
  if (condition && given.length === 1 && allowed.includes(condition)) return []
  const message = `"${column.name}" needs exactly one of: ${allowed.join(', ')}. Given: ${given.join(', ') || 'none'}.`
  return [{ path: [...path, given.find((name) => !allowed.includes(name)) ?? 'column'], message }]
}

function writableColumn(column: Column): RubricArtifact['columns'][number] {
  return column.kind === 'category' ? { ...column, categories: [...column.categories] } : { ...column }
}
