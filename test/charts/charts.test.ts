import { parseHTML } from 'linkedom'
import { describe, expect, it } from 'vitest'
import { bandConversionChart } from '../../src/charts/band-conversion.ts'
import type { Chart, ChartDocument } from '../../src/charts/chart.ts'
import { decayCurve } from '../../src/charts/decay-curve.ts'
import { gainChart } from '../../src/charts/gain.ts'
import { importanceBars } from '../../src/charts/importance-bars.ts'
import { learningPathChart } from '../../src/charts/learning-path.ts'
import { liftChart } from '../../src/charts/lift.ts'
import { oddsRatioChart } from '../../src/charts/odds-ratios.ts'
import { partialDependenceChart } from '../../src/charts/partial-dependence.ts'
import { precisionRecallChart } from '../../src/charts/precision-recall.ts'
import { reliabilityChart } from '../../src/charts/reliability.ts'
import { rocChart } from '../../src/charts/roc.ts'
import { scoreCourseChart } from '../../src/charts/score-course.ts'
import { scoreDistributionChart } from '../../src/charts/score-distribution.ts'
import { shorten } from '../../src/charts/texts.ts'
import { waterfallChart } from '../../src/charts/waterfall.ts'

const diagonal: [number, number][] = [
  [0, 0],
  [1, 1],
]
const odd = 'a"b<c>&'
const scale = { most: 0.2, average: 0.1 }
const one = { said: 0.2, came: 0.2, interval: null, rows: 1 }

/** Each with ordinary data and with hardly any. */
const CHARTS: Readonly<Record<string, (document: ChartDocument) => Chart>> = {
  roc: (document) => rocChart(document, [{ name: odd, points: diagonal }]),
  'precision and recall': (document) =>
    precisionRecallChart(document, [{ name: odd, points: [[1, 0.1]] }], 0.1),
  gain: (document) => gainChart(document, [{ name: odd, points: diagonal }]),
  lift: (document) => liftChart(document, [{ name: odd, points: diagonal }]),
  reliability: (document) =>
    reliabilityChart(document, [one, { ...one, said: 0.01, came: 0, interval: [0, 0.02] }]),
  'reliability of nothing': (document) => reliabilityChart(document, []),
  bands: (document) =>
    bandConversionChart(
      document,
      [
        { band: odd, from: 0, to: 50, rows: 0, rate: null, interval: null },
        { band: odd, from: 51, to: 100, rows: 9, rate: 0, interval: [0, 0.3] },
      ],
      null,
    ),
  scores: (document) =>
    scoreDistributionChart(
      document,
      [{ from: 0, to: 100, reached: 0, notReached: 3 }],
      [{ band: odd, from: 0 }],
    ),
  'score over time': (document) =>
    scoreCourseChart(document, {
      ...{ title: odd, now: 5, width: 400, dayText: String },
      course: [
        { at: 0, points: 40 },
        { at: 5, points: 110 },
        { at: 10, points: 30 },
      ],
      said: [{ at: 2, points: 60 }],
      bands: [{ name: odd, from: 50 }],
      marks: [{ at: 2, name: odd }],
    }),
  'score of one moment': (document) =>
    scoreCourseChart(document, {
      ...{ title: odd, now: 5, width: 400, dayText: String },
      ...{ course: [{ at: 5, points: 40 }], said: [], bands: [], marks: [] },
    }),
  decay: (document) => decayCurve(document, { event: odd, halfLifeDays: 7, intervalDays: [5, 9] }, 30),
  'decay that outlasts the chart': (document) =>
    decayCurve(document, { event: odd, halfLifeDays: 400, intervalDays: null }, 30),
  'dependence on a number': (document) =>
    partialDependenceChart(
      document,
      {
        column: odd,
        kind: 'number',
        points: [0, 1, 9_000, null].map((value) => ({ value, probability: 0.1, rows: 5 })),
      },
      scale,
    ),
  'dependence on one number': (document) =>
    partialDependenceChart(
      document,
      { column: odd, kind: 'number', points: [{ value: -3, probability: 0.1, rows: 5 }] },
      scale,
    ),
  'dependence on a category': (document) =>
    partialDependenceChart(
      document,
      {
        column: odd,
        kind: 'category',
        points: [odd, `${'x'.repeat(40)}1`, `${'x'.repeat(40)}2`, null].map((value) => ({
          value,
          probability: 0.1,
          rows: 5,
        })),
      },
      { most: 0.2, average: null },
    ),
  'odds ratios': (document) => oddsRatioChart(document, [{ name: odd, ratio: 0.5, interval: [0.3, 0.8] }]),
  'odds ratio without doubt': (document) =>
    oddsRatioChart(document, [{ name: odd, ratio: 1, interval: null }]),
  importance: (document) => importanceBars(document, [{ name: odd, points: 0 }]),
  waterfall: (document) =>
    waterfallChart(document, {
      title: odd,
      start: 50,
      steps: [
        { name: odd, points: 12 },
        { name: odd, points: -3 },
      ],
    }),
  'waterfall of nothing': (document) => waterfallChart(document, { title: odd, start: 50, steps: [] }),
  path: (document) =>
    learningPathChart(
      document,
      [
        { trees: 1, fit: 0.3, validation: 0.3 },
        { trees: 2, fit: 0.2, validation: 0.25 },
      ],
      2,
    ),
}

describe('every chart', () => {
  const draw = (name: string): SVGLike => {
    const { document } = parseHTML('<!doctype html><html><body></body></html>')
    return CHARTS[name]!(document as ChartDocument) as SVGLike
  }

  it.each(Object.keys(CHARTS))(
    '%s is one picture that says what it is, in the colour of the text',
    (name) => {
      const chart = draw(name)
      expect(chart.localName).toBe('svg')
      expect(chart.getAttribute('role')).toBe('img')
      expect(chart.getAttribute('fill')).toBe('currentColor')
      expect(chart.getAttribute('aria-label')).not.toBe('')
      expect(chart.getAttribute('aria-description')).not.toBeNull()
      // Several stand in one page, under a policy that allows no style of theirs.
      expect(chart.querySelectorAll('[id], [style], style, script, foreignObject, clipPath')).toHaveLength(0)
      expect(chart.outerHTML).not.toMatch(/NaN|Infinity|undefined/)
      expect(draw(name).outerHTML).toBe(chart.outerHTML)
    },
  )

  it('draws what it is given: the waterfall step by step, categories of equal short names apart', () => {
    const bars = [...draw('waterfall').querySelectorAll('[aria-label="bar"] rect')]
    const [up, down] = bars.map((bar) => Number(bar.getAttribute('x')))
    const widths = bars.map((bar) => Number(bar.getAttribute('width')))
    expect(widths[0]! / widths[1]!).toBeCloseTo(4, 6)
    // It falls from where it had risen to.
    expect(down! + widths[1]!).toBeCloseTo(up! + widths[0]!, 6)
    const places = [...draw('dependence on a category').querySelectorAll('[aria-label="bar"] rect')]
    expect(new Set(places.map((bar) => bar.getAttribute('y'))).size).toBe(4)
  })
})

/** What is looked at, without the types of a browser. */
interface SVGLike {
  readonly localName: string
  readonly outerHTML: string
  getAttribute(name: string): string | null
  querySelectorAll(
    selector: string,
  ): ArrayLike<{ getAttribute(name: string): string | null }> &
    Iterable<{ getAttribute(name: string): string | null }>
}

it('cuts whole letters', () => {
  expect(shorten('a\u{1f600}b\u{1f600}c', 4)).toBe('a\u{1f600}b\u2026')
  expect(shorten('abcd', 4)).toBe('abcd')
})
