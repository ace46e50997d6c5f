import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { gradeActionOf, gradeFaults, gradeOf, quadrantOf } from '../../src/policy/grade.ts'
import { parsePolicy } from '../../src/policy/policy.ts'

const shipped = parsePolicy(
  readFileSync(new URL('../../models/policy.yaml', import.meta.url), 'utf8'),
  'policy.yaml',
).grade!

const graded = (fit: number | null, intent: number | null) =>
  gradeOf(shipped, (model) => (model === 'fit' ? fit : intent))

describe('the grid', () => {
  it('takes the first threshold that the score reaches, and has no grade where a score is missing', () => {
    expect([graded(65, 70), graded(64, 69), graded(51, 54), graded(39, 39)]).toEqual(['A1', 'B2', 'C3', 'D4'])
    expect([graded(null, 70), graded(65, null)]).toEqual([null, null])
  })

  const lines = (...patterns: string[]) => ({
    ...shipped,
    actions: patterns.map((grade) => ({ grade, action: `as ${grade}` })),
  })

  it('gives a pair the first line that matches it', () => {
    const policy = lines('A1', 'A*', '*1', '**')
    expect(['A1', 'A4', 'C1', 'D4'].map((pair) => gradeActionOf(policy, pair))).toEqual([
      'as A1',
      'as A*',
      'as *1',
      'as **',
    ])
    expect(gradeActionOf({ ...shipped, actions: undefined }, 'A1')).toBeNull()
  })

  it('refuses lines that leave a pair out, and a line that nothing reaches', () => {
    expect(gradeFaults(lines('A*', 'B*', 'C*', 'D1', 'D2', 'D3'))[0]?.message).toContain('Without a line: D4')
    const [fault] = gradeFaults(lines('A*', 'A1', '**'))
    expect(fault?.path).toEqual(['grade', 'actions', 1, 'grade'])
    expect(fault?.message).toContain('is never used')
    expect(gradeFaults(lines('*1', '*2', '*3', '*4'))).toEqual([])
  })

  it('names the four fields of high and low', () => {
    const [named] = [shipped.quadrants!]
    expect(['B2', 'A3', 'C2', 'D4'].map((pair) => quadrantOf(shipped, pair))).toEqual([
      named.high_fit_high_intent,
      named.high_fit_low_intent,
      named.low_fit_high_intent,
      named.low_fit_low_intent,
    ])
    expect(quadrantOf({ ...shipped, quadrants: undefined }, 'A1')).toBeNull()
  })
})
