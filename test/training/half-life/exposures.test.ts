import { describe, expect, it } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../../src/glossary.ts'
import { BUCKET_COUNT, bucketOf } from '../../../training/half-life/age-buckets.ts'
import { type EventCounts, gatherExposures } from '../../../training/half-life/exposures.ts'
import { account, event, lead, sourceOf, trait } from '../records.ts'
import { decayingDefinition, START } from './decaying-world.ts'

/** A level of age ends here: 60 days are none of the days before. */
const AT = START + 60 * DAY

/** Row -> age in days, by bucket -> count. */
function shown({ rows, counts }: EventCounts): Record<number, Record<number, number>> {
  return Object.fromEntries(
    [...rows].map((row, pair) => {
      const buckets = counts.subarray(pair * BUCKET_COUNT, (pair + 1) * BUCKET_COUNT)
      return [
        row,
        Object.fromEntries([...buckets].flatMap((count, bucket) => (count > 0 ? [[bucket, count]] : []))),
      ]
    }),
  )
}

describe('gatherExposures', () => {
  it('counts what the first contact and the others did, by age, and what was done at first touch apart', async () => {
    const first = lead('l2', START, {
      traits: [trait('source', 'good', START)],
      events: [
        event('quick', START - 400 * DAY, START),
        event('slow', START + 30 * MINUTE),
        event('quick', AT - 3 * DAY),
        { ...event('quick', AT - 2 * DAY), properties: { bot: true } },
        event('quick', AT - DAY, AT + DAY),
        event('quick', AT),
        event('unheard_of', AT - DAY),
      ],
    })
    const other = lead('l1', START + 10 * DAY, {
      events: [event('quick', AT - 5 * DAY), event('slow', AT - 5 * DAY)],
    })
    const sampler = {
      momentsOf: () => [
        { at: AT, outcome: 'lost' as const },
        { at: START + HOUR, outcome: 'undecided' as const },
      ],
    }
    const strangers = account([lead('l9', START)], { accountId: 'b' })
    const found = await gatherExposures(
      sourceOf([strangers, account([other, first])]),
      decayingDefinition(),
      ['quick', 'slow', 'idle'],
      { source: ['good', 'other'] },
      sampler,
      (group) => group === 1,
    )
    const bucket = (days: number) => bucketOf(days * DAY)
    expect(found.first.map(shown)).toEqual([
      { 0: { [bucket(3)]: 1 } },
      { 0: { [bucketOf(AT - START - 30 * MINUTE)]: 1 }, 1: { [bucketOf(30 * MINUTE)]: 1 } },
      {},
    ])
    expect(found.others.map(shown)).toEqual([{ 0: { [bucket(5)]: 1 } }, { 0: { [bucket(5)]: 1 } }, {}])
    expect(found.background.columns.map(({ name }) => name)).toEqual([
      'source',
      ...['quick', 'slow', 'idle'].map((type) => `${type}.first_touch`),
    ])
    // What was done before a lead came counts as done at first touch.
    expect([...found.background.data]).toEqual([0, 1, 1, 0, 0, 1, 1, 0])
    expect([...found.outcomes]).toEqual([2, 0])
    expect([...found.levels]).toEqual([4, 0])
    expect(found.cycleDays).toEqual([])
  })
})
