/** A tiny logistic artifact made by hand, so that tests of serving need no training. */
import { definitionToPlain, parseDefinition } from '../../src/features/definition.ts'
import { defineRegistry, fitRegistry } from '../../src/features/registry.ts'
import type { LogisticArtifact } from '../../src/model/artifact.ts'
import { canonicalJson, sha256Hex } from '../../src/model/canonical.ts'

/** Three columns: employees, pricing_page_viewed.count and pricing_page_viewed.recency. */
export function tinyDefinition(name: string): string {
  return `name: ${name}
description: Three columns for tests.
entity: lead
population: leads
pipeline: new_business
target: won
horizon: 90d
landmarks: [entry]
learner: logistic
seed: 1
features:
  - number: { trait: employees, of: account, label: number of employees, unit: employee, group: company size, transform: log1p }
  - behaviour: { event: pricing_page_viewed, label: pricing page visit, group: pricing page, half_life: 14d, measures: [count, recency] }
`
}

export interface TinyArtifact {
  readonly artifact: LogisticArtifact
  readonly body: string
  readonly sha256: string
}

/** `weight` is that of ln(1 + pricing page visits); artifacts of different weights answer differently. */
export function tinyArtifact(
  options: { name?: string; weight?: number; segment?: string } = {},
): TinyArtifact {
  const { name = 'conversion', weight = 0.7, segment = '' } = options
  const when = `[{ trait: source, one_of: [${segment}] }]`
  const segments = segment === '' ? '' : `segments: [{ name: ${segment}, when: ${when} }]\n`
  const definition = parseDefinition(tinyDefinition(name) + segments, `${name}.yaml`)
  const registry = fitRegistry(defineRegistry(definition), {})
  const term = (slope: number, mean: number, missing: number) =>
    ({ kind: 'linear', mean, scale: 1, weight: slope, offset: 0, missing }) as const
  const artifact: LogisticArtifact = {
    format: 'wonlost.artifact',
    format_version: 1,
    name,
    segment,
    definition: definitionToPlain(definition),
    vocabularies: {},
    columns: registry.columns.map((column) => {
      if (column.kind !== 'number') throw new Error('the tiny definition has columns of numbers only')
      return { ...column }
    }),
    fingerprint: registry.fingerprint,
    kind: 'logistic',
    base: -2.5,
    terms: [term(0.3, 4.2, -0.1), term(weight, 0.6, 0), term(-0.2, 1.1, 0.05)],
    calibration: { kind: 'affine', slope: 0.9, intercept: -0.1 },
    intervals: { accounts: 200, from: [-3, -2], low: [-6, -4, -3], high: [-3, -2, 0] },
    training: { rows: 1_000, positives: 90, subjects: 400, seed: 1, cutoff: '2026-01-01T00:00:00Z' },
  }
  const body = canonicalJson(artifact)
  return { artifact, body, sha256: sha256Hex(body) }
}
