/** Judges training by the truth of the simulator, which training never sees. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generateInto } from '../../data/load.ts'
import { measureTruth } from '../../data/measure-truth.ts'
import { trueProbabilities } from '../../data/truth.ts'
import { findDataEnd } from '../../src/db/data-end.ts'
import { parseDefinition } from '../../src/features/definition.ts'
import { parseTime } from '../../src/glossary.ts'
import { type TrainedModel, trainModel } from '../../training/pipeline.ts'
import { randomIntegers } from '../../training/random.ts'
import { createRecordSource } from '../../training/record-source.ts'
import { collectRows } from '../../training/rows.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { shippedLists } from '../support/shipped-definition.ts'

const ENDS_AT = parseTime('2026-11-01T00:00:00Z')
const HORIZON_DAYS = 90

const file = new URL('../../models/conversion.yaml', import.meta.url)
const definition = parseDefinition(readFileSync(file, 'utf8'), 'conversion.yaml', shippedLists())

let database: TestDatabase
let cutoff: number
let trained: TrainedModel
beforeAll(async () => {
  database = await createTestDatabase()
  const simulation = { leads: 6_000, seed: 3, months: 24, endsAt: ENDS_AT, drift: true }
  await generateInto(database.pool, simulation, { reset: false })
  cutoff = (await findDataEnd(database.pool, ENDS_AT)).newest!
  trained = await trainModel(database.pool, definition, { cutoff })
})
afterAll(() => database.drop())

describe('a model of simulated leads, beside the truth', () => {
  it('is taught by labels that the truth would give: as many come true as it says', async () => {
    const { rows: all } = await collectRows(createRecordSource(database.pool), definition, cutoff)
    const rows = all.filter((row) => row.usable && (row.day === 0 || row.day === 30))
    const truth = await trueProbabilities(database.pool, rows, HORIZON_DAYS)
    // Decisions are of accounts: the surprises of one account are added up before they are squared.
    const surprises = new Map<number, number>()
    rows.forEach(({ group, label }, index) => {
      surprises.set(group, (surprises.get(group) ?? 0) + label - truth[index]!)
    })
    const total = [...surprises.values()].reduce((sum, surprise) => sum + surprise, 0)
    const variance = [...surprises.values()].reduce((sum, surprise) => sum + surprise ** 2, 0)
    // Four standard errors: chance passes this once in 16,000 seeds.
    expect(Math.abs(total)).toBeLessThan(4 * Math.sqrt(variance))
  })

  it('tells leads apart, and no better than the truth does beyond chance', async () => {
    const rows = trained.judged.all_landmarks
    const { aucModel, gap, gapInterval } = await measureTruth(
      database.pool,
      rows,
      HORIZON_DAYS,
      randomIntegers(1),
    )
    expect(aucModel).toBeGreaterThan(0.65)
    // Learned from half of 6,000 leads; how near more leads come to the truth stands in the README.
    expect(gap).toBeLessThan(0.15)
    expect(gapInterval![1]).toBeGreaterThan(0)
  })

  it('is none the wiser for the two planted leaks, which are no features', () => {
    const columns = trained.artifact.columns.map(({ name }) => name).join(' ')
    expect(columns).not.toMatch(/onboarding_status|crm_stage/)
  })
})
