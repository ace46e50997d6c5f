import { createHash } from 'node:crypto'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { type Definition, parseDefinition } from '../../src/features/definition.ts'
import { factsAt } from '../../src/features/facts.ts'
import { type AccountRecord, DAY } from '../../src/glossary.ts'
import { loadModel } from '../../src/scoring/load-model.ts'
import { createSegmentTally } from '../../training/data-check/tally-segments.ts'
import { assessRows } from '../../training/divide-rows.ts'
import type { LoadedChampion, OtherChampion } from '../../training/gate/champion.ts'
import { type TrainedModel, trainModel } from '../../training/pipeline.ts'
import type { GateCheckId } from '../../training/report/gate-report.ts'
import { collectRows } from '../../training/rows.ts'
import { segmentNamed } from '../../training/segment.ts'
import { sourceOf, trait } from './records.ts'
import { isEvent, plainWorld, SEGMENTED_YAML, turnedWorld } from './segmented-world.ts'
import { WORLD_END } from './world.ts'

/** Never connects: the records are given. */
const pool = new pg.Pool()

const SEGMENTED = parseDefinition(SEGMENTED_YAML, 'world.yaml')

interface Run {
  readonly accounts?: readonly AccountRecord[]
  readonly segment?: string
  readonly champion?: LoadedChampion
  readonly otherChampions?: readonly OtherChampion[]
}

function train({ accounts = turnedWorld, ...options }: Run = {}): Promise<TrainedModel> {
  return trainModel(pool, SEGMENTED, { cutoff: WORLD_END, records: sourceOf(accounts), ...options })
}

function asChampion({ artifactBody: body, artifact }: TrainedModel, version: number): LoadedChampion {
  const { name, segment } = artifact
  const sha256 = createHash('sha256').update(body).digest('hex')
  // As if it had learned from another history: every row is new to it.
  const learnedUntil = Number.NEGATIVE_INFINITY
  return { version, model: loadModel({ name, segment, version, sha256, body }), learnedUntil }
}

const everyone = await train()
const events = await train({ segment: 'events' })

const checkOf = ({ report }: TrainedModel, wanted: GateCheckId) =>
  report.gate!.checks.find(({ id }) => id === wanted)

