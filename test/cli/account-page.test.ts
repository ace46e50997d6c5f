import { expect, test } from 'vitest'
import { accountLines, accountPage } from '../../src/cli/account-page.ts'
import { scoreLead } from '../../src/scoring/engine.ts'
import { scoreAccount } from '../../src/scoring/score-account.ts'
import { AS_OF, definition, engine, event, loaded, logisticArtifact, records } from '../scoring/fixture.ts'

const ofAccounts = { ...definition('account'), entity: 'account' as const }
const scoring = engine([loaded(logisticArtifact()), loaded(logisticArtifact(ofAccounts))])
const { account, lead } = records({
  lead: { email: 'ann@acme.example', title: 'CTO\u001b[2J' },
  events: [event('pricing_page_viewed', 10)],
})
const people = [lead, { ...records({ lead: { email: 'bob@acme.example' } }).lead, leadId: 'l_2' }]

const scored = scoreAccount(scoring, { ...account, leads: people }, AS_OF, {
  explain: true,
  scoreLead: (one) => scoreLead(scoring, { ...account, leads: people }, one, AS_OF, { explain: false }),
})

test('the page of an account ends with its people and what each of them added', () => {
  const page = accountPage(scored)
  expect(page).toMatch(/^Account a_1 as of 2026-11-21T00:00:00Z\n/)
  expect(page).toContain('average account')
  // ln(1 + 1/2), halved by the calibration, in points.
  expect(page).toMatch(/\n {2}l_1 .* \+2\.9 {2}CTO�\[2J; 1 event, the last at 2026-11-11T00:00:00Z\n/)
  expect(page).toMatch(/\n {2}l_2 .* \+0\.0 {2}no title\n/)
  expect(page).toMatch(/adds to account\. Without any behaviour it would have \d+\.\d\.$/)
})

test('in a list it has a line, reasons, and its first people', () => {
  const lines = accountLines(scored)
  expect(lines[0]).toMatch(/^a_1 .* (low|high) /)
  expect(lines.filter((line) => /^ {2}l_/.test(line))).toHaveLength(2)
})
