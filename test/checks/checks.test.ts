import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { compareHalfLives } from '../../checks/compare-half-lives.ts'
import { keepResult, readResults } from '../../checks/kept-results.ts'
import { withFixedHalfLives } from '../../checks/measure-learning.ts'
import { statisticsPage, targetsMissed } from '../../checks/page.ts'
import type { SeedResult } from '../../checks/seed-result.ts'
import type { EventHalfLife } from '../../training/report/half-life-report.ts'
import { definitionWith } from '../features/records.ts'

const good: SeedResult = {
  seed: 1,
  leads: 20_000,
  learner: 'boosting',
  auc: { model: 0.84, truth: 0.85, rows: 9_000 },
  half_lives: { learned: 6, covered: 5, prior: 11, strongest_errors: [0.1, 0.2, 0.3] },
  log_loss: { learned: 0.24, fixed: 0.25 },
  ece: { model: 0.01, truth_p95: 0.02 },
  intervals: { bins: 10, covering: 9 },
  monitor: { still: false, changed: true },
  seconds: 90,
}

/** Twenty seeds, of which `spoiled` are otherwise. */
const seeds = (spoiled: number, otherwise: Partial<SeedResult>): SeedResult[] =>
  Array.from({ length: 20 }, (_, i) => ({ ...good, seed: i + 1, ...(i < spoiled ? otherwise : {}) }))

describe('promises over many seeds', () => {
  it('are kept by good results', () => {
    expect(targetsMissed(seeds(0, {}))).toEqual([])
  })

  it.each<[string, number, Partial<SeedResult>]>([
    ['half-lives that were learned', 20, { half_lives: { ...good.half_lives, covered: 4 } }],
    ['half-lives that were learned', 20, { half_lives: { ...good.half_lives, learned: 0, covered: 0 } }],
    [
      'half-lives of the three strongest',
      11,
      { half_lives: { ...good.half_lives, strongest_errors: [0.3, 0.3, 0.3] } },
    ],
    ['learned half-lives beat', 3, { log_loss: { learned: 0.25, fixed: 0.25 } }],
    ['bins of scores', 20, { intervals: { bins: 10, covering: 8 } }],
    ['calibration error', 3, { ece: { model: 0.03, truth_p95: 0.02 } }],
    ['AUC of the truth', 11, { auc: { ...good.auc, model: 0.83 } }],
    ['the monitor raises drift where campaigns', 2, { monitor: { still: false, changed: false } }],
    ['the monitor raises drift where nothing', 2, { monitor: { still: true, changed: true } }],
  ])('%s: missed from %i seeds on', (what, spoiled, otherwise) => {
    expect(targetsMissed(seeds(spoiled, otherwise)).map((target) => target.what)).toEqual([
      expect.stringContaining(what),
    ])
  })

  it('stand on a page, seed by seed', () => {
    const machine = {
      processor: 'x',
      cores: 2,
      memoryGigabytes: 8,
      system: 'linux',
      load: 0,
      node: '20.19.0',
      commit: 'abc',
    }
    const page = statisticsPage(seeds(3, { log_loss: { learned: 0.25, fixed: 0.25 } }), {
      machine,
      leads: 20_000,
      date: '2026-11-22',
    })
    expect(page).toContain('| 17 of 20 | **missed** |')
    expect(page).toContain('| 83.3 % | met |')
    expect(page).toContain('20 seeds of 20,000 leads')
    expect(page.match(/^\| \d+ \| boosting \|/gm)).toHaveLength(20)
  })
})

describe('kept results', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wonlost-checks-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('are of one commit and size, and a torn line is passed over', () => {
    const file = join(folder, 'below', 'results.jsonl')
    const key = { commit: 'abc1234', leads: 20_000 }
    expect(readResults(file, key)).toEqual(new Map())
    keepResult(file, key, good)
    keepResult(file, { ...key, commit: 'def1234' }, { ...good, seed: 2 })
    keepResult(file, { ...key, leads: 100 }, { ...good, seed: 3 })
    appendFileSync(file, '{"commit":"abc1234","leads":20000,"resu')
    expect(readResults(file, key)).toEqual(new Map([[1, good]]))
  })

  it.each(['abc1234 with changes', ''])(
    'are never those of "%s": it may have been another tree',
    (commit) => {
      const file = join(folder, `of-${commit.length}.jsonl`)
      appendFileSync(file, `${JSON.stringify({ commit, leads: 20_000, result: good })}\n`)
      const key = { commit, leads: 20_000 }
      const before = readFileSync(file, 'utf8')
      keepResult(file, key, { ...good, seed: 2 })
      expect(readFileSync(file, 'utf8')).toBe(before)
      expect(readResults(file, key)).toEqual(new Map())
    },
  )
})

describe('half-lives of 30 days', () => {
  it('differ from learned ones by nothing else: they are learned from by the learner that those chose', () => {
    const definition = definitionWith(
      [
        { behaviour: { event: 'a', label: 'a', half_life: 'learned' } },
        { behaviour: { event: 'b', label: 'b', half_life: '7d' } },
      ],
      { learner: 'auto' },
    )
    const { learner, features, ...others } = withFixedHalfLives(definition, 'boosting')
    expect(learner).toBe('boosting')
    expect(features.map(({ options }) => options['half_life'])).toEqual(['30d', '7d'])
    expect(definition).toMatchObject(others)
  })
})

describe('half-lives beside the truth', () => {
  const event = (type: string, days: number, interval: [number, number] | null): EventHalfLife => ({
    event: type,
    feature: type,
    half_life_days: days,
    interval_days: interval,
    from: interval ? 'learned' : 'prior',
    because: null,
    weight: 1,
  })

  it('are compared where there is a truth, the strongest by it', () => {
    const events = [
      event('meeting_booked', 22, [15, 30]),
      event('demo_requested', 7, [5, 10]),
      event('email_replied', 30, null),
      event('trial_started', 21, null),
      event('careers_page_viewed', 3, [1, 5]),
    ]
    expect(compareHalfLives({ events })).toEqual({
      learned: 2,
      covered: 1,
      prior: 2,
      strongest_errors: [expect.closeTo(0.1, 10), 0.5, 0],
    })
  })
})
