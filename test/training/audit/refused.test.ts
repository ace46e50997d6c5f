/** A whole training run with a leak in it: the gate refuses the model and names the feature. */
import pg from 'pg'
import { expect, it } from 'vitest'
import { parseDefinition } from '../../../src/features/definition.ts'
import type { AccountRecord } from '../../../src/glossary.ts'
import { trainModel } from '../../../training/pipeline.ts'
import { modelReportLines } from '../../../training/report/model-report-text.ts'
import { sourceOf, trait } from '../records.ts'
import { createWorld, WORLD_END, WORLD_YAML } from '../world.ts'

/** Never connects: the records are given. */
const pool = new pg.Pool()

/** What the CRM says today, dated back to when the lead came. */
function withStages(accounts: readonly AccountRecord[]): AccountRecord[] {
  return accounts.map((account) => ({
    ...account,
    leads: account.leads.map((lead) => {
      const own = account.deals.find(({ contacts }) => contacts.some(({ leadId }) => leadId === lead.leadId))
      const stage = own?.outcome === 'won' ? 'customer' : own ? 'closed' : 'new'
      return { ...lead, traits: [...lead.traits, trait('crm_stage', stage, lead.createdAt)] }
    }),
  }))
}

it('is refused by name when it reads a back-dated leak, and not when it leaves it alone', async () => {
  const records = sourceOf(withStages(createWorld(1_200)))
  const train = async (yaml: string) => {
    const trained = await trainModel(pool, parseDefinition(yaml, 'world.yaml'), {
      cutoff: WORLD_END,
      records,
    })
    return trained.report
  }
  const audited = ({ gate }: Awaited<ReturnType<typeof train>>) =>
    gate?.checks.find(({ id }) => id === 'audit')

  const honest = await train(WORLD_YAML)
  expect(audited(honest)).toMatchObject({ passed: true })
  expect(honest.audit!.findings[0]).toMatchObject({
    column: 'lead.crm_stage',
    severity: 'suspect',
    used: false,
  })

  const leaking = await train(`${WORLD_YAML}  - category: { trait: crm_stage, label: stage, lift: a test }\n`)
  expect(leaking.gate).toMatchObject({ verdict: 'refuse' })
  expect(audited(leaking)).toMatchObject({ passed: false, text: expect.stringContaining('crm_stage') })
  expect(modelReportLines(leaking).join('\n')).toMatch(/The audit suspects crm_stage: /)
})
