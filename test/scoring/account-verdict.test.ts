/** An account is bound by what binds all of its people. Worked out by hand, in whatever order they come. */
import { describe, expect, it } from 'vitest'
import { accountVerdict } from '../../src/scoring/account-verdict.ts'
import type { Verdict, VerdictOverride } from '../../src/scoring/scored-lead.ts'

const BANDS = ['cold', 'cool', 'warm', 'hot']
const FREE = { status: 'eligible', cap: null, raise: null, excluded_channels: [], rules: [] }

const rule = (id: string) => ({ id, action: 'disqualify', reason: 'R.', condition: `of ${id}` })

function person(verdict: Partial<Verdict>) {
  return { verdict: { ...FREE, override: null, ...verdict } as Verdict }
}

/** The same whoever comes first. */
function shared(...people: Partial<Verdict>[]) {
  const answer = accountVerdict(people.map(person), BANDS)
  expect(accountVerdict(people.map(person).reverse(), BANDS)).toEqual(answer)
  return answer
}

describe('the verdict on an account', () => {
  it('caps at the highest cap and raises to the lowest raise of its people, where all have one', () => {
    expect(shared({ cap: 'cool' }, { cap: 'warm' }, { cap: 'cold' }).cap).toBe('warm')
    expect(shared({ raise: 'hot' }, { raise: 'cool' }, { raise: 'warm' }).raise).toBe('cool')
    expect(shared({ cap: 'cool', raise: 'cool' }, { cap: 'cool' })).toEqual({ ...FREE, cap: 'cool' })
    expect(shared({ cap: 'cool' }, { raise: 'cool' })).toEqual(FREE)
  })

  it('is the weakest status, and the rules and channels of everybody', () => {
    const ruled = { status: 'disqualified', rules: [rule('a'), rule('b')] } as const
    const other = { status: 'review', rules: [rule('b'), rule('c')] } as const
    expect(shared(ruled, { ...other, excluded_channels: ['email', 'phone'] })).toEqual({
      ...FREE,
      status: 'review',
      rules: [rule('b')],
    })
    const mute = { excluded_channels: ['phone', 'email'] }
    expect(shared(mute, { excluded_channels: ['email'] }).excluded_channels).toEqual(['email'])
  })

  it('of somebody who is overridden has no bounds, and of nobody binds nothing', () => {
    const override = { status: 'eligible' } as VerdictOverride
    expect(shared({ cap: 'cool', raise: 'cool', override }, { cap: 'cool', raise: 'cool' })).toEqual(FREE)
    expect(shared({ cap: 'cool', raise: 'cool', override })).toEqual(FREE)
    expect(shared()).toEqual(FREE)
  })

  it('asks nobody further once nothing binds it', () => {
    const asked = function* () {
      yield person({ status: 'review' })
      yield person({})
      throw new Error('asked further')
    }
    expect(accountVerdict(asked(), BANDS)).toEqual(FREE)
  })
})
