import { describe, expect, it } from 'vitest'
import { groupReasons } from '../../src/explain/group-reasons.ts'

function contribution(group: string, points: number, side: 'fit' | 'behaviour' = 'behaviour') {
  return { group, side, points, log_odds: points / 10, text: `${group} ${points}` }
}

const text = (loudest: { readonly text: string }): string => loudest.text

describe('groupReasons', () => {
  it('sums a group and speaks with the words of what weighs most in its direction', () => {
    const reasons = groupReasons(
      [
        contribution('pricing', 9),
        contribution('size', -6, 'fit'),
        contribution('pricing', -5),
        contribution('pricing', 4),
        contribution('mail', -10),
        contribution('mail', 3),
      ],
      text,
    )
    expect(reasons.for).toEqual([
      {
        group: 'pricing',
        side: 'behaviour',
        points: 8,
        log_odds: expect.closeTo(0.8, 12),
        text: 'pricing 9',
      },
    ])
    expect(reasons.against).toEqual([
      { group: 'mail', side: 'behaviour', points: -7, log_odds: expect.closeTo(-0.7, 12), text: 'mail -10' },
      { group: 'size', side: 'fit', points: -6, log_odds: -0.6, text: 'size -6' },
    ])
  })

  it('keeps fit and behaviour of one name apart, and drops what cancels out', () => {
    const reasons = groupReasons(
      [
        contribution('trial', 2, 'fit'),
        contribution('trial', 1),
        contribution('mail', 3),
        contribution('mail', -3),
      ],
      text,
    )
    expect(reasons.for.map(({ side, points }) => [side, points])).toEqual([
      ['fit', 2],
      ['behaviour', 1],
    ])
    expect(reasons.against).toEqual([])
  })

  it('leaves log-odds out for a rubric', () => {
    const reasons = groupReasons([{ ...contribution('size', 5), log_odds: null }], text)
    expect(reasons.for[0]).toMatchObject({ log_odds: null, points: 5 })
  })
})
