/** What a search may try: few values of each setting, that a person would write. The depth stays within the default's: explaining costs by it. */
import type { BoostingSettings } from '../../src/features/boosting-settings.ts'
import type { CompleteSettings } from '../learners/boosting-options.ts'
import { randomIntegers } from '../random.ts'

type Searched = 'rate' | 'leaves' | 'depth' | 'min_rows' | 'l2' | 'column_share' | 'row_share'

const SPACE: Readonly<Record<Searched, readonly number[]>> = {
  rate: [0.02, 0.03, 0.05, 0.08],
  leaves: [4, 6, 10, 15, 24, 31],
  depth: [3, 4, 5, 6, 8],
  min_rows: [5, 10, 20, 40, 80, 160],
  l2: [0.3, 1, 3, 10, 30, 100],
  column_share: [0.2, 0.3, 0.5, 0.7, 1],
  row_share: [0.5, 0.65, 0.8, 1],
}

/** Each setting is drawn by itself, every value equally likely (Bergstra & Bengio 2012); none twice, and none of `known`. */
export function drawCandidates(
  count: number,
  known: readonly CompleteSettings[],
  seed: number,
): CompleteSettings[] {
  const base = known[0]!
  const next = randomIntegers(seed)
  const taken = new Set(known.map(keyOf))
  const drawn: CompleteSettings[] = []
  while (drawn.length < count) {
    const values = Object.entries(SPACE).map(([name, allowed]) => [name, allowed[next(allowed.length)]!])
    const settings: CompleteSettings = { ...base, ...Object.fromEntries(values) }
    const key = keyOf(settings)
    if (taken.has(key)) continue
    taken.add(key)
    drawn.push(settings)
  }
  return drawn
}

function keyOf(settings: CompleteSettings): string {
  return Object.keys(SPACE)
    .map((name) => settings[name as Searched])
    .join(' ')
}

/** As a definition writes them. */
export function writtenSettings({ monotone, ...settings }: CompleteSettings): BoostingSettings {
  return { ...settings, ...(Object.keys(monotone).length > 0 ? { monotone } : {}) }
}
