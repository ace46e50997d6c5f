/** What the views of the grid, of thresholds and of guardrails compute in the page. */
import { expect, test } from 'vitest'
import { boxText, readBox } from '../../web/src/format/box.ts'
import { lineDiff, nearChanges } from '../../web/src/format/line-diff.ts'
import {
  boxBetween,
  countIn,
  dotsOf,
  gradeCells,
  pushBox,
  quadrantsOf,
  widen,
} from '../../web/src/views/grid/boxes.ts'
import { createScale } from '../../web/src/views/grid/grid-scale.ts'
import { conditionWords } from '../../web/src/views/guardrails/condition-words.ts'
import {
  bandSums,
  edgeWithin,
  type Line,
  movedLeads,
  moveEdge,
  startsFrom,
  weeklyFrom,
} from '../../web/src/views/thresholds/band-sums.ts'

const GRID = {
  fit: { model: 'fit', A: 65, B: 52, C: 40 },
  intent: { model: 'intent', 1: 70, 2: 55, 3: 40 },
  grades: ['A1', 'A2', 'B1', 'D4'].map((grade) => ({
    grade,
    action: null,
    quadrant: grade === 'D4' ? 'neither' : 'ready',
  })),
} as const
const bins = [
  { fit: 99, intent: 99, leads: 2 },
  { fit: 100, intent: 99, leads: 5 },
  { fit: 64, intent: 70, leads: 3 },
  { fit: 39, intent: 0, leads: 1 },
]

test('each pair of grades has the leads from its threshold to just below the next, and a quadrant all of its own', () => {
  const cells = gradeCells(GRID)
  expect(cells.map(({ grade, box }) => [grade, boxText(box), countIn(bins, box)])).toEqual([
    ['A1', '65-100,70-100', 7],
    ['A2', '65-100,55-69', 0],
    ['B1', '52-64,70-100', 3],
    ['D4', '0-39,0-39', 1],
  ])
  expect(countIn(bins, { fitFrom: 100, fitTo: 100, intentFrom: 0, intentTo: 99 })).toBe(5)
  expect(quadrantsOf(cells).map(({ name, box }) => [name, boxText(box)])).toEqual([
    ['ready', '52-100,55-100'],
    ['neither', '0-39,0-39'],
  ])
  expect(widen([...bins, { fit: 62, intent: 71, leads: 4 }], 5)).toContainEqual({
    ...{ fit: 60, intent: 70, leads: 7 },
  })
})

test('a box is pushed as it is and stops at the border; with shift its far ends move; an address that is none is none', () => {
  const box = boxBetween([90, 10], [70, 30])
  expect(boxText(box)).toBe('70-90,10-30')
  expect(boxText(pushBox(pushBox(box, 'ArrowRight', false)!, 'ArrowRight', false)!)).toBe('80-100,10-30')
  expect(boxText(pushBox({ ...box, fitFrom: 78, fitTo: 98 }, 'ArrowRight', false)!)).toBe('80-100,10-30')
  expect(boxText(pushBox(pushBox(box, 'ArrowRight', false)!, 'ArrowRight', true)!)).toBe('75-100,10-30')
  expect(boxText(pushBox(box, 'ArrowDown', true)!)).toBe('70-90,10-25')
  expect(pushBox(box, 'x', false)).toBeNull()
  expect(readBox('70-90,10-30')).toEqual(box)
  for (const text of ['', '90-70,10-30', '0-101,0-1', '1-2,3-4,', null]) expect(readBox(text)).toBeNull()
})

test('every lead has a dot inside the square of its scores, and a place in the picture is read back as its score', () => {
  const dots = dotsOf([{ fit: 10, intent: 20, leads: 50 }])
  expect(new Set(dots.map(String)).size).toBe(50)
  for (const [fit, intent] of dots) expect([Math.floor(fit), Math.floor(intent)]).toEqual([10, 20])
  const scale = createScale(500)
  for (const score of [0, 1, 57, 100])
    expect(scale.scoresAt([scale.x(score + 0.5), scale.y(score + 0.5)])).toEqual([score, score])
  expect(scale.scoresAt([-10, -10])).toEqual([0, 100])
})

/** One lead at each score, who wins with score / 100; every fourth is new. */
const lines: Line[] = Array.from({ length: 101 }, (_, score) => ({
  ...{ score, leads: 1, expected_wins: score / 100, new_leads: score % 4 === 0 ? 4 : 0 },
  ...{ crossings: null, probability: null },
}))

