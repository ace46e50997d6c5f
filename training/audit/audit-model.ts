/** The audit of a model that learns from the database: does it use only what was known at the time? See docs/leakage-audit.md. */
import type { Definition, FeatureSpec } from '../../src/features/definition.ts'
import type { FeatureRegistry } from '../../src/features/registry.ts'
import { numberText } from '../../src/features/wording.ts'
import type { SubjectKind } from '../../src/glossary.ts'
import { outcomeFieldReason } from '../../src/outcome-fields.ts'
import { askedFor } from '../data-check/asked-for.ts'
import { shareOf } from '../data-check/finding.ts'
import type { Matrix } from '../matrix.ts'
import type { AuditFinding, AuditReport, AuditSeverity } from '../report/audit-report.ts'
import { percent } from '../report/figures.ts'
import type { Row } from '../rows.ts'
import { type Accusation, type AuditUnit, accuse } from './accuse.ts'
import { gravestFirst } from './gravest-first.ts'
import { findIdentifiers } from './identifiers.ts'
import { type Evidence, subjectOf } from './read-evidence.ts'
import { sampleRows } from './sample-rows.ts'
import type { SharedContacts, SharedKeys } from './shared-contacts.ts'
import { type TraitUse, traitFindings } from './trait-findings.ts'

export interface AuditRequest {
  readonly registry: FeatureRegistry
  /** What the model learned from: numbers, and where they come from. */
  readonly matrix: Matrix
  readonly learning: readonly Row[]
  readonly evidence: Evidence
}

const TAKE_OUT =
  'If it is filled in because of the outcome, take it out of the definition; or import its history with the times at which each value was known.'

export function auditModel(request: AuditRequest): AuditReport {
  const { registry, evidence } = request
  const { definition } = registry
  const sample = sampleRows(request.matrix, definition.seed)
  const units = unitsOf(registry, request.matrix)
  const inTheEnd = Uint8Array.from(sample.rows, (row) =>
    Number(evidence.reached.has(subjectOf(request.learning[row]!))),
  )
  const { features, accusations } = accuse(sample, units, [
    { labels: sample.matrix.labels, of: 'the rows' },
    { labels: inTheEnd, of: 'the rows by what became of them in the end' },
  ])
  const uses = usesOf(definition, units)
  const useOf = (of: SubjectKind, name: string): TraitUse =>
    uses.get(`${of}.${name}`) ?? { column: `${of}.${name}`, used: false, lift: null }
  const accused = new Set(accusations.map(({ unit }) => unit.name))
  const findings = [
    ...accusations.map(toFinding),
    ...traitFindings(evidence, useOf, accused),
    ...identifierFindings(sample.matrix, evidence, useOf),
    ...contactFindings(evidence.contacts),
  ]
  return { features, findings: gravestFirst(findings) }
}

/** A feature with its columns: `country` or `pricing_page_viewed.count`. The longest name counts, for an event may have a dot in its name. */
function unitsOf({ definition, features }: FeatureRegistry, matrix: Matrix): AuditUnit[] {
  const byLength = features.toSorted((a, b) => b.name.length - a.name.length)
  const places = new Map<string, number[]>(features.map(({ name }) => [name, []]))
  for (const [place, column] of matrix.columns.entries()) {
    const owner = byLength.find(({ name }) => column.name === name || column.name.startsWith(`${name}.`))
    if (owner) places.get(owner.name)?.push(place)
  }
  return features.map(({ name }, i) => ({
    name,
    columns: places.get(name) ?? [],
    named: firstReason(definition.features[i]!),
  }))
}

function firstReason(feature: FeatureSpec): string | null {
  const { traits } = askedFor({ features: [feature] })
  for (const name of [...traits.lead, ...traits.account]) {
    const reason = outcomeFieldReason(name)
    if (reason !== null) return reason
  }
  return null
}

/** By trait, the feature that reads it: rather one of its own than one that reads many, or that asks somebody else. */
function usesOf({ features }: Definition, units: readonly AuditUnit[]): ReadonlyMap<string, TraitUse> {
  const uses = new Map<string, TraitUse & { readonly distance: number }>()
  for (const [i, feature] of features.entries()) {
    const { lead, account } = askedFor({ features: [feature] }).traits
    const keys = [
      ...[...lead].map((name) => `lead.${name}`),
      ...[...account].map((name) => `account.${name}`),
    ]
    const distance = keys.length + Number(feature.options['of'] === 'first_contact')
    const use = { column: units[i]!.name, used: true, lift: feature.lift ?? null, distance }
    for (const key of keys)
      if (distance < (uses.get(key)?.distance ?? Number.POSITIVE_INFINITY)) uses.set(key, use)
  }
  return uses
}

function toFinding({ unit, ...because }: Accusation): AuditFinding {
  return { ...because, column: unit.name, severity: 'suspect', used: true, advice: TAKE_OUT }
}

function identifierFindings(
  matrix: Matrix,
  { traits }: Evidence,
  useOf: (of: SubjectKind, name: string) => TraitUse,
): AuditFinding[] {
  const known = new Map(
    traits.traits.map(({ of, name, atEntry }) => [useOf(of, name).column, shareOf(atEntry, traits.entries)]),
  )
  return findIdentifiers(matrix, known).map((identifier) => ({
    ...identifier,
    id: 'identifier',
    severity: 'look',
    used: true,
    advice: 'Take it out of the definition.',
  }))
}

/** From this share on, the figures are partly, and mostly, of people that the model has met. A domain says less: subsidiaries, landlords. */
const MET_FROM = 0.05
const MOSTLY_MET_FROM = 0.2

function contactFindings({ mails, domains }: SharedContacts): AuditFinding[] {
  const finding = (what: string, { test, shared }: SharedKeys, gravest: AuditSeverity): AuditFinding[] => {
    if (shared === 0) return []
    const share = shareOf(shared, test)
    const severity = share < MET_FROM ? 'note' : share < MOSTLY_MET_FROM ? 'look' : gravest
    return [
      {
        id: 'shared_contacts',
        column: what,
        severity,
        used: true,
        figure: { name: 'share', value: share },
        text: `${numberText(shared)} of ${numberText(test)} (${percent(share)}) of the test part stand in other accounts that were learned from: ${severity === 'note' ? 'too few to matter' : 'its figures are partly of people that the model has met, and too good'}.`,
        advice:
          '`wonlost data merge` finds people and accounts that are there twice, and puts them together.',
      },
    ]
  }
  return [...finding('mail addresses', mails, 'suspect'), ...finding('company domains', domains, 'look')]
}
