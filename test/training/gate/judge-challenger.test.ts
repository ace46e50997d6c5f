import { createHash } from 'node:crypto'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { type Definition, parseDefinition } from '../../../src/features/definition.ts'
import { defineRegistry, fitRegistry } from '../../../src/features/registry.ts'
import { type AccountRecord, DAY, type Deal, HOUR } from '../../../src/glossary.ts'
import { canonicalJson } from '../../../src/model/canonical.ts'
import { loadModel } from '../../../src/scoring/load-model.ts'
import { type Champion, learnedUntil, whyNotComparable } from '../../../training/gate/champion.ts'
import { type TrainedModel, trainModel } from '../../../training/pipeline.ts'
import { randomIntegers, shuffle } from '../../../training/random.ts'
import type { GateCheckId } from '../../../training/report/gate-report.ts'
import { sourceOf, trait } from '../records.ts'
import { createWorld, WORLD_DEFINITION, WORLD_END, WORLD_YAML } from '../world.ts'

/** Never connects: the records are given. */
const pool = new pg.Pool()
const world = createWorld(1_200)

interface Run {
  readonly accounts?: readonly AccountRecord[]
  readonly definition?: Definition
  readonly cutoff?: number
  readonly champion?: Champion
}

function train({ accounts = world, definition = WORLD_DEFINITION, cutoff = WORLD_END, champion }: Run = {}) {
  return trainModel(pool, definition, {
    cutoff,
    records: sourceOf(accounts),
    ...(champion ? { champion } : {}),
  })
}

/** The model as version 3, which serves. */
function asChampion({ artifactBody: body, report }: TrainedModel) {
  const sha256 = createHash('sha256').update(body).digest('hex')
  const model = loadModel({ name: 'world', segment: '', version: 3, sha256, body })
  return { version: 3, model, learnedUntil: learnedUntil({ report, cutoff: Date.parse(report.cutoff) }) }
}

const VOCABULARIES = { source: ['event'] }

const check = ({ report }: TrainedModel, wanted: GateCheckId) =>
  report.gate!.checks.find(({ id }) => id === wanted)!

/** Every deal, whole and when it was, goes to another lead: who converts has nothing to do with who they are. */
function withDealsShuffled(seed: number): AccountRecord[] {
  const deals = world.flatMap((account) => account.deals)
  const leads = world.flatMap((account) =>
    account.leads.map(({ leadId }) => ({ leadId, accountId: account.accountId })),
  )
  const order = shuffle(Int32Array.from(leads.keys()), randomIntegers(seed))
  const given = new Map<string | null, Deal[]>()
  deals.forEach((deal, index) => {
    const { leadId, accountId } = leads[order[index]!]!
    const own = given.get(accountId) ?? []
    given.set(accountId, [...own, { ...deal, accountId, contacts: [{ leadId, isPrimary: true }] }])
  })
  return world.map((account) => ({
    ...account,
    deals: (given.get(account.accountId) ?? []).toSorted((a, b) => a.openedAt - b.openedAt),
  }))
}

/** A status that is set when a deal is won, and dated back to when the lead came. */
function withLeak(): AccountRecord[] {
  return world.map((account) => {
    const won = new Set(
      account.deals
        .filter(({ outcome }) => outcome === 'won')
        .flatMap(({ contacts }) => contacts.map(({ leadId }) => leadId)),
    )
    return {
      ...account,
      leads: account.leads.map((lead) =>
        won.has(lead.leadId)
          ? { ...lead, traits: [...lead.traits, trait('kickoff', 'done', lead.createdAt)] }
          : lead,
      ),
    }
  })
}

/** Rows of the test part of accounts of which no label was known by then, counted from the world itself. */
function countUnlearned({ judged }: TrainedModel, until: number, firstLandmark = 0): number {
  const firstLabel = new Map(
    world.map(({ accountId, leads }) => [
      accountId,
      Math.min(...leads.map(({ createdAt }) => createdAt)) + HOUR + (firstLandmark + 30) * DAY,
    ]),
  )
  return judged.all_landmarks.filter(({ leadId }) => firstLabel.get(leadId.slice(0, 7))! > until).length
}

const usual = await train()

