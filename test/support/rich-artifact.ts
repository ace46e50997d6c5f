/** An artifact over every feature of a definition of the package, with weights by rule: no two columns weigh the same. */
import { definitionToPlain } from '../../src/features/definition.ts'
import { defineRegistry, fitRegistry } from '../../src/features/registry.ts'
import type { LogisticArtifact } from '../../src/model/artifact.ts'
import { canonicalJson, sha256Hex } from '../../src/model/canonical.ts'
import type { TinyArtifact } from './artifacts.ts'
import { shippedDefinition } from './shipped-definition.ts'

/** The same words for every feature: those that it does not know it never sees. */
const WORDS = ['software', 'retail', 'de', 'us', 'a', 'b', 'inbound_form', 'webinar', 'series_a']

/** @param without Kinds of features that are left out. */
export function richArtifact(name: string, without: readonly string[] = []): TinyArtifact {
  const shipped = shippedDefinition(name)
  const features = shipped.features.filter(({ kind }) => !without.includes(kind))
  const definition = { ...shipped, features }
  const unfitted = defineRegistry(definition)
  const vocabularies = Object.fromEntries(unfitted.vocabularyFeatures.map((feature) => [feature, WORDS]))
  const registry = fitRegistry(unfitted, vocabularies)
  const weight = (i: number) => Math.sin(i + 1) / 3
  const artifact: LogisticArtifact = {
    format: 'wonlost.artifact',
    format_version: 1,
    name,
    segment: '',
    definition: definitionToPlain(definition),
    vocabularies,
    columns: registry.columns.map((column) =>
      column.kind === 'category' ? { ...column, categories: [...column.categories] } : { ...column },
    ),
    fingerprint: registry.fingerprint,
    kind: 'logistic',
    base: -2,
    terms: registry.columns.map((column, i) =>
      column.kind === 'category'
        ? {
            kind: 'category',
            contributions: column.categories.map((_, j) => weight(i + 7 * j)),
            missing: weight(i) / 2,
          }
        : { kind: 'linear', mean: 0.5, scale: 2, weight: weight(i), offset: 0, missing: -weight(i) / 5 },
    ),
    calibration: { kind: 'affine', slope: 0.8, intercept: -0.2 },
    training: { rows: 1_000, positives: 90, subjects: 400, seed: 1, cutoff: '2026-01-01T00:00:00Z' },
  }
  const body = canonicalJson(artifact)
  return { artifact, body, sha256: sha256Hex(body) }
}
