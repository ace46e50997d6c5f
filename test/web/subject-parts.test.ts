import fc from 'fast-check'
import { expect, test } from 'vitest'
import { durationText, elapsedText } from '../../web/src/format/durations.ts'
import { percentFigureText, percentText } from '../../web/src/format/numbers.ts'
import { neighboursOf } from '../../web/src/views/queue/neighbours.ts'
import { averageChance, chanceScale } from '../../web/src/views/subject/chance-scale.ts'
import { courseLines } from '../../web/src/views/subject/course-lines.ts'
import { readPolicyParts } from '../../web/src/views/subject/policy-parts.ts'
import type { AppliedScore, HistoryEntry } from '../../web/src/views/subject/subject-answers.ts'
import { dotRadius, timelineDays } from '../../web/src/views/subject/timeline.ts'
import { waterfallOf } from '../../web/src/views/subject/waterfall.ts'

/** Of a model whose reasons have these points; `bent`: what its calibration adds beside them. */
function scoreOf(points: readonly number[], bent = 0, start = 50): AppliedScore {
  const reasons = points.map((one, index) => ({
    ...{ group: `g${index}`, side: 'fit' as const, log_odds: one, points: one, text: `reason ${index}` },
  }))
  const byEffect = reasons.toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points))
  const raw = points.reduce((sum, one) => sum + one, start + bent)
  return {
    ...{ applies: true, basis: 'boosting', band: 'hot', probability: 0.3, interval: [0.2, 0.4] },
    raw_points: raw,
    score: Math.round(Math.min(100, Math.max(0, raw))),
    model: { because: '', name: 'conversion', segment: null, sha256: '', version: '1' },
    explanation: {
      ...{ base: -2.5, base_points: start, calibration: 0, contributions: [], log_odds: 0 },
      reasons: {
        for: byEffect.filter((one) => one.points > 0),
        against: byEffect.filter((one) => one.points < 0),
      },
    },
  }
}

test('a waterfall, worked out by hand: for, against, and the small ones together', () => {
  const waterfall = waterfallOf(scoreOf([10.26, -4.44, 0.55, -0.2]))
  expect(waterfall).toMatchObject({ startTenths: 500, endTenths: 562, low: 50, high: 60.26 })
  const told = waterfall?.parts.map(({ name, steps }) => [name, ...steps.map(({ tenths }) => tenths)])
  // 102.6 - 44.4 + 5.5 - 2.0 is 61.7: three of the four go up from 102, -45, 5, -2, those that lost most by it.
  expect(told).toEqual([
    ['for', 103],
    ['against', -44],
    ['others', 5, -2],
  ])
})

test('what a waterfall shows adds up to the tenth, whatever the points, with the calibration that is no line', () => {
  const points = fc.double({ min: -40, max: 40, noNaN: true })
  fc.assert(
    fc.property(fc.array(points, { maxLength: 30 }), points, points, (all, bent, start) => {
      const waterfall = waterfallOf(scoreOf(all, bent, start))!
      const steps = waterfall.parts.flatMap((part) => part.steps)
      const sum = steps.reduce((reached, { tenths }) => reached + tenths, waterfall.startTenths)
      expect(sum).toBe(waterfall.endTenths)
      // No figure is further from what it stands for than its last digit.
      for (const { tenths, points: exact } of steps) expect(Math.abs(tenths - 10 * exact)).toBeLessThan(1.001)
    }),
  )
})

