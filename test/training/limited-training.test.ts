import pg from 'pg'
import { expect, it } from 'vitest'
import { type TrainingOptions, trainModel } from '../../training/pipeline.ts'
import { modelReportLines } from '../../training/report/model-report-text.ts'
import { sourceOf } from './records.ts'
import { createWorld, WORLD_DEFINITION, WORLD_END } from './world.ts'

/** Never connects: the records are given. */
const pool = new pg.Pool()
const world = createWorld(1_200)

const train = (options: Partial<TrainingOptions>) =>
  trainModel(pool, WORLD_DEFINITION, { cutoff: WORLD_END, records: sourceOf(world), ...options })

it('changes no byte up to the limit; beyond it learns from a sample that it tells of, the same one again', async () => {
  let time = 0
  const whole = await train({ now: () => (time += 1_000) })
  const { landmarks } = whole.report
  const all = Object.values(landmarks).reduce((sum, count) => sum + count, 0)
  expect((await train({ mostLandmarks: all })).artifactBody).toBe(whole.artifactBody)
  expect(whole.report.sampled).toBeUndefined()
  expect(whole.report.stages?.map(({ stage }) => stage)).toContain('learning')

  const most = Math.floor(all / 2)
  const half = await train({ mostLandmarks: most })
  expect((await train({ mostLandmarks: most })).artifactBody).toBe(half.artifactBody)
  const { sampled } = half.report
  expect(sampled).toMatchObject({ most, of_landmarks: all })
  expect(sampled!.landmarks).toBeLessThanOrEqual(most)
  expect(half.report.landmarks).toEqual(landmarks)
  const rowsOf = ({ parts }: typeof half.report): number => parts.reduce((sum, { rows }) => sum + rows, 0)
  expect(rowsOf(half.report) / rowsOf(whole.report)).toBeCloseTo(0.5, 1)
  expect(modelReportLines(half.report).join('\n')).toContain(`of ${all.toLocaleString('en')} landmarks`)
}, 60_000)
