import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { parseDefinition } from '../../../src/features/definition.ts'
import { type AccountRecord, DAY, type LeadRecord } from '../../../src/glossary.ts'
import { shiftCalibration } from '../../../src/model/calibration.ts'
import { canonicalJson } from '../../../src/model/canonical.ts'
import { loadArtifact } from '../../../src/scoring/load-model.ts'
import { DEFAULT_BANDS } from '../../../training/evaluation.ts'
import { monitorModels, raisesDrift } from '../../../training/monitor/monitor.ts'
import { monitorLines } from '../../../training/monitor/monitor-text.ts'
import { trainingBehind } from '../../../training/monitor/training-behind.ts'
import { trainModel } from '../../../training/pipeline.ts'
import { sourceOf, trait } from '../records.ts'
import { createWorld, WORLD_DEFINITION, WORLD_END, WORLD_YAML } from '../world.ts'

/** Never connects: the records are given. */
const pool = new pg.Pool()
/** The horizon of the world is 30 days: outcomes of the 30 days before it are known. */
const CUTOFF = WORLD_END - 60 * DAY
const LATE = WORLD_END - 40 * DAY

const world = createWorld(2_500)
const { artifactBody, report } = await trainModel(pool, WORLD_DEFINITION, {
  cutoff: CUTOFF,
  records: sourceOf(world),
})
const model = { ...loadArtifact(artifactBody, 'test'), version: 1 }

/** The training report as the database gives it back. */
const stored: typeof report = JSON.parse(JSON.stringify(report))

async function watch(
  accounts: readonly AccountRecord[],
  given: typeof report | null = stored,
  asOf = WORLD_END - 12 * DAY,
  watched = model,
) {
  const options = { asOf, windowDays: 30, bands: DEFAULT_BANDS, records: sourceOf(accounts) }
  const [found] = await monitorModels(pool, [{ model: watched, report: given }], options)
  return found!
}

function changeLeads(change: (lead: LeadRecord) => LeadRecord | null): AccountRecord[] {
  return world.map((account) => ({
    ...account,
    leads: account.leads.flatMap((lead) => (lead.createdAt < LATE ? [lead] : (change(lead) ?? []))),
  }))
}

const limitsOf = ({ crossed }: Awaited<ReturnType<typeof watch>>) => [
  ...new Set(crossed.map(({ limit }) => limit)),
]

