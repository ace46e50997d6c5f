/** A search through the whole of training: what it finds is in the definition of the artifact, and enough to learn the same again. */
import pg from 'pg'
import { expect, it } from 'vitest'
import { withBoosting } from '../../../src/cli/training-choices.ts'
import { parseDefinition } from '../../../src/features/definition.ts'
import { trainModel } from '../../../training/pipeline.ts'
import { modelReportLines } from '../../../training/report/model-report-text.ts'
import type { SearchRequest } from '../../../training/search/stop.ts'
import { sourceOf } from '../records.ts'
import { createWorld, WORLD_END, WORLD_YAML } from '../world.ts'

/** Never connects: the records are given. */
const pool = new pg.Pool()
const records = sourceOf(createWorld(700))

/** Stumps that say next to nothing: whatever is drawn is better. */
const YAML = WORLD_YAML.replace(
  'learner: logistic',
  'learner: boosting # so far\nboosting: { rate: 0.001, leaves: 2, trees: 30 }',
)

const train = (yaml: string, more: { search?: SearchRequest; threads?: number } = {}) =>
  trainModel(pool, parseDefinition(yaml, 'world.yaml'), { cutoff: WORLD_END, records, ...more })

const request = (ended: AbortSignal): SearchRequest => ({
  budget: 1,
  now: () => 0,
  endEarly: (work) => work(ended),
  candidates: 3,
})

it('gives the same bytes again from the definition with what was found, without a search, by two threads', async () => {
  const { artifact, artifactBody, report } = await train(YAML, {
    search: request(new AbortController().signal),
  })
  const { search } = report
  expect(search).toMatchObject({ kept: 'found', ended_by: 'all_tried', folds: { order: 'time' } })
  expect(artifact.definition.boosting).toEqual(search!.settings)
  expect(modelReportLines(report)).toContain(`  ${search!.because}`)

  const written = withBoosting(YAML, search!.settings!)
  expect(written).toContain('# so far')
  const again = await train(written, { threads: 2 })
  expect(again.artifactBody).toBe(artifactBody)
  expect({ ...again.report, search }).toEqual(report)
})

it('changes no byte where the defaults stay', async () => {
  const plain = await train(YAML)
  const ended = await train(YAML, { search: request(AbortSignal.abort()) })
  expect(ended.report.search).toMatchObject({ kept: 'defaults', ended_by: 'interrupt' })
  expect(ended.artifactBody).toBe(plain.artifactBody)
  expect(plain.report).not.toHaveProperty('search')
})