describe('the gate', () => {
  it('lets an honest model pass, compared with the base rate where there is neither champion nor rubric', () => {
    expect(usual.report.gate).toMatchObject({
      verdict: 'pass',
      against: { basis: 'base_rate', version: null, rows: usual.judged.all_landmarks.length },
    })
    expect(usual.report.gate!.checks.map(({ id, passed }) => [id, passed])).toEqual(
      ['log_loss', 'skill', 'calibration_slope', 'bands', 'audit', 'data'].map((id) => [id, true]),
    )
    expect(JSON.parse(canonicalJson(usual.report.gate))).toEqual(usual.report.gate)
    // To know how old a lead is already tells more than the base rate of all rows.
    expect(check(usual, 'skill').figure!).toBeGreaterThan(check(usual, 'log_loss').figure! + 0.001)
  })

  it('compares with a champion on rows that neither has learned from', async () => {
    const before = await train({ cutoff: WORLD_END - 90 * DAY })
    const until = Date.parse(before.report.parts[3]!.from)
    expect(asChampion(before)).toMatchObject({ learnedUntil: until })
    const found = await train({ champion: asChampion(before) })
    const rows = countUnlearned(found, until)
    expect(found.report.gate!.against).toMatchObject({ basis: 'champion', version: 3, rows })
    expect(check(found, 'log_loss').text).toMatch(
      /of version 3, the champion .* that neither has learned from/,
    )
    expect(found.artifactBody).toBe(usual.artifactBody)

    const itself = await train({ champion: asChampion(usual) })
    expect(check(itself, 'log_loss')).toMatchObject({
      passed: true,
      figure: 0,
      interval: [0, 0],
      text: expect.stringMatching(/the same as of version 3/),
    })
    expect(itself.report.gate!.against.rows).toBeGreaterThan(0.9 * usual.judged.all_landmarks.length)
  })

  it('leaves out what a champion with other landmarks has learned from', async () => {
    const { model } = asChampion(usual)
    // After 30 days only: at entry it has learned nothing of an account.
    const registry = { ...model.registry, definition: { ...WORLD_DEFINITION, landmarkDays: [30] } }
    const learned = WORLD_END - 60 * DAY
    const found = await train({
      champion: { version: 3, model: { ...model, registry }, learnedUntil: learned },
    })
    const { rows } = found.report.gate!.against
    expect(rows).toBe(countUnlearned(found, learned, 30))
    expect(rows).toBeLessThan(found.judged.all_landmarks.length)
    expect(rows).toBeGreaterThan(countUnlearned(found, learned))
    // It is the same model, on whatever rows.
    expect(check(found, 'log_loss').figure).toBe(0)
  })

  it('leaves it to a person, in words, where there is no comparing', async () => {
    const damaged = await train({ champion: { version: 3, problem: 'its sha256 must be another.' } })
    expect(damaged.report.gate).toMatchObject({ verdict: 'by_hand', against: { version: 3, rows: 0 } })
    expect(check(damaged, 'log_loss').text).toMatch(/version 3, the champion: its sha256 must be another\.$/)
    // A champion that learned from all there is has left nothing to be compared on.
    const same = await train({ champion: { ...asChampion(usual), learnedUntil: WORLD_END } })
    expect(same.report.gate!.verdict).toBe('by_hand')
    expect(check(same, 'log_loss').text).toMatch(
      /leaves 0 subjects that reached the target and 0 that did not, of 5 each/,
    )
  })

  it('refuses what was trained on shuffled outcomes', async () => {
    const shuffled = await train({ accounts: withDealsShuffled(1), champion: asChampion(usual) })
    expect(shuffled.report.gate!.verdict).toBe('refuse')
    expect(check(shuffled, 'skill')).toMatchObject({
      passed: false,
      text: expect.stringMatching(/not surely tell one lead from another/),
    })
  })

  it('refuses what was trained with a leak, and names the column', async () => {
    const definition = parseDefinition(
      `${WORLD_YAML}  - category: { trait: kickoff, label: kickoff }\n`,
      'leak.yaml',
    )
    const leaking = await train({ accounts: withLeak(), definition })
    expect(leaking.report.gate).toMatchObject({
      verdict: 'refuse',
      because: expect.stringMatching(/suspects kickoff/),
    })
    expect(check(leaking, 'log_loss').passed).toBe(true)
  })
})

describe('a champion', () => {
  it('has learned until its test part, and where it was refitted, or nobody knows, until its cut-off', () => {
    const { report } = usual
    const [, , , test] = report.parts
    expect(learnedUntil({ report, cutoff: WORLD_END })).toBe(Date.parse(test!.from))
    expect(learnedUntil({ report: { ...report, refit: true }, cutoff: WORLD_END })).toBe(WORLD_END)
    expect(learnedUntil({ report: { format: 'wonlost.import_report' }, cutoff: WORLD_END })).toBe(WORLD_END)
  })

  it('answers another question where any of what a probability means is another', () => {
    const other = { ...WORLD_DEFINITION, horizonDays: 60, target: 'opened' } as const
    const why = (definition: Definition) =>
      whyNotComparable(
        { segment: '', registry: fitRegistry(defineRegistry(definition), VOCABULARIES) },
        WORLD_DEFINITION,
        null,
      )
    expect(why(other)).toBe(
      'it answers another question: target opened instead of won, horizon 60 days instead of 30 days',
    )
    expect(why({ ...WORLD_DEFINITION, population: 'deals', horizonDays: null })).toMatch(
      /population deals instead of leads, horizon none instead of 30 days/,
    )
    expect(why({ ...WORLD_DEFINITION, landmarkDays: [0] })).toBeNull()
  })
})
