/** What the check measures of a company with which nothing is wrong, made by hand; tests change one thing each. */
import type { Activity, DataAggregates, TimeField } from '../../../src/db/data-check.ts'
import { DAY } from '../../../src/glossary.ts'
import { createConversionTally } from '../../../training/data-check/conversion.ts'
import type { Measured } from '../../../training/data-check/measured.ts'
import { WORLD_DEFINITION, WORLD_END } from '../world.ts'

const NONE = { count: 0, examples: [] }
const NO_DUPLICATES = { known: 1_000, groups: 0, surplus: 0, examples: [] }

export function activity(given: Partial<Activity>): Activity {
  return {
    kind: 'event_type',
    name: 'page_viewed',
    count: 5_000,
    firstDay: '2024-10-04',
    lastDay: '2026-03-27',
    activeDays: 540,
    gapDays: 0,
    gapFrom: null,
    countBeforeGap: 0,
    names: 1,
    ...given,
  }
}

export function timeField(given: Partial<TimeField>): TimeField {
  return { field: 'deals.closed_at', part: '', count: 1_000, clocks: [], future: NONE, stamp: null, ...given }
}

export function aggregates(given: Partial<DataAggregates> = {}): DataAggregates {
  return {
    leads: 1_000,
    leadsWithoutAccount: 0,
    accounts: 500,
    traits: 5_000,
    events: 5_000,
    anonymousEvents: 0,
    eventsOfUnknownLeads: NONE,
    pipelines: [{ pipeline: 'new_business', won: 120, lost: 80, open: 10 }],
    deals: 210,
    dealsWithoutContacts: NONE,
    dealsWithoutFirstTouch: NONE,
    dealsWithStages: 210,
    stageWonOutcomeNot: NONE,
    stageLostOutcomeNot: NONE,
    duplicateLeads: NO_DUPLICATES,
    duplicateAccounts: NO_DUPLICATES,
    activity: [activity({}), activity({ name: 'pricing_page_viewed' })],
    times: [],
    ...given,
  }
}

export function measured(given: Partial<Measured> = {}): Measured {
  return {
    definition: WORLD_DEFINITION,
    asOf: WORLD_END,
    dataEnd: { newest: WORLD_END, newestDeal: WORLD_END - DAY },
    database: aggregates(),
    landmarks: { usable: 3_000, not_elapsed: 100, target_reached: 200, lost: 100, not_known: 0 },
    firstRowAt: WORLD_END - 540 * DAY,
    sufficiency: { outcomes: { reached: 120, notReached: 880 }, shortage: null, divided: null },
    leads: {
      leads: 1_000,
      bounced: NONE,
      stale: NONE,
      activeBeforeCreation: NONE,
      contradictions: [{ field: 'country', compared: 900, differ: NONE }],
    },
    traits: {
      leads: 1_000,
      entries: 1_000,
      reached: 120,
      others: 880,
      lost: 100,
      traits: [sourceTrait],
      isCut: false,
    },
    knowledge: {
      entries: 1_000,
      entriesNotKnown: 0,
      examples: [],
      events: 5_000,
      lateEvents: 0,
      outcomesIfKnown: { reached: 120, notReached: 880 },
    },
    cohorts: [],
    segments: [],
    conversion: createConversionTally().tables(),
    ...given,
  }
}

const sourceTrait = {
  of: 'lead',
  name: 'source',
  values: 1_000,
  undated: 0,
  leads: 1_000,
  atEntry: 1_000,
  ofReached: 120,
  ofOthers: 880,
  beforeReached: 120,
  filledAtReached: 0,
  filledAtLost: 0,
} as const
