/** Simulated histories in memory, and the audit of what a model would learn from them: no database, and no model. */
import { readFileSync } from 'node:fs'
import { accountRecords } from '../../../data/simulated-records.ts'
import { simulate } from '../../../data/simulator/simulate.ts'
import { type Definition, parseDefinition } from '../../../src/features/definition.ts'
import { withHalfLives } from '../../../src/features/half-lives.ts'
import { defineRegistry, fitRegistry } from '../../../src/features/registry.ts'
import { type AccountRecord, DAY, type Milliseconds } from '../../../src/glossary.ts'
import { auditModel } from '../../../training/audit/audit-model.ts'
import { readEvidence } from '../../../training/audit/read-evidence.ts'
import { divideRows } from '../../../training/divide-rows.ts'
import type { AuditReport } from '../../../training/report/audit-report.ts'
import { buildMatrices, collectRows } from '../../../training/rows.ts'
import { fitVocabularies } from '../../../training/vocabularies.ts'
import { optionsOf } from '../../data/helpers.ts'
import { sourceOf } from '../records.ts'

const SHIPPED = readFileSync(new URL('../../../models/conversion.yaml', import.meta.url), 'utf8')

/** The shipped definition, with some features more: lines of YAML. */
export function shippedWith(...features: readonly string[]): Definition {
  const more = features.map((feature) => `  - ${feature}\n`).join('')
  const text = SHIPPED.replace('features:\n', `features:\n${more}`)
  return withHalfLives(parseDefinition(text, 'conversion.yaml'), () => 14 * DAY)
}

export function simulatedRecords(leads: number, seed: number): AccountRecord[] {
  return [...simulate(optionsOf({ leads, seed }))].flatMap(accountRecords)
}

/** What the report of a model of these records would say. */
export async function auditOf(
  definition: Definition,
  accounts: readonly AccountRecord[],
  cutoff: Milliseconds = optionsOf().endsAt,
): Promise<AuditReport> {
  const records = sourceOf(accounts)
  const collected = await collectRows(records, definition, cutoff)
  const { parts, learning } = divideRows(collected, cutoff)
  const registry = defineRegistry(definition)
  const request = { cutoff, rows: collected.rows, learning, test: parts.test }
  const evidence = await readEvidence(records, definition, request)
  const fitted = fitRegistry(registry, await fitVocabularies(records, registry, parts.fit))
  const { matrix } = await buildMatrices(records, fitted, { matrix: learning })
  return auditModel({ registry, matrix, learning, evidence })
}
