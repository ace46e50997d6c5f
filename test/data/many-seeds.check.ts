/** Is the truth the truth, and does training find it, whatever the seed? Minutes of work: `npm run check:statistics`. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { generateInto } from '../../data/load.ts'
import { measureTruth } from '../../data/measure-truth.ts'
import { trueProbabilities } from '../../data/truth.ts'
import { parseDefinition } from '../../src/features/definition.ts'
import { parseTime } from '../../src/glossary.ts'
import { trainModel } from '../../training/pipeline.ts'
import { randomIntegers } from '../../training/random.ts'
import { createRecordSource } from '../../training/record-source.ts'
import { collectRows } from '../../training/rows.ts'
import { createTestDatabase } from '../support/database.ts'
import { shippedLists } from '../support/shipped-definition.ts'

const ENDS_AT = parseTime('2026-11-01T00:00:00Z')
const HORIZON_DAYS = 90
const SEEDS = [11, 12, 13, 14, 15, 16]

const file = new URL('../../models/conversion.yaml', import.meta.url)
const definition = parseDefinition(readFileSync(file, 'utf8'), 'conversion.yaml', shippedLists())

it('comes true as often as it says over all seeds, and no model beats it', async () => {
  let total = 0
  let variance = 0
  const gaps: number[] = []
  for (const seed of SEEDS) {
    const database = await createTestDatabase()
    try {
      const simulation = { leads: 8_000, seed, months: 24, endsAt: ENDS_AT, drift: seed % 2 === 0 }
      await generateInto(database.pool, simulation, { reset: false })
      const { rows: all } = await collectRows(createRecordSource(database.pool), definition, ENDS_AT)
      const rows = all.filter((row) => row.usable)
      const truth = await trueProbabilities(database.pool, rows, HORIZON_DAYS)
      const surprises = new Map<number, number>()
      rows.forEach(({ group, label }, index) => {
        surprises.set(group, (surprises.get(group) ?? 0) + label - truth[index]!)
      })
      for (const surprise of surprises.values()) {
        total += surprise
        variance += surprise ** 2
      }
      const { judged } = await trainModel(database.pool, definition, { cutoff: ENDS_AT })
      const { gap } = await measureTruth(
        database.pool,
        judged.all_landmarks,
        HORIZON_DAYS,
        randomIntegers(seed),
      )
      gaps.push(gap)
    } finally {
      await database.drop()
    }
  }
  // Four standard errors, clustered by account.
  expect(Math.abs(total)).toBeLessThan(4 * Math.sqrt(variance))
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
  expect(mean).toBeGreaterThan(0)
  expect(mean).toBeLessThan(0.1)
})