test('a course says what was said, and what other than the lead changed', () => {
  const entry = (day: number, change: Partial<HistoryEntry>): HistoryEntry => ({
    ...{ number: day, model: 'conversion', segment: null, version: '1', cause: 'event', reasons: null },
    ...{ as_of: `2026-11-0${day}T00:00:00Z`, scored_at: `2026-11-0${day}T00:00:00Z` },
    ...{ policy_version: '1', guardrails_version: '1', probability: 0.1, raw_points: 50 + day, score: 50 },
    ...{ band: 'warm', verdict: 'eligible', decision_band: 'warm' },
    ...change,
  })
  const moment = (day: number) => ({
    ...{ applies: true as const, as_of: `2026-11-0${day}T00:00:00Z`, raw_points: day, score: day },
    ...{ band: 'cold', probability: null },
  })
  const lines = courseLines(
    {
      ...{ model: 'conversion', now: '2026-11-04T00:00:00Z', is_thinned: false },
      moments: [{ applies: false, as_of: '2026-11-02T00:00:00Z', why: 'unknown' }, moment(4), moment(6)],
    },
    [
      entry(4, { version: '2', policy_version: '3' }),
      entry(3, { decision_band: 'disqualified' }),
      entry(1, {}),
    ],
  )
  expect(lines.course.map(({ points }) => points)).toEqual([4, 6])
  // The one before the first moment only says what was before.
  expect(lines.said.map(({ points, band }) => [points, band])).toEqual([
    [53, 'disqualified'],
    [54, 'warm'],
  ])
  expect(lines.marks).toEqual([{ at: Date.parse('2026-11-04T00:00:00Z'), name: 'model 2, policy 3' }])
})

test('the area of a dot grows with its points, and days are told the latest first', () => {
  const [none, quarter, whole] = [dotRadius(0, 8), dotRadius(-2, 8), dotRadius(8, 8)]
  expect(quarter - none).toBeCloseTo((whole - none) / 2, 12)
  expect(dotRadius(0, 0)).toBe(none)
  const event = (id: string, occurred_at: string) => ({
    ...{ event_id: id, lead_id: 'l', type: 't', occurred_at, points: 0, adds: [] },
  })
  const days = timelineDays(
    [
      event('a', '2026-11-01T08:00:00Z'),
      event('b', '2026-11-02T08:00:00Z'),
      event('c', '2026-11-02T09:00:00Z'),
    ],
    (time) => new Date(time).toISOString().slice(0, 10),
  )
  expect(days.map(({ events }) => events.map(({ event_id }) => event_id))).toEqual([['c', 'b'], ['a']])
})

test('a scale of chances has room for all it shows; the average is that of the base', () => {
  expect(chanceScale([0.31, 0.37, 0.05]).end).toBe(0.5)
  expect(chanceScale([1]).end).toBe(1)
  expect(chanceScale([0.001]).ticks).toHaveLength(6)
  expect(averageChance(Math.log(0.2 / 0.8))).toBeCloseTo(0.2, 12)
})

test('a chance that is not quite none or certain is not told as such', () => {
  expect([0, 1e-6, 0.0006, 0.31, 0.9996, 1].map(percentText)).toEqual([
    ...['0%', '<0.1%', '0.1%', '31%', '>99.9%', '100%'],
  ])
  expect([0, 1e-6, 0.57, 1].map(percentFigureText)).toEqual(['0.0%', '<0.1%', '57.0%', '100.0%'])
})

test('durations are told in words, and what is none as it is', () => {
  expect(durationText('PT1H')).toBe('1 hour')
  expect(durationText('P1DT12H30M')).toBe('1 day 12 hours 30 minutes')
  expect(durationText('P1M')).toBe('P1M')
  expect([400, 90_000, 5_400_000].map(elapsedText)).toEqual(['0.4 sec', '1.5 min', '1.5 hr'])
})

test('a lead knows who stands beside it in the queue it was opened from', () => {
  const way = { query: '', skipped: 7, leadIds: ['a', 'b', 'c'], current: 'a', next: null }
  expect(neighboursOf(way, 'a')).toEqual({ before: null, after: 'b', place: 8, of: 10, isMore: false })
  expect(neighboursOf(way, 'x')).toBeNull()
})

test('of a policy what is not there is not made up; edges are points only where points decide', () => {
  expect(readPolicyParts({ bands: [{ name: 'cold', from: 0 }], decided_by: 'win' })).toEqual({
    ...{ decidedBy: 'win', bands: [{ name: 'cold', from: 0 }], rejectionReasons: [] },
  })
  const byChance = {
    bands: [
      { name: 'cold', from: 0 },
      { name: 'hot', from: 60, from_probability: 0.3 },
    ],
  }
  expect(readPolicyParts(byChance).bands).toEqual([])
  expect(readPolicyParts(null).rejectionReasons).toEqual([])
})
