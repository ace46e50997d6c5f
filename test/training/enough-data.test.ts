import { describe, expect, it } from 'vitest'
import { DAY } from '../../src/glossary.ts'
import { divideRows } from '../../training/divide-rows.ts'
import type { Row } from '../../training/rows.ts'

const CUTOFF = 1_000 * DAY
const LANDMARKS = { usable: 500, not_elapsed: 0, target_reached: 0, lost: 0, not_known: 0 }

/** A lead every day, of which every fifth reaches the target in a month. */
function rows(groupOf: (index: number) => number): Row[] {
  return Array.from({ length: 500 }, (_, index) => ({
    leadId: `l_${index}`,
    dealId: null,
    asOf: index * DAY,
    day: 0,
    status: 'usable',
    label: index % 5 === 0 ? 1 : 0,
    labelKnownAt: (index + 30) * DAY,
    group: groupOf(index),
    usable: true,
  }))
}

const divide = (groupOf: (index: number) => number) =>
  divideRows({ rows: rows(groupOf), landmarks: LANDMARKS, sampled: null }, CUTOFF)

describe('divideRows', () => {
  it('says that it is one account, not the time, that cannot be parted', () => {
    expect(() => divide((index) => index)).not.toThrow()
    expect(() => divide(() => 0)).toThrow(
      /500 of 500 usable rows are of one account, which stands in one part only/,
    )
  })
})
