/** Boosting through the whole of training: on a world where only trees can tell who buys, and on one where a line can. */
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { definitionFromPlain, definitionToPlain } from '../../../src/features/definition.ts'
import { type AccountRecord, DAY } from '../../../src/glossary.ts'
import { canonicalJson } from '../../../src/model/canonical.ts'
import { logit } from '../../../src/model/link.ts'
import { parseArtifact } from '../../../src/model/parse-artifact.ts'
import { createPredictor } from '../../../src/model/predict.ts'
import { trainModel } from '../../../training/pipeline.ts'
import { modelReportLines } from '../../../training/report/model-report-text.ts'
import { deal, event, sourceOf } from '../records.ts'
import { createWorld, WORLD_DEFINITION, WORLD_END } from '../world.ts'

const pool = new pg.Pool()

const train = (
  accounts: readonly AccountRecord[],
  learner: 'boosting' | 'auto' | 'logistic',
  given: Partial<typeof WORLD_DEFINITION> = {},
) =>
  trainModel(
    pool,
    { ...WORLD_DEFINITION, learner, ...given },
    { cutoff: WORLD_END, records: sourceOf(accounts) },
  )

/** Partners' leads buy when they have not looked at prices, all others when they have: no sum of columns can tell. */
function crossedWorld(): AccountRecord[] {
  return createWorld(1_500, 3).map((account) => {
    const leads = account.leads.map((lead) => ({
      ...lead,
      // Whoever looks does so at once, so that every landmark knows.
      events: lead.events.map((given) => ({
        ...given,
        occurredAt: lead.createdAt,
        knownAt: lead.createdAt,
      })),
    }))
    const deals = leads.flatMap(({ leadId, createdAt, events, traits }, n) => {
      const hasLooked = events.filter(({ type }) => type === 'pricing_page_viewed').length >= 2
      const isPartner = traits.some(({ value }) => value === 'partner')
      const chance = hasLooked !== isPartner ? 0.5 : 0.05
      // Digits of the id stand for luck: the same on every run.
      const luck = ((Number(account.accountId?.slice(1)) * 7_919 + n * 104_729) % 1_000) / 1_000
      if (luck >= chance) return []
      const openedAt = createdAt + 16 * DAY
      const closedAt = openedAt + 5 * DAY
      const closed = closedAt < WORLD_END ? ({ closedAt, outcome: 'won' } as const) : {}
      const contacts = [{ leadId, isPrimary: true }]
      return [deal({ dealId: `d-${leadId}`, accountId: account.accountId, openedAt, contacts, ...closed })]
    })
    return { ...account, leads, deals: deals.sort((a, b) => a.openedAt - b.openedAt) }
  })
}

const crossed = crossedWorld()
const boosted = await train(crossed, 'boosting')

