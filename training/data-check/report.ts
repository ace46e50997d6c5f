/** What the check found, as plain data: what `--json` prints, and what the text is made of. In snake_case; NaN is null. */
import { segmentText } from '../../src/features/segments.ts'
import { formatTime } from '../../src/glossary.ts'
import { outcomesUsed } from '../divide-rows.ts'
import {
  countOutcomes,
  LEAST_IN_A_PART,
  LEAST_TO_PROMOTE,
  LEAST_TO_TRAIN,
  lackText,
  type OutcomeCounts,
} from '../enough-data.ts'
import { PART_NAMES } from '../split.ts'
import { COHORT } from './cohorts.ts'
import { type Comparison, findComparisons } from './comparisons.ts'
import type { Conversion } from './conversion.ts'
import { type Finding, findAll } from './finding.ts'
import { FINDINGS } from './findings/index.ts'
import { outcomeFields } from './findings/traits.ts'
import { traitsThatKnow } from './knows-outcome.ts'
import type { Measured } from './measured.ts'
import { type Segment, segmentsOf } from './segments.ts'
import { judge, type Verdict } from './verdict.ts'

export type DataCheckReport = ReturnType<typeof checkReport>

/** `findings`: all of them, the gravest first. */
export function checkReport(measured: Measured) {
  const { definition, asOf, database, dataEnd, landmarks, sufficiency, leads, knowledge } = measured
  const { divided } = sufficiency
  const verdict = judge(measured)
  return {
    format: 'wonlost.data_check' as const,
    format_version: 1 as const,
    model: definition.name,
    population: definition.population,
    pipeline: definition.pipeline,
    target: definition.target,
    horizon_days: definition.horizonDays,
    as_of: formatTime(asOf),
    verdict: verdictReport(verdict),
    /** Subjects, as training counts them; null where there is no split. */
    needed: { to_train: LEAST_TO_TRAIN, in_a_part: LEAST_IN_A_PART, to_promote: LEAST_TO_PROMOTE },
    subjects_used: divided ? outcomeReport(outcomesUsed(divided)) : null,
    landmarks,
    parts: divided
      ? PART_NAMES.map((name) => ({
          name,
          from: formatTime(divided.split.parts[name].startsAt),
          until: formatTime(divided.split.parts[name].endsAt),
          rows: divided.parts[name].length,
          ...outcomeReport(countOutcomes(divided.parts[name])),
        }))
      : [],
    segments: measured.segments.map(({ segment, sufficiency: { outcomes, shortage } }) => ({
      name: segment.name,
      who: segmentText(segment),
      can_train: shortage === null,
      lacks: shortage && lackText(shortage),
      ...outcomeReport(outcomes),
    })),
    volumes: {
      leads: leads.leads,
      leads_without_account: database.leadsWithoutAccount,
      accounts: database.accounts,
      trait_values: database.traits,
      events: database.events,
      anonymous_events: database.anonymousEvents,
      deals: database.deals,
      deals_by_pipeline: database.pipelines,
      newest: dataEnd.newest === null ? null : formatTime(dataEnd.newest),
      newest_deal: dataEnd.newestDeal === null ? null : formatTime(dataEnd.newestDeal),
    },
    findings: findAll(FINDINGS, measured).map(findingReport),
    consistency: {
      bounced: leads.bounced.count,
      stale: leads.stale.count,
      active_before_creation: leads.activeBeforeCreation.count,
      contradictions: leads.contradictions.map(({ field, compared, differ }) => ({
        field,
        compared,
        differ: differ.count,
      })),
      duplicate_leads: database.duplicateLeads.surplus,
      duplicate_accounts: database.duplicateAccounts.surplus,
      deals_without_contacts: database.dealsWithoutContacts.count,
      deals_without_first_touch: database.dealsWithoutFirstTouch.count,
      not_known_at_entry: knowledge.entriesNotKnown,
    },
    traits: traitReports(measured),
    times: database.times.map(({ field, part, count, clocks, future, stamp }) => ({
      field,
      part: part || null,
      count,
      whole_quarters: clocks,
      future: future.count,
      stamp: stamp ? { at: formatTime(stamp.at), count: stamp.count } : null,
    })),
    activity: database.activity.map((one) => ({
      kind: one.kind,
      name: one.name,
      count: one.count,
      first_day: one.firstDay,
      last_day: one.lastDay,
      active_days: one.activeDays,
      longest_gap_days: one.gapDays,
      longest_gap_from: one.gapFrom,
    })),
    conversion: conversionTables(measured),
  }
}

function verdictReport(verdict: Verdict) {
  return {
    can_train: verdict.canTrain,
    text: verdict.text,
    details: verdict.details,
    ...outcomeReport(verdict.outcomes),
    months: rounded(verdict.months, 1),
    ready_at: verdict.readyAt === null ? null : formatTime(verdict.readyAt),
  }
}

function outcomeReport({ reached, notReached }: OutcomeCounts) {
  return { reached, not_reached: notReached }
}

function findingReport({ id, severity, text, advice, examples, share, figures }: Finding) {
  return { id, severity, text, advice, examples, share: rounded(share, 4), figures }
}

function traitReports({ traits: { traits, leads, entries } }: Measured) {
  return traits.map((trait) => ({
    of: trait.of,
    name: trait.name,
    missing: rounded(1 - trait.leads / leads, 4),
    missing_at_entry: rounded(1 - trait.atEntry / entries, 4),
    undated: rounded(trait.undated / trait.values, 4),
  }))
}

function conversionTables(measured: Measured) {
  const { conversion, cohorts } = measured
  const leftOut = new Set([
    COHORT,
    ...outcomeFields(measured).map(({ of, name }) => `${of}.${name}`),
    ...traitsThatKnow(conversion).map(({ attribute }) => attribute),
  ])
  return {
    all: conversionReport(conversion.all),
    segments: segmentsOf(conversion).map(segmentReport),
    cohorts: cohorts.map((cohort) => ({
      month: cohort.month,
      rows: cohort.rows,
      ripe: cohort.ripe,
      reached: cohort.reached,
      rate: rounded(cohort.rate, 4),
      interval: intervalReport(cohort.interval),
    })),
    in_common: findComparisons(conversion, leftOut).map(comparisonReport),
  }
}

function conversionReport({ rows, accounts, reached, rate, interval }: Conversion) {
  return { rows, accounts, reached, rate: rounded(rate, 4), interval: intervalReport(interval) }
}

function segmentReport({ name, values, rest }: Segment) {
  return {
    by: name,
    values: values.map((value) => ({ value: value.value, ...conversionReport(value) })),
    not_known_or_rare: rest,
  }
}

function comparisonReport(comparison: Comparison) {
  const { attribute, value, ratio, falseDiscoveryRate } = comparison
  return {
    attribute,
    value,
    ...conversionReport(comparison),
    ratio: rounded(ratio, 3),
    false_discovery_rate: falseDiscoveryRate,
  }
}

function intervalReport([low, high]: readonly [number, number]): [number, number] | null {
  return Number.isFinite(low) ? [Number(low.toFixed(4)), Number(high.toFixed(4))] : null
}

function rounded(value: number, digits: number): number | null {
  return Number.isFinite(value) ? Number(value.toFixed(digits)) : null
}