describe('monitorModels', () => {
  it('crosses nothing where nothing changed, on figures that are JSON', async () => {
    const found = await watch(world)
    expect(found.crossed).toEqual([])
    expect(found.verdict).toBe('steady')
    expect(found.retrain.advice).toBe('no')
    expect(found.drift.map(({ set }) => set)).toEqual(['at_entry', 'later'])
    expect(found.drift[0]!.columns.map(({ column }) => column).sort()).toEqual(
      model.registry.columns.map(({ name }) => name).sort(),
    )
    expect(found.outcomes!.positives).toBeGreaterThan(20)
    expect(found.outcomes!.all.positives).toBe(found.outcomes!.positives)
    expect(found.volume!.weeks).toHaveLength(4)
    expect(JSON.parse(canonicalJson(found))).toEqual(found)
  })

  it('names the feature whose leads are others, and what moved', async () => {
    const campaign = changeLeads((lead) => ({
      ...lead,
      traits: lead.leadId.endsWith('-1') ? lead.traits : [trait('source', 'webinar', lead.createdAt)],
    }))
    const found = await watch(campaign)
    expect(found.verdict).toBe('crossed')
    expect(raisesDrift(found)).toBe(true)
    expect(found.retrain.advice).toBe('look')
    const source = found.crossed.find(({ subject }) => subject === 'source')!
    expect(source.text).toContain('most of it: webinar')
    expect(monitorLines(found).join('\n')).toContain(source.text)
  })

  it('tells a feed that broke from a market that changed', async () => {
    const found = await watch(changeLeads((lead) => ({ ...lead, traits: [] })))
    expect(limitsOf(found)).toContain('missing')
    const fewer = await watch(changeLeads((lead) => (lead.leadId.endsWith('-0') ? null : lead)))
    expect(limitsOf(fewer)).toEqual(['volume'])
    expect(fewer.retrain).toMatchObject({ advice: 'no' })
  })

  it('tells once what all columns of a group miss', async () => {
    const again = '  - category: { trait: source, label: source, name: again }\n  - lead_age'
    const twice = parseDefinition(WORLD_YAML.replace('  - lead_age', again), 'twice.yaml')
    const trained = await trainModel(pool, twice, { cutoff: CUTOFF, records: sourceOf(world) })
    const changed = changeLeads((lead) => ({ ...lead, traits: [] }))
    const second = { ...loadArtifact(trained.artifactBody, 'twice'), version: 1 }
    const { crossed } = await watch(changed, trained.report, undefined, second)
    const missing = crossed.filter(({ limit, set }) => limit === 'missing' && set === 'at_entry')
    expect(missing.map(({ text }) => text)).toEqual([
      expect.stringMatching(/ 1 more column of source with it\.$/),
    ])
  })

  it('says to retrain when what comes true is no longer what was said', async () => {
    const lost = world.map((account) => ({
      ...account,
      deals: account.deals.map((deal) =>
        deal.outcome === 'won' && (deal.closedAt ?? 0) > CUTOFF - 30 * DAY && !deal.dealId.endsWith('-0')
          ? { ...deal, outcome: 'lost' as const }
          : deal,
      ),
    }))
    const found = await watch(lost)
    expect(limitsOf(found)).toContain('calibration')
    expect(found.retrain.advice).toBe('yes')
    expect(found.outcomes!.all.ratio!).toBeLessThan(0.7)
  })

  it('goes by the training behind a recalibrated version, moved as far as it was', async () => {
    const usual = await watch(world)
    const recalibration = {
      format: 'wonlost.recalibration_report',
      from_version: 1,
      shift: { log_odds: 0.9 },
    }
    const behind = trainingBehind(recalibration, (version) => (version === 1 ? stored : null))
    const calibration = shiftCalibration(
      model.artifact.kind === 'logistic' ? model.artifact.calibration : { kind: 'identity' },
      0.9,
    )
    const body = canonicalJson({ ...model.artifact, calibration })
    const moved = await watch(world, behind, WORLD_END - 12 * DAY, {
      ...loadArtifact(body, 'test'),
      version: 2,
    })
    expect(moved.drift.map(({ score }) => score.psi)).toEqual(usual.drift.map(({ score }) => score.psi))
    expect(moved.outcomes!.all.reference_ratio).toBeNull()
    expect(moved.outcomes!.all.ratio!).toBeLessThan(usual.outcomes!.all.ratio!)
    expect(trainingBehind(recalibration, () => null)).toBeNull()
    expect(trainingBehind({ format: 'wonlost.imported' }, () => stored)).toBeNull()
  })

  it('says what it cannot say', async () => {
    const imported = await watch(world, null)
    expect(imported.drift).toEqual([])
    expect(imported.volume).toBeNull()
    expect(imported.not_watched[0]).toMatch(/nothing to compare with/)
    // Outcomes can be compared with what was said, whoever trained.
    expect(imported.verdict).toBe('steady')
    // From elsewhere, and nobody said what its training could know: all that was known when it came.
    const asOf = WORLD_END - 12 * DAY
    const options = { asOf, windowDays: 30, bands: DEFAULT_BANDS, records: sourceOf(world) }
    const [unknown] = await monitorModels(pool, [{ model, report: null, cutoff: asOf }], options)
    expect(unknown!.outcomes).toBeNull()
    const young = await watch(world.slice(0, 200), null, CUTOFF + DAY)
    expect(young.verdict).toBe('too_little')
    expect(young.because).toMatch(/^Too little to say\./)
  })
})
