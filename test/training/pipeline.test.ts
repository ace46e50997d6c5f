import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { parseDefinition } from '../../src/features/definition.ts'
import type { AccountRecord } from '../../src/glossary.ts'
import { DAY, HOUR } from '../../src/glossary.ts'
import { canonicalJson, sha256Hex } from '../../src/model/canonical.ts'
import { parseArtifact } from '../../src/model/parse-artifact.ts'
import { createPredictor } from '../../src/model/predict.ts'
import { type TrainingOptions, trainModel } from '../../training/pipeline.ts'
import { event, sourceOf } from './records.ts'
import { createWorld, WORLD_DEFINITION, WORLD_END, WORLD_START, WORLD_YAML } from './world.ts'

/** Never connects: the records are given. */
const pool = new pg.Pool()
const world = createWorld(1_200)

function train(
  accounts: readonly AccountRecord[],
  definition = WORLD_DEFINITION,
  options: Partial<TrainingOptions> = {},
) {
  return trainModel(pool, definition, { cutoff: WORLD_END, records: sourceOf(accounts), ...options })
}

const usual = await train(world)

/** The world with more in it after a time: nothing that happens then may be seen before. */
function disturbedAfter(time: number): AccountRecord[] {
  return world.map((account) => ({
    ...account,
    leads: account.leads.map((lead) => ({
      ...lead,
      events: [
        ...lead.events,
        { ...event('pricing_page_viewed', Math.max(lead.createdAt, time)), eventId: `${lead.leadId}-late` },
        { ...event('pricing_page_viewed', lead.createdAt, time), eventId: `${lead.leadId}-learned-late` },
      ],
    })),
    deals: account.deals.map((deal) =>
      deal.closedAt !== null && deal.closedAt >= time
        ? { ...deal, closedAt: null, outcome: 'open' as const }
        : deal,
    ),
  }))
}

