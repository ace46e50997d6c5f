import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generateInto } from '../../../data/load.ts'
import { parseDefinition } from '../../../src/features/definition.ts'
import { DAY, parseTime } from '../../../src/glossary.ts'
import { normaliseMail } from '../../../src/ingest/mail-address.ts'
import { trainModel } from '../../../training/pipeline.ts'
import { optionsOf } from '../../data/helpers.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { check } from './clean-world.ts'

const options = optionsOf({ leads: 4_000, months: 24 })
const now = options.endsAt + DAY
const definition = parseDefinition(readFileSync('models/conversion.yaml', 'utf8'), 'conversion.yaml')

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await generateInto(database.pool, options, { reset: false })
})
afterAll(() => database.drop())

async function found(): Promise<Record<string, string>> {
  const { findings } = await check(database.pool, definition, { now })
  return Object.fromEntries(findings.map(({ id, severity }) => [id, severity]))
}

/** What the simulator plants on purpose. */
const PLANTED = {
  filled_after_outcome: 'look',
  outcome_fields: 'look',
  duplicate_leads: 'look',
  contradictory_fields: 'look',
  bounced_leads: 'look',
  missing_traits: 'look',
}

describe('the check of a simulated history', () => {
  it('finds what the simulator plants and nothing else, and counts as training does', async () => {
    const report = await check(database.pool, definition, { now })
    expect(Object.fromEntries(report.findings.map(({ id, severity }) => [id, severity]))).toEqual(PLANTED)
    const finding = (id: string) => report.findings.find((one) => one.id === id)!
    expect(finding('filled_after_outcome').examples).toEqual(['lead.onboarding_status'])
    expect(finding('outcome_fields').examples).toEqual(['lead.crm_stage'])
    const mails = await database.pool.query<{ value: string }>(
      `SELECT value #>> '{}' AS value FROM wonlost.traits WHERE name = 'email'`,
    )
    const people = new Set(mails.rows.map(({ value }) => normaliseMail(value)))
    expect(finding('duplicate_leads').figures['surplus']).toBe(mails.rows.length - people.size)

    const { report: trained } = await trainModel(database.pool, definition, {
      cutoff: parseTime(report.as_of),
    })
    expect(report.landmarks).toEqual(trained.landmarks)
    expect(report.subjects_used).toEqual(trained.subjects)
    expect(report.parts.map(({ rows }) => rows)).toEqual(trained.parts.map(({ rows }) => rows))
    // Entry rows of the check are the first landmarks that training could use.
    expect(report.conversion.all.rows).toBeLessThanOrEqual(
      report.verdict.reached + report.verdict.not_reached,
    )
    const last = report.conversion.cohorts.at(-1)!
    expect(last.ripe).toBe(0)
    expect(last.rate).toBeNull()
  })

  it('says what buyers have in common: how they came, and what they asked for', async () => {
    const { conversion } = await check(database.pool, definition, { now })
    const told = new Map(conversion.in_common.map((one) => [`${one.attribute} ${one.value}`, one.ratio!]))
    expect(told.get('lead.source inbound_form')).toBeGreaterThan(2)
    expect(told.get('event demo_requested')).toBeGreaterThan(2)
    expect(told.get('lead.source outbound')).toBeLessThan(0.5)
    // Neither what the CRM says today nor whatever names somebody.
    for (const { attribute } of conversion.in_common)
      expect(attribute).not.toMatch(/crm_stage|onboarding|email|name|phone|message/)
  })

  it('accuses a leak by its figures where its name is innocent', async () => {
    await database.pool.query(`UPDATE wonlost.traits SET name = 'segment_code' WHERE name = 'crm_stage'`)
    const { outcome_fields: _, ...others } = PLANTED
    expect(await found()).toEqual({ ...others, knows_outcome: 'look' })
  })

  it('finds what an import without trusted times does to it', async () => {
    await database.pool.query(
      `UPDATE wonlost.traits SET undated = true, known_at = known_at + interval '3 years';
       UPDATE wonlost.events SET known_at = known_at + interval '3 years'`,
    )
    expect(await found()).toMatchObject({ known_from_import_on: 'stops', too_few_outcomes: 'stops' })
  })
})
