/** A small engine worked out by hand: four columns, a logistic artifact, one lead. */
import { type Definition, definitionToPlain, parseDefinition } from '../../src/features/definition.ts'
import { defineRegistry, fitRegistry } from '../../src/features/registry.ts'
import {
  type AccountRecord,
  DAY,
  type Deal,
  type LeadEvent,
  type LeadRecord,
  parseTime,
  type Trait,
  type TraitValue,
} from '../../src/glossary.ts'
import { parseGuardrails } from '../../src/guardrails/guardrails.ts'
import type { Artifact, LogisticArtifact } from '../../src/model/artifact.ts'
import { canonicalJson, sha256Hex } from '../../src/model/canonical.ts'
import { parsePolicy } from '../../src/policy/policy.ts'
import type { Engine } from '../../src/scoring/engine.ts'
import { type LoadedModel, loadModel } from '../../src/scoring/load-model.ts'

export const AS_OF = parseTime('2026-11-21T00:00:00Z')
export const CREATED_AT = AS_OF - 100 * DAY

const DEFINITION = `
name: NAME
description: For tests.
entity: lead
population: POPULATION
pipeline: new_business
target: won
horizon: 90d
landmarks: [entry]
learner: logistic
seed: 1
features:
  - number: { trait: employees, of: account, label: number of employees, unit: employee, group: company size, transform: log1p }
  - category: { trait: industry, of: account, label: industry }
  - behaviour: { event: pricing_page_viewed, label: pricing page visit, group: pricing page, half_life: 10d, measures: [decayed, count] }
`

export function definition(name = 'conversion', population = 'leads'): Definition {
  return parseDefinition(DEFINITION.replace('NAME', name).replace('POPULATION', population), `${name}.yaml`)
}

type Terms = LogisticArtifact['terms']

/** Weights that people can follow: ln 2 is worth 10 points. */
const TERMS: Terms = [
  { kind: 'linear', mean: Math.log(101), scale: 1, weight: 0.5, offset: 0, missing: -0.25 },
  { kind: 'category', contributions: [Math.LN2, -Math.LN2], missing: 0 },
  { kind: 'linear', mean: 0, scale: 1, weight: 1, offset: 0, missing: 0 },
  { kind: 'linear', mean: 0, scale: 1, weight: 0, offset: 0, missing: 0 },
]

export function logisticArtifact(
  given: Definition = definition(),
  changes: Partial<Pick<LogisticArtifact, 'base' | 'terms' | 'calibration' | 'intervals'>> = {},
): LogisticArtifact {
  const vocabularies = { industry: ['software', 'retail'] }
  const registry = fitRegistry(defineRegistry(given), vocabularies)
  return {
    format: 'wonlost.artifact',
    format_version: 1,
    name: given.name,
    segment: '',
    kind: 'logistic',
    definition: definitionToPlain(given),
    vocabularies,
    columns: registry.columns.map((column) =>
      column.kind === 'category' ? { ...column, categories: [...column.categories] } : { ...column },
    ),
    fingerprint: registry.fingerprint,
    base: -3,
    terms: TERMS,
    calibration: { kind: 'affine', slope: 0.5, intercept: -0.5 },
    training: { rows: 100, positives: 10, subjects: 90, seed: 1, cutoff: '2026-01-01T00:00:00Z' },
    ...changes,
  }
}

export function loaded(artifact: Artifact, version = 3): LoadedModel {
  const body = canonicalJson(artifact)
  return loadModel({ name: artifact.name, segment: '', version, sha256: sha256Hex(body), body })
}

export const POLICY = `
decided_by: conversion
bands:
  - { name: low, from: 0, to: 60, action: nurture, respond_within: null }
  - { name: high, from: 61, to: 100, action: call, respond_within: PT1H }
verdicts:
  disqualified: { action: none, respond_within: null }
  review: { action: look, respond_within: P2D }
  unscored: { action: none, respond_within: null }
grade:
  fit: { model: fit, A: 65, B: 52, C: 40 }
  intent: { model: intent, 1: 70, 2: 55, 3: 40 }
`

const GUARDRAILS = `
rules:
  - id: competitor
    owner: marketing
    reason: Works for a competitor.
    when: { derived: mail_domain, domain_in_list: rivals }
    then: disqualify
  - id: incomplete
    owner: sales
    reason: Too little is known.
    when: { derived: completeness, below: 0.5 }
    then: review
`

/** The policy, with other ranges for the leads of a segment: high begins at `from`. */
export function withSegmentBands(policy: Engine['policy'], segment: string, from: number): Engine['policy'] {
  const [low, high] = policy.bands
  return {
    ...policy,
    segment_bands: {
      [segment]: [
        { ...low!, to: from - 1 },
        { ...high!, from },
      ],
    },
  }
}

export function engine(models: readonly LoadedModel[] = [loaded(logisticArtifact())]): Engine {
  return {
    models,
    policy: { ...parsePolicy(POLICY, 'policy.yaml'), version: 4 },
    guardrails: {
      ...parseGuardrails(GUARDRAILS, 'guardrails.yaml', { rivals: ['rival.example'] }),
      version: 9,
    },
  }
}

function traits(values: Readonly<Record<string, TraitValue>>): Trait[] {
  return Object.entries(values).map(([name, value]) => ({
    name,
    value,
    occurredAt: CREATED_AT,
    knownAt: CREATED_AT,
    source: 'test',
    undated: false,
  }))
}

export function event(type: string, daysAgo: number, index = 0): LeadEvent {
  const time = AS_OF - daysAgo * DAY
  return { eventId: `e${index}`, type, occurredAt: time, knownAt: time, source: 'test', properties: {} }
}

export interface LeadShape {
  readonly lead?: Readonly<Record<string, TraitValue>>
  readonly account?: Readonly<Record<string, TraitValue>>
  readonly events?: readonly LeadEvent[]
  readonly deals?: readonly Deal[]
}

/** A lead of whom everything essential is known, at a software company of 403 people. */
export function records(shape: LeadShape = {}): { account: AccountRecord; lead: LeadRecord } {
  const lead: LeadRecord = {
    leadId: 'l_1',
    accountId: 'a_1',
    createdAt: CREATED_AT,
    traits: traits(shape.lead ?? { email: 'ann@acme.example', title: 'CTO' }),
    events: shape.events ?? [],
  }
  const account: AccountRecord = {
    accountId: 'a_1',
    traits: traits(
      shape.account ?? { name: 'Acme', industry: 'software', employees: 403, country: 'Deutschland' },
    ),
    leads: [lead],
    deals: shape.deals ?? [],
  }
  return { account, lead }
}

export function deal(changes: Partial<Deal>): Deal {
  return {
    dealId: 'd_1',
    accountId: 'a_1',
    pipeline: 'new_business',
    openedAt: AS_OF - 50 * DAY,
    closedAt: null,
    knownAt: AS_OF - 50 * DAY,
    outcome: 'open',
    amount: null,
    currency: null,
    lostReason: null,
    contacts: [{ leadId: 'l_1', isPrimary: true }],
    stages: [],
    ...changes,
  }
}
