import { describe, expect, it } from 'vitest'
import { DAY, HOUR } from '../../src/glossary.ts'
import type { LandmarkPlan } from '../../training/course.ts'
import { evaluationSets } from '../../training/evaluation-sets.ts'
import { collectRows } from '../../training/rows.ts'
import { type Split, splitInTime } from '../../training/split.ts'
import { account, deal, lead, sourceOf } from './records.ts'

const START = 1_000 * DAY
const CUTOFF = START + 700 * DAY
const PLAN: LandmarkPlan = {
  population: 'leads',
  pipeline: 'new_business',
  target: 'won',
  horizonDays: 30,
  entryDelayHours: 1,
  landmarkDays: [0, 7, 30],
}

/** An account a day with one lead; every third opens a deal on day 5, and wins it on day 20. */
const records = sourceOf(
  Array.from({ length: 600 }, (_, index) => {
    const born = START + index * DAY + 6 * HOUR
    const leadId = `l${index}`
    const deals =
      index % 3 === 0
        ? [
            deal({
              dealId: `d${index}`,
              openedAt: born + 5 * DAY,
              closedAt: born + 20 * DAY,
              outcome: 'won',
              contacts: [{ leadId, isPrimary: true }],
            }),
          ]
        : []
    return account([lead(leadId, born)], { accountId: `a${index}`, deals })
  }),
)

async function sets(plan: LandmarkPlan, seed = 1) {
  const { rows } = await collectRows(records, plan, CUTOFF)
  const split: Split = splitInTime(rows, CUTOFF)!
  const test = split.parts.test.rows.map((index) => rows[index]!)
  return { split, test, sets: await evaluationSets(records, plan, test, split, seed) }
}

describe('evaluationSets', () => {
  it('judges only accounts, moments and labels of the test part', async () => {
    const { split, sets: found } = await sets(PLAN)
    for (const rows of Object.values(found)) {
      expect(rows.length).toBeGreaterThan(20)
      for (const row of rows) {
        expect(split.partOfGroup.get(row.group)).toBe('test')
        expect(row.asOf).toBeGreaterThanOrEqual(split.parts.test.startsAt)
        expect(row.labelKnownAt).toBeLessThanOrEqual(CUTOFF)
        expect(row.usable).toBe(true)
      }
    }
  })

  it('takes entry rows from the landmarks, hand-offs at the opening of the deal, and days at midnight', async () => {
    const { sets: found, test } = await sets(PLAN)
    expect(found.all_landmarks).toBe(test)
    expect(found.at_entry.every((row) => row.day === 0)).toBe(true)
    expect(found.at_hand_off.every((row) => row.day === 5 && row.label === 1)).toBe(true)
    expect(found.on_a_random_day.every((row) => row.asOf % DAY === 0)).toBe(true)
  })

  it('draws the same days from the same seed, and others from another', async () => {
    const days = async (seed: number) => (await sets(PLAN, seed)).sets.on_a_random_day.map((row) => row.asOf)
    expect(await days(1)).toEqual(await days(1))
    expect(await days(1)).not.toEqual(await days(2))
  })

  it('has no hand-off where the target is the hand-off', async () => {
    expect((await sets({ ...PLAN, target: 'opened' })).sets.at_hand_off).toEqual([])
  })
})
