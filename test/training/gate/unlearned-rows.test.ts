import { describe, expect, it } from 'vitest'
import { unlearnedRows } from '../../../training/gate/unlearned-rows.ts'

const row = (group: number, asOf: number, labelKnownAt: number) => ({
  group,
  asOf,
  labelKnownAt,
  usable: true,
})

describe('unlearnedRows', () => {
  const old = row(1, 0, 30)
  const later = row(1, 50, 80)
  const crossing = row(2, 20, 50)
  const fresh = row(3, 45, 75)
  const colleague = { ...row(3, 0, 30), usable: false }

  it('are those of accounts of which no label was known by then', async () => {
    const landmarks = [old, later, crossing, fresh]
    // Of account 1 the champion knows an earlier row; of account 2 the label came after it had learned.
    expect(await unlearnedRows([later, crossing, fresh], landmarks, 40)).toEqual([crossing, fresh])
    expect(await unlearnedRows([later, crossing, fresh], landmarks, 29)).toEqual([later, crossing, fresh])
    expect(await unlearnedRows([later, crossing, fresh], landmarks, 75)).toEqual([])
  })

  it('counts a landmark that is no row: its account may have stood among what was learned', async () => {
    expect(await unlearnedRows([fresh], [fresh, colleague], 30)).toEqual([])
    expect(await unlearnedRows([fresh], [fresh, colleague], 29)).toEqual([fresh])
  })

  it('reads landmarks as they come', async () => {
    async function* stream() {
      yield* [old, fresh]
    }
    expect(await unlearnedRows([later, fresh], stream(), 40)).toEqual([fresh])
  })
})
