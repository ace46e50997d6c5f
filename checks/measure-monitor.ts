/** Whether the monitor tells a change of campaigns from chance: the same seed, in a world that stands still and in one that changes. */
import type pg from 'pg'
import { generateInto } from '../data/load.ts'
import type { Definition } from '../src/features/definition.ts'
import { DAY } from '../src/glossary.ts'
import { loadArtifact } from '../src/scoring/load-model.ts'
import { DEFAULT_BANDS } from '../training/evaluation.ts'
import { monitorModels, raisesDrift } from '../training/monitor/monitor.ts'
import { trainModel } from '../training/pipeline.ts'
import { HISTORY_ENDS_AT, MONTHS } from './measure-learning.ts'
import type { SeedResult } from './seed-result.ts'

/** Trained so long before the monitor looks; the campaigns change in between. */
const TRAINED_DAYS_AGO = 60
const WINDOW_DAYS = 30

export async function measureMonitor(
  pool: pg.Pool,
  definition: Definition,
  { seed, leads }: { readonly seed: number; readonly leads: number },
): Promise<SeedResult['monitor']> {
  const simulation = { leads, seed, months: MONTHS, endsAt: HISTORY_ENDS_AT, drift: false }
  const raises = async (changed: boolean): Promise<boolean> => {
    const change = changed ? { campaignChangeDays: WINDOW_DAYS } : {}
    await generateInto(pool, { ...simulation, ...change }, { reset: true })
    const cutoff = HISTORY_ENDS_AT - TRAINED_DAYS_AGO * DAY
    const { artifactBody, report } = await trainModel(pool, definition, { cutoff })
    const model = loadArtifact(artifactBody, 'conversion')
    const window = { asOf: HISTORY_ENDS_AT, windowDays: WINDOW_DAYS, bands: DEFAULT_BANDS }
    const [found] = await monitorModels(pool, [{ model, report }], window)
    return raisesDrift(found!)
  }
  return { still: await raises(false), changed: await raises(true) }
}
