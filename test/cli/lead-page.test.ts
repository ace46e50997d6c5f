import { describe, expect, it } from 'vitest'
import { leadLines, leadPage } from '../../src/cli/lead-page.ts'
import { scoreLead } from '../../src/scoring/engine.ts'
import {
  AS_OF,
  definition,
  engine,
  event,
  type LeadShape,
  loaded,
  logisticArtifact,
  records,
} from '../scoring/fixture.ts'

function scored(shape: LeadShape) {
  const { account, lead } = records(shape)
  return scoreLead(engine(), account, lead, AS_OF, { explain: true })
}

describe('leadPage', () => {
  it('adds up: the lines from the average lead to the raw points', () => {
    const page = leadPage(scored({ events: [event('pricing_page_viewed', 10)] }))
    expect(page).toMatchInlineSnapshot(`
      "Lead l_1 as of 2026-11-21T00:00:00Z

      Decision  high: call within 1 hour
      Verdict   eligible

      conversion  score  63  high    24.9 %, the average lead 11.9 %  (logistic, version 3)

      How conversion adds up, in points (10 more double the odds):

        average lead                  50.0  |
        company size                  +5.0  ++++++++++++++                        403 employees
        industry                      +5.0                ++++++++++++++          industry software
        pricing page                  +2.9                              ++++++++  1 pricing page visit, 10 days ago
        raw points                    62.9                                      | score 63

      For
        403 employees (company size, +5.0)
        industry software (industry, +5.0)
        1 pricing page visit, 10 days ago (pricing page, +2.9)"
    `)
    const lines = page.split('\n')
    const points = (label: string) =>
      Number(/[-+]?\d+\.\d/.exec(lines.find((line) => line.includes(label)) ?? '')?.[0])
    const steps = points('  company size') + points('  industry') + points('  pricing page')
    expect(points('  average lead') + steps).toBeCloseTo(points('  raw points'), 1)
  })

  it('says how sure it is, and what a calibration that is no line bends', () => {
    const artifact = logisticArtifact(definition(), {
      calibration: { kind: 'beta', a: 0.5, b: 2, c: -0.5, slope: 0.6 },
      intervals: { accounts: 300, from: [-1.5], low: [-4, -2], high: [-3, -0.1] },
    })
    const { account, lead } = records({ events: [event('pricing_page_viewed', 10)] })
    const said = scoreLead(engine([loaded(artifact)]), account, lead, AS_OF, { explain: true })
    const page = leadPage(said)
    expect(page).toContain(
      '\n            leads that look like this have converted at between 11.9 % and 47.5 %\n',
    )
    expect(page).toMatch(/^ {2}calibration +\+\d\.\d .* what a calibration that is no line bends here$/m)
    const limit = logisticArtifact(definition(), { base: 30 })
    const sure = scoreLead(engine([loaded(limit)]), account, lead, AS_OF, { explain: true })
    expect(leadPage(sure)).toMatch(/^ {2}limit +-.* probabilities stay within/m)
  })

  it('shows the verdict beside the score, and a model that does not apply with its reason', () => {
    const page = leadPage(scored({ lead: { email: 'bob@rival.example', title: 'CTO' } }))
    expect(page).toContain('Verdict   disqualified')
    expect(page).toContain('disqualify by the rule competitor: Works for a competitor.')
    const { account, lead } = records()
    const early = scoreLead(engine(), account, lead, lead.createdAt, { explain: true })
    expect(leadPage(early)).toContain('conversion  does not apply: unknown before 2026-08-13T00:00:00Z')
  })

  it('lets nothing that a lead typed reach the terminal as a command', () => {
    const hostile = '\u001b[2J\u202eboo\n'
    const said = scored({ events: [event('pricing_page_viewed', 10)] })
    const override = {
      status: 'eligible',
      ...{ reason: hostile, set_by: hostile, set_at: hostile, expires_at: hostile },
      without_it: { status: 'review', decision: { ...said.decision, band: hostile, action: hostile } },
    } as const
    const page = leadPage({ ...said, lead_id: hostile, verdict: { ...said.verdict, override } })
    expect(page).toContain('Lead \uFFFD[2J\uFFFDboo\uFFFD as of')
    expect(page).not.toContain('\u001b')
    expect(page).not.toContain('\u202e')
    // By whom and until when, and what would be said otherwise.
    expect(page.split('\n')).toHaveLength(leadPage(said).split('\n').length + 2)
    expect(leadLines({ ...said, lead_id: hostile })[0]).toContain('\uFFFD[2J\uFFFDboo\uFFFD')
  })
})

describe('leadLines', () => {
  it('is one line for the lead and one for each of the strongest reasons', () => {
    expect(leadLines(scored({ events: [event('pricing_page_viewed', 10)] }))).toMatchInlineSnapshot(`
      [
        "l_1              63  high           24.9 %      call within 1 hour",
        "    + 403 employees (company size, +5.0)",
        "    + industry software (industry, +5.0)",
        "    + 1 pricing page visit, 10 days ago (pricing page, +2.9)",
      ]
    `)
  })
})