test('a band has the sums of its lines, and whoever lies between an old edge and its new one changes band', () => {
  const sums = bandSums(['cold', 'warm', 'hot'], [0, 50, 99], { lines })
  expect(sums[2]).toEqual({
    ...{ name: 'hot', from: 99, to: 100, leads: 2, wins: 1.99, precision: 0.995, weekly: 1 },
  })
  expect(sums[0]).toMatchObject({ leads: 50, weekly: null })
  expect(sums[1]!.wins).toBeCloseTo((49 * (0.5 + 0.98)) / 2)
  expect(movedLeads(lines, [0, 50, 99], [0, 45, 100])).toEqual({ up: 5, down: 1 })
  const unknown = [{ ...lines[0]!, expected_wins: null }]
  expect(bandSums(['all'], [0], { lines: unknown })[0]).toMatchObject({ wins: null, precision: null })
})

test('an edge stops at its neighbours; capacity is met at the lowest score that few enough reach', () => {
  expect(moveEdge([0, 50, 80], 1, 95)).toEqual([0, 79, 80])
  expect(moveEdge([0, 50, 80], 1, -3)).toEqual([0, 1, 80])
  expect(moveEdge([0, 50, 80], 2, 101.4)).toEqual([0, 50, 100])
  // New: 4 at 0, 4, 8, ..., 100; by four weeks, so one a week each.
  expect(weeklyFrom(lines, 97)).toBe(1)
  expect(edgeWithin(lines, 2)).toBe(93)
  expect(edgeWithin(lines, 0)).toBeNull()
  expect(weeklyFrom([{ ...lines[0]!, crossings: 7.5 }], 0)).toBe(7.5)
})

test('a changed text is told in the fewest lines, each with its number', () => {
  const told = (before: string, after: string) =>
    nearChanges(lineDiff(before, after), 1).map((line) =>
      line.kind === 'gap' ? `… ${line.lines}` : `${line.kind} ${line.number} ${line.text}`,
    )
  expect(told('a\nb\nc\nd\ne\nf', 'a\nb\nX\nd\ne\nf')).toEqual([
    '… 1',
    'same 2 b',
    'removed null c',
    'added 3 X',
    'same 4 d',
    '… 2',
  ])
  // What is there twice is not torn apart.
  expect(told('a\na', 'a\na\na')).toEqual(['… 1', 'same 2 a', 'added 3 a'])
  expect(told('same', 'same')).toEqual(['… 1'])
  const long = Array.from({ length: 3_000 }, (_, line) => `l ${line}`)
  const all = lineDiff(long.join('\n'), long.map((line) => `${line}!`).join('\n'))
  expect(all.filter(({ kind }) => kind === 'removed')).toHaveLength(3_000)
})

test('a condition is told in words, whatever it is made of', () => {
  const text = (when: unknown): string => {
    const condition = conditionWords(when)
    if (condition.kind === 'words') return condition.text
    return `${condition.kind}(${condition.parts.map((part) => (part.kind === 'words' ? part.text : part.kind)).join('; ')})`
  }
  expect(text({ any: [{ trait: 'consent', equals: 'objected' }, { not: { event: 'x' } }] })).toBe(
    'any(consent of the lead is objected; not)',
  )
  expect(text({ derived: 'mail_domain', domain_in_list: 'rivals' })).toBe(
    'mail domain or its parent domain is in the list rivals',
  )
  expect(text({ account_trait: 'employees', at_least: 10, below: 50 })).toBe(
    'employees of the account is at least 10 and is below 50',
  )
  expect(text({ trait: 'phone', known: false })).toBe('phone of the lead is not known')
  expect(text({ event: ['a', 'b'], where: { kind: 'hard' }, within: '30d', at_most: 0 })).toBe(
    'event a or b with kind hard, never within 30d',
  )
  expect(text('nonsense')).toBe('nonsense')
})

test('edges out of an address are taken only where they are of the bands that there are, and in order', () => {
  expect(startsFrom('31,61,81', 4)).toEqual([0, 31, 61, 81])
  expect(startsFrom('1,2,100', 4)).toEqual([0, 1, 2, 100])
  for (const text of [
    '',
    '31,61',
    '31,61,81,90',
    '0,61,81',
    '61,61,81',
    '61,31,81',
    '31,61,101',
    '31,61,8.5',
    'a,b,c',
    '-1,2,3',
  ])
    expect(startsFrom(text, 4), text).toBeNull()
})