describe('training with boosting', () => {
  it('gives an artifact that loads, the same bytes again, and a report that is plain data', async () => {
    expect(boosted.artifact.kind).toBe('boosting')
    expect(parseArtifact(boosted.artifactBody, 'test')).toEqual(boosted.artifact)
    const again = await train(structuredClone(crossed), 'boosting')
    expect(again.artifactBody).toBe(boosted.artifactBody)
    expect(again.report).toEqual(boosted.report)
    expect(JSON.parse(canonicalJson(boosted.report))).toEqual(boosted.report)
  })

  it('has answers that add up: base and contributions are the log-odds', () => {
    const predictor = createPredictor(boosted.artifact)
    const width = boosted.artifact.columns.length
    const row = new Float64Array(width)
    const contributions = new Float64Array(width)
    for (let i = 0; i < 50; i++) {
      for (let c = 0; c < width; c++) row[c] = (i + c) % 5 === 0 ? Number.NaN : (i * (c + 1)) % 4
      predictor.contributions(row, 0, contributions)
      const sum = contributions.reduce((total, value) => total + value, predictor.base)
      expect(logit(predictor.probability(predictor.rawScore(row)))).toBeCloseTo(sum, 9)
    }
  })

  it('tells what it learned: trees, path, what it goes by, and logistic regression beside it', () => {
    const { report } = boosted
    if (report.kind !== 'boosting') throw new Error('boosting was asked for')
    expect(report.trees).toBeGreaterThan(5)
    expect(boosted.artifact.kind === 'boosting' && boosted.artifact.trees.length).toBe(report.trees)
    expect(report.path.map(({ trees }) => trees)).toContain(report.trees)
    const least = Math.min(...report.path.map((point) => point.validation_log_loss))
    expect(report.path.find(({ trees }) => trees === report.trees)!.validation_log_loss).toBe(least)
    const { effects } = report
    const shares = effects!.by_group.reduce((sum, { gain }) => sum + gain!, 0)
    expect(shares).toBeCloseTo(1, 9)
    const first = effects!.by_group.slice(0, 3).map(({ group }) => group)
    expect(first).toEqual(expect.arrayContaining(['pricing page visit', 'source']))
    const all = report.evaluation.find(({ set }) => set === 'all_landmarks')!
    const logistic = all.baselines.find(({ name }) => name === 'logistic')!
    expect(logistic.auc_lead.interval![0]).toBeGreaterThan(0)
    const text = modelReportLines(report).join('\n')
    expect(text).toMatch(/boosting of \d+ trees/)
    expect(text).toMatch(
      /boosting was asked for. It wins by more than the noise: log loss on the validation part/,
    )
    expect(text).toMatch(/ {2}logistic regression +0\.\d/)
    expect(text).not.toMatch(/Odds ratio|undefined|NaN/)
  })

  it('has trees of the size that does best on the validation part, where the definition says nothing of it', async () => {
    const leastLoss = ({ report }: typeof boosted): number =>
      report.kind === 'boosting'
        ? Math.min(...report.path.map((point) => point.validation_log_loss))
        : Number.NaN
    const small = await train(crossed, 'boosting', { boosting: { leaves: 6, min_rows: 60 } })
    const large = await train(crossed, 'boosting', { boosting: { leaves: 15, min_rows: 20 } })
    expect(leastLoss(small)).not.toBe(leastLoss(large))
    expect(leastLoss(boosted)).toBe(Math.min(leastLoss(small), leastLoss(large)))
  })

  it('keeps to the settings of the definition', async () => {
    const settings = { rate: 0.2, leaves: 3, depth: 2, min_rows: 50, trees: 20 }
    const monotone = { 'pricing_page_viewed.count': 'increasing', lead_age: 'decreasing' } as const
    const { artifact, report } = await train(crossed, 'boosting', { boosting: { ...settings, monotone } })
    if (report.kind !== 'boosting' || artifact.kind !== 'boosting') throw new Error('boosting was asked for')
    expect(report.settings).toMatchObject({ ...settings, monotone })
    expect(report.trees).toBeLessThanOrEqual(20)
    for (const { left, cover } of artifact.trees) {
      expect(left.filter((child) => child < 0).length).toBeLessThanOrEqual(3)
      expect(Math.min(...cover)).toBeGreaterThanOrEqual(50)
    }
    const predictor = createPredictor(artifact)
    const at = (name: string) => artifact.columns.findIndex((column) => column.name === name)
    const row = new Float64Array(artifact.columns.length)
    const scoresAlong = (name: string): number[] =>
      [0, 1, 2, 3, 10, 30].map((value) => {
        row.fill(1)
        row[at(name)] = value
        return predictor.rawScore(row)
      })
    const rising = scoresAlong('pricing_page_viewed.count')
    expect(rising).toEqual(rising.toSorted((a, b) => a - b))
    const falling = scoresAlong('lead_age')
    expect(falling).toEqual(falling.toSorted((a, b) => b - a))
    expect(definitionFromPlain(artifact.definition).boosting).toEqual({ ...settings, monotone })
  })

  it('learns nothing from the facts of the test part', async () => {
    const testStart = Date.parse(boosted.report.parts[3]!.from)
    const disturbed = crossed.map((account) => ({
      ...account,
      leads: account.leads.map((lead) => ({
        ...lead,
        events: [
          ...lead.events,
          ...[1, 2].map((n) => ({
            ...event('pricing_page_viewed', Math.max(lead.createdAt, testStart)),
            eventId: `${lead.leadId}-late-${n}`,
          })),
        ],
      })),
    }))
    const after = await train(disturbed, 'boosting')
    expect(after.artifactBody).toBe(boosted.artifactBody)
    expect(after.judged).not.toEqual(boosted.judged)
  })
})

describe('learner: auto', () => {
  it('takes boosting where it wins by more than the noise, and the same bytes come of it', async () => {
    const { artifact, report } = await train(crossed, 'auto')
    expect(report.learner_choice).toMatchObject({ asked: 'auto', chosen: 'boosting' })
    const { difference, standard_error: error } = report.learner_choice!.compared
    expect(difference).toBeGreaterThan(error!)
    expect({ ...artifact, definition: {} }).toEqual({ ...boosted.artifact, definition: {} })
  })

  it('stays with logistic regression where a line tells as much, shows both, and changes no byte of it', async () => {
    const world = createWorld(1_200)
    const { artifact, report } = await train(world, 'auto')
    const plain = await train(world, 'logistic')
    expect(report.learner_choice).toMatchObject({ asked: 'auto', chosen: 'logistic' })
    expect(report.learner_choice!.because).toMatch(/does not win by more than the noise: log loss on/)
    expect({ ...artifact, definition: {} }).toEqual({ ...plain.artifact, definition: {} })
    const beside = report.evaluation[0]!.baselines.map(({ name }) => name)
    expect(beside).toEqual(['base_rate', 'naive_bayes', 'boosting'])
    expect(plain.report).not.toHaveProperty('learner_choice')
    expect(definitionToPlain(WORLD_DEFINITION)).not.toHaveProperty('boosting')
  })
})