describe('trainModel', () => {
  it('gives the same bytes for the same inputs, and an artifact that loads', async () => {
    const again = await train(structuredClone(world))
    expect(again.artifactBody).toBe(usual.artifactBody)
    expect(again.report).toEqual(usual.report)
    expect(parseArtifact(usual.artifactBody, 'test')).toEqual(usual.artifact)
    expect(JSON.parse(canonicalJson(usual.report))).toEqual(usual.report)
  })

  it('gives logistic artifacts the bytes that they had before there was another learner, or a choice of calibrations', async () => {
    const bytes = ({ calibration: _, intervals: __, ...rest }: typeof usual.artifact) =>
      sha256Hex(canonicalJson(rest))
    expect(bytes(usual.artifact)).toBe('3a8232de6f12bac21f71d1ae47e7e593325ceb69f1ed3e44e0024e6080d240e4')
    const refitted = await train(world, { ...WORLD_DEFINITION, refit: true })
    expect(bytes(refitted.artifact)).toBe('ffb04a720b0c4d8842b336f96a727eaca24988dcb196b33cb95425904e66a86b')
    expect(refitted.artifact.intervals).toEqual(usual.artifact.intervals)
  })

  it('finds what the world is made of, forward in time', () => {
    const { report } = usual
    const all = report.evaluation.find(({ set }) => set === 'all_landmarks')!
    const baseRate = all.baselines.find(({ name }) => name === 'base_rate')!
    expect(all.metrics.log_loss!).toBeLessThan(baseRate.metrics.log_loss!)
    expect(baseRate.auc_lead.interval![0]).toBeGreaterThan(0.05)
    if (report.kind !== 'logistic') throw new Error('logistic was asked for')
    const partner = report.odds_ratios.find(({ category }) => category === 'partner')!
    expect(partner.odds_ratio_interval![0]).toBeGreaterThan(1)
  })

  it('says the same of a test row as the artifact does', () => {
    const { artifact, judged, report } = usual
    expect(createPredictor(artifact).base).not.toBeNaN()
    const [, , , test] = report.parts
    expect(judged.all_landmarks).toHaveLength(test!.rows)
    const mean = judged.all_landmarks.reduce((sum, row) => sum + row.probability, 0) / test!.rows
    expect(Math.abs(mean - test!.positives / test!.rows)).toBeLessThan(0.04)
  })

  it('is moved by nothing that happens or becomes known at the cut-off or later', async () => {
    const cutoff = WORLD_START + 480 * DAY
    const before = await train(world, WORLD_DEFINITION, { cutoff })
    const after = await train(disturbedAfter(cutoff), WORLD_DEFINITION, { cutoff })
    expect(after.artifactBody).toBe(before.artifactBody)
    expect(after.judged).toEqual(before.judged)
  })

  it('learns nothing from the facts of the test part', async () => {
    const testStart = Date.parse(usual.report.parts[3]!.from)
    const disturbed = disturbedAfter(testStart).map((account, index) => ({
      ...account,
      // Outcomes stay: they decide who is at risk, and with it where the parts end.
      deals: world[index]!.deals,
    }))
    const after = await train(disturbed)
    expect(after.artifactBody).toBe(usual.artifactBody)
    expect(after.judged).not.toEqual(usual.judged)
  })

  it('refits on all usable rows when the definition says so, and reports the figures of the fit before', async () => {
    const refitted = await train(world, { ...WORLD_DEFINITION, refit: true })
    expect(refitted.artifact.training.rows).toBe(usual.report.landmarks.usable)
    expect(usual.artifact.training.rows).toBe(usual.report.learned_from.rows)
    expect(refitted.artifactBody).not.toBe(usual.artifactBody)
    expect(refitted.report.evaluation).toEqual(usual.report.evaluation)
    expect(refitted.report.refit).toBe(true)
  })

  it('answers too little data by name: few outcomes, no history, nothing known in time', async () => {
    const tooLittle = (message: RegExp) =>
      expect.objectContaining({ code: 'too_little_data', message: expect.stringMatching(message) })
    await expect(train([])).rejects.toThrowError(tooLittle(/there are 0 and 0/))
    await expect(train(world.slice(0, 60))).rejects.toThrowError(tooLittle(/needs 40 subjects that reached/))
    const everybodyWins = world.map((account) => ({
      ...account,
      deals: account.leads.map((lead) => ({
        ...world.flatMap(({ deals }) => deals)[0]!,
        contacts: [{ leadId: lead.leadId, isPrimary: true }],
        openedAt: lead.createdAt + DAY,
        closedAt: lead.createdAt + 2 * DAY,
        outcome: 'won' as const,
      })),
    }))
    await expect(train(everybodyWins)).rejects.toThrowError(tooLittle(/there are \d+ and 0/))
    const importedLate = world.map((account) => ({
      ...account,
      leads: account.leads.map((lead) => ({
        ...lead,
        traits: lead.traits.map((trait) => ({ ...trait, knownAt: WORLD_END })),
        events: lead.events.map((given) => ({ ...given, knownAt: WORLD_END })),
      })),
    }))
    await expect(train(importedLate)).rejects.toThrowError(tooLittle(/declare its times as trusted/))
    const brief = { cutoff: WORLD_START + 110 * DAY }
    await expect(train(createWorld(4_000), WORLD_DEFINITION, brief)).rejects.toThrowError(
      tooLittle(/four parts|After the split|part needs/),
    )
  })

  it('learns of accounts as it does of leads: one subject an account, from its first touch, with the deals of all', async () => {
    const features = WORLD_YAML.slice(WORLD_YAML.indexOf('features:')).replace(
      'trait: source,',
      'trait: source, of: first_contact,',
    )
    const yaml = WORLD_YAML.replace('entity: lead', 'entity: account')
    const definition = parseDefinition(
      `${yaml.slice(0, yaml.indexOf('features:'))}${features}  - people: {}\n`,
      'accounts.yaml',
    )
    const { report, artifact, judged } = await train(world, definition)
    const won = world.filter(({ deals }) => deals.some(({ outcome }) => outcome === 'won'))
    expect(report.subjects.reached).toBeLessThan(won.length)
    expect(report.subjects.reached).toBeGreaterThan(0.5 * won.length)
    expect(artifact.columns.map(({ name }) => name)).toContain('people.engaged')
    const ids = judged.at_entry.map(({ leadId }) => leadId)
    expect(new Set(ids).size).toBe(ids.length)
    const first = new Map(
      world.map(({ accountId, leads }) => [accountId, Math.min(...leads.map(({ createdAt }) => createdAt))]),
    )
    for (const { leadId, asOf } of judged.at_entry) expect(asOf).toBe(first.get(leadId)! + HOUR)
    expect(report.evaluation[0]!.metrics.auc).toBeGreaterThan(0.65)
  })

  it('stops when it is interrupted', async () => {
    const interrupt = new AbortController()
    const running = train(world, WORLD_DEFINITION, {
      signal: interrupt.signal,
      report: (step) => {
        if (step === 'learning') interrupt.abort(new Error('stopped here'))
      },
    })
    await expect(running).rejects.toThrowError('stopped here')
  })
})
