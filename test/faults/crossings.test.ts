import { expect, test } from 'vitest'
import { type CrossingRules, deriveCrossings, type HistoryEntry } from '../../faults/crossings.ts'
import { compareOnce } from '../../faults/findings.ts'

const RULES: CrossingRules = {
  bands: [
    { name: 'cold', from: 0 },
    { name: 'warm', from: 50 },
    { name: 'hot', from: 80 },
  ],
  asking: new Set(['hot', 'review']),
  hysteresisPoints: 2,
  decidedBy: { lead: 'conversion', account: 'account' },
  untold: 0,
}

/** One scoring: points, and what a rule made of it; the band is that of the points otherwise. */
type Step = number | readonly [rawPoints: number, decisionBand: string, verdict: string]

function history(steps: readonly Step[], model = 'conversion'): HistoryEntry[] {
  return steps.map((step, i) => {
    const rawPoints = typeof step === 'number' ? step : step[0]
    const band = RULES.bands.findLast(({ from }) => Math.round(rawPoints) >= from)!.name
    const [, decisionBand, verdict] = typeof step === 'number' ? [0, band, 'eligible'] : step
    const place = { historyId: i + 1, kind: 'lead', subjectId: 'l', asOf: String(i + 1) } as const
    return { ...place, model, rawPoints, band, decisionBand, verdict }
  })
}

const told = (steps: readonly Step[], rules: Partial<CrossingRules> = {}): string[] =>
  deriveCrossings(history(steps), { ...RULES, ...rules }).map((text) => text.replace('lead l as of ', ''))

test('what the history says was crossed', () => {
  expect(told([40, 60, 90])).toEqual([
    '2: cold, eligible -> warm, eligible',
    '3: warm, eligible -> hot, eligible',
  ])
  // The first of somebody new is told where it asks for a response.
  expect(told([90, 90.5])).toEqual(['1: new -> hot, eligible'])
  expect(told([40])).toEqual([])
  // Less than two points beyond the edge, at 49.5, is kept to itself, however long it goes on.
  expect(told([48, 51.4, 49, 51.5, 47.6, 47.4])).toEqual([
    '4: cold, eligible -> warm, eligible',
    '6: warm, eligible -> cold, eligible',
  ])
  // What a rule does is told at once, and so is its end.
  expect(told([60, [60, 'disqualified', 'disqualified'], 50])).toEqual([
    '2: warm, eligible -> disqualified, disqualified',
    '3: disqualified, disqualified -> warm, eligible',
  ])
  expect(told([79, [81, 'warm', 'eligible'], 81])).toEqual(['3: warm, eligible -> hot, eligible'])
})

test('of the first scoring of all nobody is told, and what follows is compared with it', () => {
  expect(told([90, 60, 90], { untold: 2 })).toEqual(['3: warm, eligible -> hot, eligible'])
})

test('entries of several models in one scoring are one decision', () => {
  const scored = history([40, 90]).flatMap((entry) => [
    { ...entry, model: 'aaa', band: 'cold', rawPoints: 1 },
    entry,
    { ...entry, model: 'zzz', band: 'cold', rawPoints: 1 },
  ])
  expect(deriveCrossings(scored, RULES)).toEqual(['lead l as of 2: cold, eligible -> hot, eligible'])
})

test('what is missing, twice there, or from nowhere', () => {
  expect(compareOnce('event', ['1', '2', '3'], ['1', '3', '3', '4'])).toEqual({
    lost: ['event 2: it is not there'],
    duplicated: ['event 3: it is there 2 times', 'event 4: nobody sent it, and it is there 1 times'],
    wrong: [],
  })
})