describe('a model of a segment', () => {
  it('learns from rows of the segment alone, and says whom it is about', async () => {
    const inside = turnedWorld.map((account) => ({ ...account, leads: account.leads.filter(isEvent) }))
    const { landmarks } = await collectRows(sourceOf(inside), SEGMENTED, WORLD_END)
    expect(events.artifact).toMatchObject({ name: 'world', segment: 'events' })
    // A lead of whom nothing is known is in no segment.
    expect(events.report.landmarks).toEqual({ ...landmarks, not_known: 0 })
    expect(events.report.segment).toEqual({ name: 'events', who: 'source is event' })
    const leads = new Set(inside.flatMap((account) => account.leads.map(({ leadId }) => leadId)))
    for (const rows of Object.values(events.judged))
      expect(rows.every(({ leadId }) => leads.has(leadId))).toBe(true)
    expect(events.judged.on_a_random_day.length).toBeGreaterThan(0)
    expect(everyone.report).not.toHaveProperty('segment')
  })

  it('is judged on its own rows against what scores them without it, and passes where it is better by more than noise', async () => {
    const serving = asChampion(everyone, 4)
    const otherChampions = [{ ...serving, segment: '' }]
    const found = await train({ segment: 'events', otherChampions })
    expect(found.report.gate).toMatchObject({
      verdict: 'pass',
      against: { basis: 'champion', version: null, without: [{ segment: null, version: 4 }] },
    })
    expect(checkOf(found, 'segment')).toMatchObject({ passed: true })
    expect(checkOf(found, 'segment')!.text).toMatch(
      /version 4 for everyone, which scores these leads without it .*: lower/,
    )
    // Worked out again, row by row.
    const { registry, predictor } = serving.model
    const subjects = new Map(
      turnedWorld.flatMap((account) => account.leads.map((lead) => [lead.leadId, { account, lead }])),
    )
    const rows = found.judged.all_landmarks
    const loss = (label: number, probability: number) =>
      -Math.log(label === 1 ? probability : 1 - probability)
    const differences = rows.map(({ leadId, asOf, label, probability }) => {
      const { account, lead } = subjects.get(leadId)!
      const row = new Float64Array(registry.columns.length)
      registry.computeRow(factsAt(account, lead, asOf), row)
      return loss(label, probability) - loss(label, predictor.probability(predictor.rawScore(row)))
    })
    const mean = differences.reduce((sum, difference) => sum + difference, 0) / rows.length
    expect(checkOf(found, 'segment')!.figure).toBeCloseTo(mean, 10)
    expect(found.report.gate!.against.rows).toBe(rows.length)
  })

  it('is refused where the model for everyone knows as much, and learned from more', async () => {
    const serving = asChampion(await train({ accounts: plainWorld }), 4)
    const found = await train({
      accounts: plainWorld,
      segment: 'events',
      otherChampions: [{ ...serving, segment: '' }],
    })
    expect(checkOf(found, 'segment')).toMatchObject({ passed: false })
    expect(found.report.gate!.verdict).toBe('refuse')
  })

  it('is compared with its own champion where it has one, and with nothing else by name', async () => {
    const before = asChampion(events, 2)
    const serving = { ...asChampion(everyone, 4), segment: '' }
    const found = await train({ segment: 'events', champion: before, otherChampions: [serving] })
    expect(found.report.gate!.against).toMatchObject({ basis: 'champion', version: 2 })
    expect(checkOf(found, 'log_loss')).toMatchObject({ passed: true, figure: 0 })
    expect(checkOf(found, 'segment')).toMatchObject({ passed: true })
    const [{ when }] = SEGMENTED.segments as [Definition['segments'][number]]
    const redefined = {
      ...SEGMENTED,
      segments: [{ name: 'events', when: [{ ...when[0]!, one_of: ['webinar'] }] }],
    }
    const other = await trainModel(pool, redefined, {
      cutoff: WORLD_END,
      records: sourceOf(turnedWorld),
      segment: 'events',
      champion: before,
    })
    expect(checkOf(other, 'log_loss')!.text).toMatch(
      /answers another question: segment source is event instead of source is webinar/,
    )
  })

  it('of too few is not trained, with numbers, and the model for everyone serves', async () => {
    await expect(train({ segment: 'rare' })).rejects.toThrow(
      expect.objectContaining({
        code: 'too_little_data',
        message: expect.stringMatching(
          /needs 40 subjects .* there are 0 and 0\..* Until then the model for everyone serves\./,
        ),
      }),
    )
    await expect(train({ segment: 'evnets' })).rejects.toThrow(
      'world has no segment "evnets". Allowed: events, rare.',
    )
  })

  it('is counted by the check of the data as training counts', async () => {
    const tally = createSegmentTally(SEGMENTED)
    await collectRows(sourceOf(turnedWorld), SEGMENTED, WORLD_END, { observe: tally.observe })
    for (const { segment, sufficiency } of tally.read(WORLD_END)) {
      const collected = await collectRows(sourceOf(turnedWorld), SEGMENTED, WORLD_END, { segment })
      const { outcomes, shortage } = assessRows(collected, WORLD_END)
      expect(sufficiency).toEqual({ outcomes, shortage })
    }
    expect(tally.read(WORLD_END).map(({ sufficiency }) => sufficiency.shortage?.of ?? null)).toEqual([
      null,
      'outcomes',
    ])
  })

  it('has no rows of a lead from before it came into the segment', async () => {
    const joined = turnedWorld.map((account) => ({
      ...account,
      leads: account.leads.map((lead) => {
        const traits = lead.traits.map((one) =>
          one.name === 'source' ? trait('source', one.value, lead.createdAt + 10 * DAY) : one,
        )
        return { ...lead, traits }
      }),
    }))
    const { rows } = await collectRows(sourceOf(joined), SEGMENTED, WORLD_END, {
      segment: segmentNamed(SEGMENTED, 'events'),
    })
    expect(new Set(rows.map(({ day }) => day))).toEqual(new Set([14, 30]))
  })
})
