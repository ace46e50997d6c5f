import { strictFields } from '../../checked-yaml.ts'
import { BEHAVIOUR_LIFETIME, DAY, HOUR, type Milliseconds } from '../../glossary.ts'
import { durationBetween } from '../duration.ts'
import type { EventIndex } from '../event-index.ts'
import type { Facts, Person } from '../facts.ts'
import { defineFeatureKind } from '../feature-kind.ts'
import { fingerprintOf } from '../fingerprint.ts'
import { remember } from '../memo.ts'
import { DEPARTMENTS, readTitle, SENIORITIES, type Seniority, TITLE_RULES } from '../titles.ts'
import { countText, spanText } from '../wording.ts'
import { featureName, label, measureColumns, measuresOf, traitName } from './options.ts'

const MEASURES = ['known', 'engaged', 'departments', 'seniorities', 'decision_makers'] as const

const DECISION_MAKERS: ReadonlySet<Seniority> = new Set(['executive', 'vice_president', 'director'])

const read = remember(readTitle)

/**
 * Who of an account is there, and who of them takes an interest.
 *
 * known: people that were known by then; engaged: those with a sign of interest in [as_of - window, as_of). Among the engaged:
 * departments and seniorities: how many different ones their titles tell; decision_makers: executives, VPs and directors.
 */
export const peopleKind = defineFeatureKind({
  kind: 'people',
  version: `1 ${fingerprintOf(TITLE_RULES)}`,
  entity: 'account',
  options: strictFields({
    name: featureName.default('people'),
    /** One of them who takes an interest. */
    label: label.default('engaged person'),
    plural: label.default('engaged people'),
    group: label.default('people'),
    /** Of the lead. */
    title: traitName.default('title'),
    window: durationBetween(HOUR, BEHAVIOUR_LIFETIME).default(30 * DAY),
    measures: measuresOf(MEASURES),
  }),
  name: (options) => options.name,
  columns: (options) => measureColumns(options.name, options),
  compute:
    ({ options, index }) =>
    ({ facts }, row, offset) => {
      const engaged = engagedPeople(facts, index, options.window)
      for (const [at, measure] of options.measures.entries())
        row[offset + at] = measureOf(measure, facts, engaged, options.title)
    },
  describe:
    ({ options, index }) =>
    ({ facts }, column, value) => {
      const measure = options.measures[column]!
      if (measure === 'known') return `${countText(value, 'person', 'people')} known`
      const within = `in the last ${spanText(options.window)}`
      if (measure === 'engaged') return `${countText(value, options.label, options.plural)} ${within}`
      const engaged = engagedPeople(facts, index, options.window)
      if (engaged.length === 0) return `no ${options.plural} ${within}`
      if (measure === 'decision_makers')
        return `${options.plural} ${within}: ${countText(value, 'executive, VP or director', 'executives, VPs or directors')}`
      return `${options.plural} ${within} of ${countText(value, measure === 'departments' ? 'department' : 'rank')}`
    },
})

function engagedPeople(facts: Facts, index: EventIndex, window: Milliseconds): Person[] {
  const isEngaged = ({ events }: Person): boolean =>
    events.some((event) => facts.asOf - event.occurredAt <= window && index.isEngagement(event))
  return (facts.people ?? []).filter(isEngaged)
}

function measureOf(
  measure: (typeof MEASURES)[number],
  facts: Facts,
  engaged: readonly Person[],
  titleTrait: string,
): number {
  if (measure === 'known') return facts.people?.length ?? 0
  if (measure === 'engaged') return engaged.length
  const titles = engaged.map((person) => read(String(person.trait(titleTrait) ?? '')))
  switch (measure) {
    case 'departments':
      return DEPARTMENTS.filter((one) => titles.some(({ department }) => department === one)).length
    case 'seniorities':
      return SENIORITIES.filter((one) => titles.some(({ seniority }) => seniority === one)).length
    case 'decision_makers':
      return titles.filter(({ seniority }) => seniority !== undefined && DECISION_MAKERS.has(seniority))
        .length
  }
}
