import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Definition } from '../../../src/features/definition.ts'
import { formatTime, HOUR } from '../../../src/glossary.ts'
import { FINDINGS } from '../../../training/data-check/findings/index.ts'
import { WORLD_DEFINITION, WORLD_END } from '../world.ts'
import { check, cleanWorld, cloneDatabase, createCleanDatabase, NOW } from './clean-world.ts'

let clean: Awaited<ReturnType<typeof createCleanDatabase>>
beforeAll(async () => {
  clean = await createCleanDatabase()
})
afterAll(() => clean.drop())

const world = cleanWorld()
const deals = world.flatMap((account) => account.deals)
const [lead, other] = world.find(({ leads }) => leads.length > 1)!.leads
const middle = deals.filter(({ outcome }) => outcome === 'won')[20]!
const lost = deals.find(({ outcome }) => outcome === 'lost')!
const at = (time: number): string => `'${formatTime(time)}'::timestamptz`
const SOME = 'abs(hashtext(lead_id)) % 10'

/** What is done to the clean world, and what must be found of it: this, and nothing but what must come with it. */
const PLANTED: readonly {
  readonly id: string
  readonly with?: readonly string[]
  readonly sql: string
  readonly definition?: Definition
  readonly severity: 'stops' | 'hurts' | 'look'
  readonly text: RegExp
}[] = [
  {
    id: 'known_from_import_on',
    sql: `UPDATE wonlost.events SET known_at = known_at + interval '30 days'`,
    severity: 'hurts',
    text: /events \(100\.0 %\) were learned of more than a week after/,
  },
  {
    id: 'no_leads',
    with: ['deals_without_contacts', 'events_of_unknown_leads'],
    sql: 'DELETE FROM wonlost.leads',
    severity: 'stops',
    text: /There are no leads to learn from/,
  },
  {
    id: 'no_deals',
    sql: 'DELETE FROM wonlost.deals',
    severity: 'stops',
    text: /There are no deals to learn from/,
  },
  {
    id: 'deals_in_other_pipelines',
    sql: `UPDATE wonlost.deals SET pipeline = 'default'`,
    severity: 'stops',
    text: /world learns from the pipeline "new_business", which has no deal/,
  },
  {
    id: 'too_few_outcomes',
    sql: `UPDATE wonlost.deals SET outcome = 'lost' WHERE outcome = 'won' AND abs(hashtext(deal_id)) % 10 > 0`,
    severity: 'stops',
    text: /A model needs 40 subjects that reached the target/,
  },
  {
    id: 'too_few_outcomes_after_split',
    sql: `UPDATE wonlost.deals SET outcome = 'lost' WHERE outcome = 'won' AND deal_id NOT IN (
            SELECT deal_id FROM wonlost.deals WHERE outcome = 'won' ORDER BY hashtext(deal_id) LIMIT 43)`,
    severity: 'stops',
    text: /After the split in time \d\d subjects/,
  },
  {
    id: 'history_too_short',
    sql: 'SELECT 1',
    definition: { ...WORLD_DEFINITION, horizonDays: 180 },
    severity: 'stops',
    text: /too short to be cut into four parts/,
  },
  {
    id: 'part_too_small',
    sql: `UPDATE wonlost.deals SET outcome = 'lost' WHERE outcome = 'won' AND closed_at > ${at(WORLD_END - 150 * 24 * HOUR)}`,
    severity: 'stops',
    text: /The test part needs 5 subjects that reached the target/,
  },
  {
    id: 'promoted_by_hand_only',
    sql: `UPDATE wonlost.deals SET outcome = 'lost' WHERE outcome = 'won' AND abs(hashtext(deal_id)) % 3 > 0`,
    severity: 'look',
    text: /promoted only by hand: \d\d subjects/,
  },
  {
    id: 'deals_end_early',
    sql: `DELETE FROM wonlost.deals WHERE coalesce(closed_at, opened_at) > ${at(WORLD_END - 50 * 24 * HOUR)};
          UPDATE wonlost.deals SET closed_at = NULL, outcome = 'open' WHERE closed_at > ${at(WORLD_END - 50 * 24 * HOUR)}`,
    severity: 'hurts',
    text: /days before the data ends/,
  },
  {
    id: 'deals_without_contacts',
    sql: `DELETE FROM wonlost.deal_contacts WHERE deal_id = '${middle.dealId}'`,
    severity: 'look',
    text: /^1 of \d+ deals .* have no contact/,
  },
  {
    id: 'deals_without_first_touch',
    sql: `UPDATE wonlost.deals SET opened_at = opened_at - interval '40 days' WHERE deal_id = '${middle.dealId}'`,
    severity: 'look',
    text: /^1 of \d+ deals .* before any contact/,
  },
  {
    id: 'stage_won_outcome_not',
    sql: `INSERT INTO wonlost.deal_stages VALUES ('${lost.dealId}', 'qualification', ${at(lost.openedAt)}, ${at(lost.openedAt)}),
            ('${lost.dealId}', 'Closed Won', ${at(lost.openedAt + HOUR)}, ${at(lost.openedAt + HOUR)})`,
    severity: 'hurts',
    text: /^1 of 1 deals .* called won/,
  },
  {
    id: 'stage_lost_outcome_not',
    sql: `INSERT INTO wonlost.deal_stages VALUES ('${middle.dealId}', 'closedlost', ${at(middle.openedAt)}, ${at(middle.openedAt)})`,
    severity: 'hurts',
    text: /^1 of 1 deals .* called lost/,
  },
  {
    id: 'duplicate_leads',
    sql: `UPDATE wonlost.traits SET value = to_jsonb('MAILTO:' || upper('${lead!.leadId}') || '@' || (
            SELECT value #>> '{}' FROM wonlost.traits WHERE name = 'domain' AND subject_id = '${lead!.accountId}') || '.')
          WHERE name = 'email' AND subject_id = '${other!.leadId}'`,
    severity: 'look',
    text: /^1 of [\d,]+ leads .* more than once: 1 share a mail address/,
  },
  {
    id: 'duplicate_accounts',
    sql: `UPDATE wonlost.traits SET value = to_jsonb('https://www.' || upper((
            SELECT value #>> '{}' FROM wonlost.traits WHERE name = 'domain' AND subject_id = 'a000001')) || '/about')
          WHERE name = 'domain' AND subject_id = 'a000002'`,
    severity: 'look',
    text: /^1 of 600 accounts .* share a domain/,
  },
  {
    id: 'contradictory_fields',
    sql: `UPDATE wonlost.traits SET value = '"Japan"' WHERE name = 'country' AND subject_kind = 'lead' AND abs(hashtext(subject_id)) % 8 = 0`,
    severity: 'look',
    text: /country: \d+ of [\d,]+ leads/,
  },
  {
    id: 'bounced_leads',
    sql: `INSERT INTO wonlost.events SELECT 'b-' || lead_id, lead_id, NULL, 'email_bounced', created_at + interval '1 hour',
            created_at + interval '1 hour', 'test' FROM wonlost.leads WHERE ${SOME} = 0`,
    severity: 'look',
    text: /^Mail to \d+ of/,
  },
  {
    id: 'stale_leads',
    sql: `INSERT INTO wonlost.leads SELECT 'old-' || n, NULL, ${at(WORLD_END - 500 * 24 * HOUR)} + n * interval '90 minutes',
            ${at(WORLD_END)}, 'test' FROM generate_series(1, 1500) AS n;
          INSERT INTO wonlost.traits SELECT 'lead', lead_id, 'source', '"list"', created_at, created_at, 'test'
            FROM wonlost.leads WHERE lead_id LIKE 'old-%'`,
    severity: 'look',
    text: /older than a year/,
  },
  {
    id: 'events_before_creation',
    sql: `UPDATE wonlost.events SET occurred_at = occurred_at - interval '1 day' WHERE event_id = '${lead!.leadId}-first'`,
    severity: 'look',
    text: /^1 of [\d,]+ leads .* before they were created/,
  },
  {
    id: 'no_events',
    sql: 'DELETE FROM wonlost.events',
    severity: 'hurts',
    text: /no events/,
  },
  {
    id: 'events_of_unknown_leads',
    sql: `UPDATE wonlost.events SET lead_id = 'ghost' WHERE event_id = '${lead!.leadId}-first'`,
    severity: 'look',
    text: /^1 of [\d,]+ events/,
  },
  {
    id: 'source_stopped',
    sql: `UPDATE wonlost.events SET source = 'old_tracker' WHERE occurred_at < ${at(WORLD_END - 100 * 24 * HOUR)}`,
    severity: 'look',
    text: /events from old_tracker \(none after/,
  },
  {
    id: 'activity_gap',
    sql: `DELETE FROM wonlost.events WHERE occurred_at BETWEEN ${at(WORLD_END - 200 * 24 * HOUR)} AND ${at(WORLD_END - 180 * 24 * HOUR)}`,
    severity: 'look',
    text: /events from test \((19|20) days from/,
  },
  {
    id: 'features_without_events',
    sql: `UPDATE wonlost.events SET type = 'viewed prices' WHERE type = 'pricing_page_viewed'`,
    severity: 'hurts',
    text: /asks for 1 types of events; 1 of them never happened/,
  },
  {
    id: 'dates_without_time',
    // A date in Berlin: 22:00 in summer, 23:00 in winter.
    sql: `UPDATE wonlost.deals SET closed_at = (date_trunc('day', closed_at AT TIME ZONE 'Europe/Berlin') + interval '1 day') AT TIME ZONE 'Europe/Berlin'`,
    severity: 'look',
    text: /midnight: deals\.closed_at\./,
  },
  {
    id: 'import_stamps',
    sql: `UPDATE wonlost.events SET occurred_at = ${at(WORLD_END - HOUR)}, known_at = ${at(WORLD_END - HOUR)}
          WHERE type = 'pricing_page_viewed' AND ${SOME} < 6`,
    severity: 'hurts',
    text: /events\.occurred_at \(pricing_page_viewed\) \d\d\.\d % are/,
  },
  {
    id: 'times_in_the_future',
    sql: `UPDATE wonlost.events SET occurred_at = ${at(NOW + HOUR)}, known_at = ${at(NOW + HOUR)} WHERE event_id = '${lead!.leadId}-first'`,
    severity: 'look',
    text: /^1 times lie in the future: events\.occurred_at \(page_viewed\)/,
  },
  {
    id: 'missing_traits',
    sql: `DELETE FROM wonlost.traits WHERE name = 'source' AND abs(hashtext(subject_id)) % 10 < 7`,
    severity: 'look',
    text: /lead\.source \((6|7)\d\.\d %\)/,
  },
  {
    id: 'features_without_traits',
    sql: `DELETE FROM wonlost.traits WHERE name = 'source'`,
    severity: 'hurts',
    text: /asks for 1 traits; nobody has 1 of them/,
  },
  {
    id: 'outcome_fields',
    sql: `INSERT INTO wonlost.traits VALUES ('lead', '${lead!.leadId}', 'deal_stage', '"negotiation"', ${at(lead!.createdAt)}, ${at(lead!.createdAt)}, 'test')`,
    severity: 'look',
    text: /lead\.deal_stage/,
  },
  {
    id: 'filled_after_outcome',
    sql: `INSERT INTO wonlost.traits SELECT 'lead', lead_id, 'kick_off', '"planned"', closed_at + interval '1 hour', closed_at + interval '1 hour', 'test'
            FROM wonlost.deals JOIN wonlost.deal_contacts USING (deal_id) WHERE outcome = 'won' AND closed_at < ${at(WORLD_END)}`,
    severity: 'look',
    text: /lead\.kick_off: \d+\.\d % of those, 0\.0 % of the others; 0\.0 % of them by their date before/,
  },
  {
    id: 'knows_outcome',
    sql: `INSERT INTO wonlost.traits SELECT 'lead', lead.lead_id, 'segment_code',
            CASE WHEN EXISTS (SELECT FROM wonlost.deal_contacts contact JOIN wonlost.deals USING (deal_id)
              WHERE contact.lead_id = lead.lead_id AND outcome = 'won' AND closed_at < lead.created_at + interval '30 days')
            THEN '"S7"' ELSE '"S1"' END::jsonb, created_at, created_at, 'test' FROM wonlost.leads lead`,
    severity: 'look',
    text: /lead\.segment_code \(right in (9\d|100) of 100 pairs\)/,
  },
]

describe('planted faults', () => {
  it('are one for each finding there is', () => {
    expect(PLANTED.map(({ id }) => id).sort()).toEqual(FINDINGS.map(({ id }) => id).sort())
  })

  it('nothing is found wrong with the clean world, and it can be trained on', async () => {
    const database = await cloneDatabase(clean.name)
    try {
      const report = await check(database.pool)
      expect(report.findings).toEqual([])
      expect(report.verdict).toMatchObject({ can_train: true, ready_at: null })
    } finally {
      await database.drop()
    }
  })

  it.each(PLANTED)('$id is found, and nothing else', async (planted) => {
    const database = await cloneDatabase(clean.name)
    try {
      await database.pool.query(planted.sql)
      const { findings, verdict } = await check(database.pool, planted.definition)
      expect(findings.map(({ id }) => id)).toEqual([planted.id, ...(planted.with ?? [])])
      expect(findings[0]).toMatchObject({
        severity: planted.severity,
        text: expect.stringMatching(planted.text),
      })
      expect(verdict.can_train).toBe(planted.severity !== 'stops')
      expect(findings[0]!.advice).not.toBe('')
      expect(findings[0]!.share).toBeGreaterThanOrEqual(0)
      expect(findings[0]!.share).toBeLessThanOrEqual(1)
    } finally {
      await database.drop()
    }
  })
})
