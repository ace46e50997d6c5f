import { expect, test } from 'vitest'
import { sectionMarkdown } from '../../bench/markdown.ts'
import type { Section, Target } from '../../bench/part.ts'

const CIRCUMSTANCES = {
  date: '2026-11-22',
  quick: false,
  repeats: 3,
  machine: {
    processor: 'P',
    cores: 2,
    memoryGigabytes: 24,
    system: 'linux 6',
    load: 0.126,
    node: '20.20.0',
    commit: 'abc1234',
  },
  versions: ['Python 3.11.7', 'lightgbm 4.7.0'],
}

function markdownOf(section: Partial<Section>): string {
  return sectionMarkdown({ title: 'T' }, { text: [], targets: [], tables: [], ...section }, CIRCUMSTANCES)
}

test('each row is compared with ours of its own case, round by round', () => {
  const row = { case: 'A', check: 'AUC 0.8' }
  const text = markdownOf({
    tables: [
      {
        title: 'Time',
        unit: 's',
        better: 'less',
        rows: [
          { ...row, who: 'Wonlost', ours: true, samples: [1, 2, 30] },
          { ...row, who: 'Peer', ours: false, samples: [2, 4, 40] },
          { ...row, case: 'B', who: 'Peer', ours: false, samples: [1234.5], check: '' },
        ],
      },
    ],
  })
  expect(text).toContain('| A | Wonlost | 2.00 [1.00 - 30.0] |  | AUC 0.8 |')
  expect(text).toContain('| A | Peer | 4.00 [2.00 - 40.0] | 0.50 | AUC 0.8 |')
  expect(text).toContain('| B | Peer | 1,235 |  |  |')
  expect(text).toContain('load before the start 0.13')
})

test('a target is met at its bound, and missed by a share of what is wanted beyond it', () => {
  const verdictOf = (target: Target) =>
    markdownOf({ targets: [target] })
      .split(' | ')
      .at(-1)
  expect(verdictOf({ what: 'w', measured: 1, atMost: 1 })).toBe('met |')
  expect(verdictOf({ what: 'w', measured: 1.25, atMost: 1 })).toBe('**missed** by 25.0 % |')
  expect(verdictOf({ what: 'w', measured: 10, atLeast: 10 })).toBe('met |')
  expect(verdictOf({ what: 'w', measured: 8, atLeast: 10 })).toBe('**missed** by 20.0 % |')
  expect(verdictOf({ what: 'w', measured: Number.NaN, atMost: 1 })).toContain('missed')
})
