import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY, HOUR } from '../../src/glossary.ts'
import { createAccountSample } from '../../training/account-sample.ts'
import type { LandmarkPlan } from '../../training/course.ts'
import { collectRows, eachLead, recordsOf } from '../../training/rows.ts'
import { account, deal, lead, sourceOf } from './records.ts'

const SEED = 7
const START = 1_000 * DAY
const CUTOFF = START + 400 * DAY
const PLAN: LandmarkPlan = {
  population: 'leads',
  pipeline: 'new_business',
  target: 'won',
  horizonDays: 30,
  entryDelayHours: 1,
  landmarkDays: [0, 7, 30],
}

/** 240 accounts of one to three leads, each with three landmarks; every fourth without an account id; some win. */
const ACCOUNTS = Array.from({ length: 240 }, (_, index) => {
  const born = START + index * DAY + 6 * HOUR
  const isPerson = index % 4 === 0
  const leads = Array.from({ length: isPerson ? 1 : 1 + (index % 3) }, (_lead, k) =>
    lead(`l${index}-${k}`, born + k * HOUR),
  )
  const leadId = leads[0]!.leadId
  const won = deal({
    dealId: `d${index}`,
    openedAt: born + DAY,
    closedAt: born + 40 * DAY,
    outcome: 'won',
    contacts: [{ leadId, isPrimary: true }],
  })
  return account(leads, { accountId: isPerson ? null : `a${index}`, deals: index % 5 === 0 ? [won] : [] })
})
const LEADS_OF_ALL = ACCOUNTS.reduce((sum, { leads }) => sum + leads.length, 0)

const collect = (accounts: typeof ACCOUNTS, most?: number, seed = SEED) =>
  collectRows(sourceOf(accounts), PLAN, CUTOFF, most === undefined ? {} : { limit: { most, seed } })

const leadsOf = (rows: readonly { leadId: string }[]): string[] =>
  [...new Set(rows.map(({ leadId }) => leadId))].sort()

describe('a sample of accounts', () => {
  it('is not taken up to the limit', async () => {
    const all = await collect(ACCOUNTS)
    expect(all.rows).toHaveLength(3 * LEADS_OF_ALL)
    expect(await collect(ACCOUNTS, all.rows.length)).toEqual(all)
    expect((await collect(ACCOUNTS, all.rows.length - 1)).sampled).not.toBeNull()
  })

  it('takes accounts whole, as many as fit, and says of how much; what became of all landmarks is still counted', async () => {
    const all = await collect(ACCOUNTS)
    const most = 300
    const { rows, sampled, landmarks } = await collect(ACCOUNTS, most)
    expect(landmarks).toEqual(all.landmarks)
    const leads = new Set(rows.map(({ leadId }) => leadId))
    const groups = new Set(rows.map(({ group }) => group))
    const taken = all.rows.filter(({ leadId }) => leads.has(leadId))
    expect(
      new Set(all.rows.filter(({ group }) => new Set(taken.map((row) => row.group)).has(group))),
    ).toEqual(new Set(taken))
    expect(rows.map((row) => ({ ...row, group: 0 }))).toEqual(taken.map((row) => ({ ...row, group: 0 })))
    expect(sampled).toEqual({
      most,
      landmarks: rows.length,
      of_landmarks: all.rows.length,
      accounts: groups.size,
      of_accounts: ACCOUNTS.length,
    })
    // The largest account has nine landmarks.
    expect(rows.length).toBeGreaterThan(most - 9)
    expect(rows.length).toBeLessThanOrEqual(most)
  })

  it('has the groups that a reading of its records alone has', async () => {
    const source = sourceOf(ACCOUNTS)
    const collected = await collectRows(source, PLAN, CUTOFF, { limit: { most: 300, seed: SEED } })
    const read = new Map<string, number>()
    for await (const { lead: one, group } of eachLead(recordsOf(collected, source)))
      read.set(one.leadId, group)
    expect(read).toEqual(new Map(collected.rows.map(({ leadId, group }) => [leadId, group])))
    const whole = await collect(ACCOUNTS)
    expect(recordsOf(whole, source)).toBe(source)
  })

  it('is the same whatever the order of the records, another with another seed, and knows no outcomes', async () => {
    const taken = leadsOf((await collect(ACCOUNTS, 300)).rows)
    expect(leadsOf((await collect(ACCOUNTS.toReversed(), 300)).rows)).toEqual(taken)
    expect(leadsOf((await collect(ACCOUNTS, 300, SEED + 1)).rows)).not.toEqual(taken)
    const withoutDeals = ACCOUNTS.map((one) => ({ ...one, deals: [] }))
    expect(leadsOf((await collect(withoutDeals, 300)).rows)).toEqual(taken)
  })

  it('is what one cut at the end would leave, however often and in whatever order it is cut', () => {
    const counts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(
        counts,
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 7 }),
        (given, most, every) => {
          const told = (order: readonly number[], cutEvery: number): number[] => {
            const sample = createAccountSample({ most, seed: SEED })
            for (const [k, group] of order.entries()) {
              sample.tell(group, `account ${group}`, given[group]!)
              if (k % cutEvery === 0) sample.cut()
            }
            sample.cut()
            return order.filter(sample.has).sort((a, b) => a - b)
          }
          const order = [...given.keys()]
          const once = told(order, Number.POSITIVE_INFINITY)
          expect(told(order.toReversed(), every)).toEqual(once)
          expect(once.reduce((sum, group) => sum + given[group]!, 0)).toBeLessThanOrEqual(most)
        },
      ),
    )
  })

  it('takes large and small accounts, early and late ones alike', () => {
    const sample = createAccountSample({ most: 10_000, seed: SEED })
    for (let group = 0; group < 20_000; group++) sample.tell(group, `account ${group}`, 1)
    sample.cut()
    const inside = Array.from({ length: 20_000 }, (_, group) => group).filter(sample.has)
    const early = inside.filter((group) => group < 10_000).length
    // 5,000 expected of each half; the standard deviation is 50.
    expect(inside).toHaveLength(10_000)
    expect(Math.abs(early - 5_000)).toBeLessThan(250)
  })
})
